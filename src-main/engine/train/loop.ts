import * as tf from '@tensorflow/tfjs-core';
import { CutpointError } from '../../contract/errors.ts';
import type { EpochRecord, RunEvent } from '../../contract/run.ts';
import { batchInForce, type SmallerBatch } from '../../contract/smallerBatch.ts';
import type { Metrics } from '../../contract/evaluation.ts';
import type { TrainingPlan } from '../../contract/plan.ts';
import type { Network } from '../execute/run.ts';
import type { Ops } from '../tensor/ops.ts';
import { hasStatistics, moveStatistics } from '../execute/statistics.ts';
import { generator, shuffle } from '../random.ts';
import { batchesOf, EpochBatches } from './batches.ts';
import type { RunControl } from './control.ts';
import type { Inputs } from '../network/inputs.ts';
import { fittingGradients } from './fitting.ts';
import { Pace } from './pace.ts';
import { predictInputs } from '../network/predict.ts';
import { breathe } from '../breathe.ts';
import { taskFor } from '../task/index.ts';
import { rateFactors } from './rates.ts';
import type { Progress } from '../network/checkpoint.ts';
import { advance, isOver } from './schedule.ts';
import { updateBy } from './step.ts';

/** Images over which the statistics of batch normalisation are measured after an epoch. */
export const CALIBRATION_IMAGES = 256;

export interface TrainingImages {
  inputs: Inputs;
  /** Class index of each image. */
  labels: readonly number[];
  /** Where images may have several labels: of each, which it has, see `Labelled`. */
  rows?: Int8Array | undefined;
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
  /** Where batches were made smaller before, in this session or an earlier one: there they are again. */
  smallerBatches?: readonly SmallerBatch[] | undefined;
  /** The smallest batch that the network can be trained on. Default: one image. */
  leastBatch?: number;
  /** Called when a step was repeated with fewer images, before it changes the weights; waited for. */
  onSmallerBatch?(smaller: SmallerBatch): Promise<void>;
}

/**
 * Trains until the last epoch, until its plan ends it sooner, or until it is ended from outside; then the unfinished epoch
 * is lost. Where a step does not fit into memory, it is repeated with half the images, and so are all after it.
 * All randomness follows from the plan's seed with epoch and step, so that a resumed run draws what it would have drawn.
 * @throws CutpointError TRAINING_DIVERGED when the loss is no longer a number; OUT_OF_MEMORY where not even the smallest
 *   batch fits
 */
export async function trainLoop(network: Network, images: TrainingImages, options: LoopOptions): Promise<void> {
  const { plan, control } = options;
  let { progress } = options;
  const task = taskFor(plan);
  const pace = new Pace(control, {
    epochs: plan.epochs,
    finished: progress.epoch,
    images: images.train.length,
    forwardImages: images.validation.length + Math.min(CALIBRATION_IMAGES, images.train.length),
  });
  const smaller = [...(options.smallerBatches ?? [])];
  while (progress.epoch < plan.epochs && !isOver(progress, plan)) {
    pace.startEpoch();
    const epoch = await trainEpoch(network, images, { ...options, progress, pace, smaller });
    if (!epoch || control.ending) return;
    const batch = batchInForce({ plan, smallerBatches: smaller }, progress.epoch + 1);
    await calibrate(network, images, { ...plan, batch });
    const { metrics, probabilities } = await validate(network, images, { ...options, batch });
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

interface EpochOptions extends LoopOptions {
  pace: Pace;
  /** Where batches were made smaller; what is found here is added. */
  smaller: SmallerBatch[];
}

/** One pass over the training images; null when it was ended before its last step. */
async function trainEpoch(
  network: Network,
  images: TrainingImages,
  options: EpochOptions,
): Promise<{ loss: number; updates: number } | null> {
  const { plan, progress, control, emit, pace, smaller, leastBatch = 1, stepOps } = options;
  const epoch = progress.epoch + 1;
  const order = shuffle(images.train, generator(plan.seed, 'shuffle', epoch));
  const batches = new EpochBatches(order, batchInForce({ plan, smallerBatches: smaller }, epoch - 1));
  const lossOf = taskFor(plan).targets(images, plan);
  emit({ kind: 'stage', stage: 'training', message: `Training on ${images.train.length} images` });
  const trained = { ...network, ops: stepOps ?? network.ops };
  let lossSum = 0;
  for (let step = 1; step <= batches.steps; step++) {
    await control.checkpoint();
    if (control.ending) return null;

    const known = smaller.findLast((each) => each.epoch === epoch && each.step === step);
    if (known) batches.shrink(step, known.batch);
    const { gradients, found } = fittingGradients(trained, images, { plan, lossOf, leastBatch, epoch, step, batches });
    if (found) {
      smaller.push(found);
      await options.onSmallerBatch?.(found);
      emit({ kind: 'smallerBatch', ...found });
    }
    const { loss } = gradients;
    updateBy(network, gradients, {
      optimiser: plan.optimiser,
      learningRate: progress.learningRate,
      rateFactor: rateFactors(plan),
      weightDecay: plan.weightDecay,
      step: progress.updates + step,
    });
    if (!Number.isFinite(loss)) throw diverged(epoch, step);
    lossSum += loss * batches.at(step).length;

    const seen = batches.imagesBefore(step + 1);
    emit({
      kind: 'step',
      epoch,
      step,
      steps: batches.steps,
      loss,
      imagesPerSecond: seen / pace.epochSeconds,
      remainingSeconds: pace.remainingSeconds(epoch, seen),
      memory: process.memoryUsage.rss(),
    });
    await breathe();
  }
  return { loss: lossSum / batches.imagesBefore(batches.steps + 1), updates: batches.steps };
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
  { plan, batch, control, emit }: LoopOptions & { batch: number },
): Promise<{ metrics: Metrics; probabilities: Float32Array }> {
  emit({ kind: 'stage', stage: 'validating', message: `Predicting ${images.validation.length} validation images` });
  const probabilities = await predictInputs(network, images.inputs, images.validation, {
    batch,
    beforeBatch: () => control.checkpoint(),
  });
  return { metrics: taskFor(plan).scores(images, images.validation, probabilities), probabilities };
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
