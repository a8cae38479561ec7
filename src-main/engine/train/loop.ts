import * as tf from '@tensorflow/tfjs-core';
import { CutpointError } from '../../contract/errors.ts';
import type { EpochRecord, RunEvent } from '../../contract/run.ts';
import type { Metrics } from '../../contract/evaluation.ts';
import type { TrainingPlan } from '../../contract/plan.ts';
import type { Network } from '../execute/run.ts';
import type { Ops } from '../tensor/ops.ts';
import { hasStatistics, moveStatistics } from '../execute/statistics.ts';
import { generator, shuffle } from '../random.ts';
import type { RunControl } from './control.ts';
import type { Inputs } from '../network/inputs.ts';
import { Pace } from './pace.ts';
import { predictInputs } from '../network/predict.ts';
import { breathe } from '../breathe.ts';
import { taskFor } from '../task/index.ts';
import { rateFactors } from './rates.ts';
import type { Progress } from '../network/checkpoint.ts';
import { advance, isOver } from './schedule.ts';
import { trainingStep } from './step.ts';

/** Images over which the statistics of batch normalisation are measured after an epoch. */
export const CALIBRATION_IMAGES = 256;

export interface TrainingImages {
  inputs: Inputs;
  /** Class index of each image. */
  labels: readonly number[];
  /** Indices of images. */
  train: readonly number[];
  validation: readonly number[];
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
  /** What training steps are computed with, in place of the network's own operations, by which all is measured. */
  stepOps?: Ops;
  /** Where to start: fresh, or from a checkpoint. */
  progress: Progress;
  control: RunControl;
  emit(event: RunEvent): void;
  /** Called when an epoch is finished; training goes on when it has resolved. */
  onEpoch(result: EpochResult): Promise<void>;
}

/**
 * Trains until the last epoch, until its plan ends it sooner, or until it is ended from outside; then the unfinished epoch
 * is lost.
 * All randomness follows from the plan's seed with epoch and step, so that a resumed run draws what it would have drawn.
 * @throws CutpointError TRAINING_DIVERGED when the loss is no longer a number
 */
export async function trainLoop(network: Network, images: TrainingImages, options: LoopOptions): Promise<void> {
  const { plan, control } = options;
  let { progress } = options;
  const task = taskFor(plan);
  const batches = (indices: readonly number[]): number => Math.ceil(indices.length / plan.batch);
  const pace = new Pace(control, {
    epochs: plan.epochs,
    finished: progress.epoch,
    steps: batches(images.train),
    forwardSteps: batches(images.validation) + calibrationBatches(images, plan).length,
  });
  while (progress.epoch < plan.epochs && !isOver(progress, plan)) {
    pace.startEpoch();
    const epoch = await trainEpoch(network, images, { ...options, progress, pace });
    if (!epoch || control.ending) return;
    const { metrics, probabilities } = await validate(network, images, options);
    if (control.ending) return;

    const learningRate = progress.learningRate;
    progress = advance(progress, { ...task.selection(metrics, plan.selection), updates: epoch.updates }, plan);
    const record: EpochRecord = {
      epoch: progress.epoch,
      stage: 'fine-tuning',
      trainLoss: epoch.loss,
      ...task.epoch(metrics),
      learningRate,
      seconds: pace.epochSeconds,
      liveTensors: tf.memory().numTensors,
    };
    await options.onEpoch({ record, progress, isBest: progress.bestEpoch === progress.epoch, probabilities });
    options.emit({ kind: 'epoch', record, bestEpoch: progress.bestEpoch });
  }
}

/** One pass over the training images; null when it was ended before its last step. */
async function trainEpoch(
  network: Network,
  images: TrainingImages,
  { plan, stepOps, progress, control, emit, pace }: LoopOptions & { pace: Pace },
): Promise<{ loss: number; updates: number } | null> {
  const epoch = progress.epoch + 1;
  const order = shuffle(images.train, generator(plan.seed, 'shuffle', epoch));
  const batches = batchesOf(order, plan.batch);
  const lossOf = taskFor(plan).targets(images, plan);
  emit({ kind: 'stage', stage: 'training', message: `Training on ${images.train.length} images` });
  const trained = { ...network, ops: stepOps ?? network.ops };
  let lossSum = 0;
  for (const [index, batch] of batches.entries()) {
    await control.checkpoint();
    if (control.ending) return null;

    const step = index + 1;
    const x = images.inputs.training(batch, { epoch, step });
    const loss = trainingStep(trained, x, {
      from: images.inputs.from,
      loss: lossOf(batch),
      random: generator(plan.seed, 'dropout', epoch, step),
      update: {
        optimiser: plan.optimiser,
        learningRate: progress.learningRate,
        rateFactor: rateFactors(plan),
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
      memory: process.memoryUsage.rss(),
    });
    await breathe();
  }
  await calibrate(network, images, plan);
  const seen = batches.reduce((sum, batch) => sum + batch.length, 0);
  return { loss: lossSum / seen, updates: batches.length };
}

/**
 * Sets the running statistics to the mean of the batch statistics over training images, without augmentation, at the
 * weights that the epoch ended with ("PreciseBN", Wu and Johnson 2021, arXiv:2105.07576, section 3). The running averages
 * lag behind weights that still move fast: in a short epoch on few images validation would run, and the best epoch be
 * chosen, on statistics of a network that is no more.
 */
async function calibrate(network: Network, images: TrainingImages, plan: TrainingPlan): Promise<void> {
  const { inputs } = images;
  if (!hasStatistics(network.graph, inputs.from)) return;
  let measured = 0;
  for (const batch of calibrationBatches(images, plan)) {
    const x = inputs.plain(batch);
    // A mean over images: what is kept is the share of those already measured.
    moveStatistics(network, x, measured / (measured + batch.length), inputs.from);
    x.dispose();
    measured += batch.length;
    await breathe();
  }
}

/** The same images after every epoch: behind frozen layers, what those make of them is computed once. */
function calibrationBatches({ train }: TrainingImages, { seed, batch }: TrainingPlan): number[][] {
  return batchesOf(shuffle(train, generator(seed, 'calibrate')).slice(0, CALIBRATION_IMAGES), batch);
}

async function validate(
  network: Network,
  images: TrainingImages,
  { plan, control, emit }: LoopOptions,
): Promise<{ metrics: Metrics; probabilities: Float32Array }> {
  emit({ kind: 'stage', stage: 'validating', message: `Predicting ${images.validation.length} validation images` });
  const probabilities = await predictInputs(network, images.inputs, images.validation, {
    batch: plan.batch,
    beforeBatch: () => control.checkpoint(),
  });
  return { metrics: taskFor(plan).scores(images, images.validation, probabilities), probabilities };
}

/** Consecutive batches. A last batch of one image is left out: one image has no batch statistics. */
function batchesOf(order: readonly number[], size: number): number[][] {
  const count = Math.ceil(order.length / size);
  const batches = Array.from({ length: count }, (_, i) => order.slice(i * size, (i + 1) * size));
  return batches.length > 1 && batches.at(-1)!.length === 1 ? batches.slice(0, -1) : batches;
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
