import * as tf from '@tensorflow/tfjs-core';
import type { Preprocessing } from '../../backbone/model.ts';
import { CutpointError } from '../../contract/errors.ts';
import type { EpochRecord, Metrics, RunEvent, TrainingPlan } from '../../contract/run.ts';
import type { ImageCache } from '../data/types.ts';
import type { Network } from '../execute/run.ts';
import { moveStatistics } from '../execute/statistics.ts';
import { computeMetrics } from '../metrics/metrics.ts';
import { generator, shuffle } from '../random.ts';
import { augment } from './augment.ts';
import { preprocess, readBatch } from './batch.ts';
import type { RunControl } from './control.ts';
import { Pace } from './pace.ts';
import { breathe, predictCached } from './predict.ts';
import { advance, type Progress } from './schedule.ts';
import { trainingStep } from './step.ts';

/** Images over which the statistics of batch normalisation are measured after an epoch. */
const CALIBRATION_IMAGES = 256;

export interface TrainingImages {
  cache: ImageCache;
  /** Class index of each cached image. */
  labels: readonly number[];
  /** Indices into the cache. */
  train: readonly number[];
  validation: readonly number[];
  preprocessing: Preprocessing;
  classes: readonly string[];
}

export interface EpochResult {
  record: EpochRecord;
  progress: Progress;
  isBest: boolean;
  /** Of the validation images, [n × classes]. */
  probabilities: Float32Array;
}

export interface LoopOptions {
  plan: TrainingPlan;
  /** Where to start: fresh, or from a checkpoint. */
  progress: Progress;
  control: RunControl;
  emit(event: RunEvent): void;
  /** Called when an epoch is finished; training goes on when it has resolved. */
  onEpoch(result: EpochResult): Promise<void>;
}

/**
 * Trains until the last epoch, early stopping, or until it is ended from outside; then the unfinished epoch is lost.
 * All randomness follows from the plan's seed with epoch and step, so that a resumed run draws what it would have drawn.
 * @throws CutpointError TRAINING_DIVERGED when the loss is no longer a number
 */
export async function trainLoop(network: Network, images: TrainingImages, options: LoopOptions): Promise<void> {
  const { plan, control } = options;
  let { progress } = options;
  const batches = (indices: readonly number[]): number => Math.ceil(indices.length / plan.batch);
  const pace = new Pace(control, {
    epochs: plan.epochs,
    finished: progress.epoch,
    steps: batches(images.train),
    forwardSteps: batches(images.validation) + batches(images.train.slice(0, CALIBRATION_IMAGES)),
  });
  while (progress.epoch < plan.epochs && !shouldStopEarly(progress, plan)) {
    pace.startEpoch();
    const epoch = await trainEpoch(network, images, { ...options, progress, pace });
    if (!epoch || control.ending) return;
    const { metrics, probabilities } = await validate(network, images, options);
    if (control.ending) return;

    const learningRate = progress.learningRate;
    const result = { auprc: metrics.auprc ?? 0, loss: metrics.loss, updates: epoch.updates };
    progress = advance(progress, result, plan);
    const record: EpochRecord = {
      epoch: progress.epoch,
      trainLoss: epoch.loss,
      validationLoss: metrics.loss,
      validationAuroc: metrics.auroc,
      validationAuprc: metrics.auprc,
      validationAccuracy: metrics.accuracy,
      learningRate,
      seconds: pace.epochSeconds,
      liveTensors: tf.memory().numTensors,
    };
    await options.onEpoch({ record, progress, isBest: progress.bestEpoch === progress.epoch, probabilities });
    options.emit({ kind: 'epoch', record, bestEpoch: progress.bestEpoch });
  }
}

function shouldStopEarly({ sinceBest }: Progress, { earlyStopping }: TrainingPlan): boolean {
  return earlyStopping !== null && sinceBest >= earlyStopping;
}

/** One pass over the training images; null when it was ended before its last step. */
async function trainEpoch(
  network: Network,
  images: TrainingImages,
  { plan, progress, control, emit, pace }: LoopOptions & { pace: Pace },
): Promise<{ loss: number; updates: number } | null> {
  const epoch = progress.epoch + 1;
  const order = shuffle(images.train, generator(plan.seed, 'shuffle', epoch));
  const batches = batchesOf(order, plan.batch);
  const classWeights = weightsOf(images, plan);
  emit({ kind: 'stage', stage: 'training', message: `Training on ${images.train.length} images` });
  let lossSum = 0;
  for (const [index, batch] of batches.entries()) {
    await control.checkpoint();
    if (control.ending) return null;

    const step = index + 1;
    const raw = readBatch(images.cache, batch);
    const seen = augment(raw, plan.augmentation, {
      ops: network.ops,
      random: generator(plan.seed, 'augment', epoch, step),
    });
    raw.dispose();
    const x = preprocess(seen, images.preprocessing);
    const loss = trainingStep(network, x, {
      labels: batch.map((image) => images.labels[image]!),
      classWeights,
      random: generator(plan.seed, 'dropout', epoch, step),
      update: {
        optimiser: plan.optimiser,
        learningRate: progress.learningRate,
        weightDecay: plan.weightDecay,
        step: progress.updates + step,
      },
    });
    x.dispose();
    if (!Number.isFinite(loss)) throw diverged(epoch, step);
    lossSum += loss * batch.length;

    emit({
      kind: 'step',
      epoch,
      step,
      steps: batches.length,
      loss,
      imagesPerSecond: Math.min(order.length, step * plan.batch) / pace.epochSeconds,
      remainingSeconds: pace.remainingSeconds(epoch, step),
    });
    await breathe();
  }
  await calibrate(network, images, batches);
  const seen = batches.reduce((sum, batch) => sum + batch.length, 0);
  return { loss: lossSum / seen, updates: batches.length };
}

/**
 * Sets the running statistics to the mean of the batch statistics over training images, without augmentation, at the
 * weights that the epoch ended with ("PreciseBN", Wu and Johnson 2021, arXiv:2105.07576, section 3). The running averages
 * lag behind weights that still move fast: in a short epoch on few images validation would run, and the best epoch be
 * chosen, on statistics of a network that is no more.
 */
async function calibrate(network: Network, images: TrainingImages, batches: readonly number[][]): Promise<void> {
  let measured = 0;
  for (const batch of batches) {
    if (measured >= CALIBRATION_IMAGES) return;
    const x = preprocess(readBatch(images.cache, batch), images.preprocessing);
    // A mean over images: what is kept is the share of those already measured.
    moveStatistics(network, x, measured / (measured + batch.length));
    x.dispose();
    measured += batch.length;
    await breathe();
  }
}

async function validate(
  network: Network,
  images: TrainingImages,
  { plan, control, emit }: LoopOptions,
): Promise<{ metrics: Metrics; probabilities: Float32Array }> {
  emit({ kind: 'stage', stage: 'validating', message: `Predicting ${images.validation.length} validation images` });
  const probabilities = await predictCached(
    network,
    { ...images, indices: images.validation },
    { batch: plan.batch, beforeBatch: () => control.checkpoint() },
  );
  const labels = images.validation.map((image) => images.labels[image]!);
  return { metrics: computeMetrics(labels, probabilities, images.classes), probabilities };
}

/** Consecutive batches. A last batch of one image is left out: one image has no batch statistics. */
function batchesOf(order: readonly number[], size: number): number[][] {
  const count = Math.ceil(order.length / size);
  const batches = Array.from({ length: count }, (_, i) => order.slice(i * size, (i + 1) * size));
  return batches.length > 1 && batches.at(-1)!.length === 1 ? batches.slice(0, -1) : batches;
}

/** Inverse class frequency in the training split, mean 1 over its images (as scikit-learn's `balanced`). */
function weightsOf({ labels, train, classes }: TrainingImages, { classWeights }: TrainingPlan): number[] {
  if (classWeights === 'none') return classes.map(() => 1);
  const counts = classes.map((_, label) => train.filter((image) => labels[image] === label).length);
  return counts.map((count) => train.length / (classes.length * count));
}

function diverged(epoch: number, step: number): CutpointError {
  return new CutpointError(
    'TRAINING_DIVERGED',
    `Training diverged: the loss was no longer a number in epoch ${epoch}, step ${step}.`,
    {
      remedy: 'Start again with a learning rate ten times smaller.',
    },
  );
}
