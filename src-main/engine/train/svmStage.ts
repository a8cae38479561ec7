import * as tf from '@tensorflow/tfjs-core';
import type { Graph } from '../../backbone/graph.ts';
import { run, type Network } from '../execute/run.ts';
import { taskFor } from '../task/index.ts';
import { fitSvm, type FittedSvm } from '../transfer/svm/fit.ts';
import { featureNode, svmHead, svmProbabilities } from '../transfer/svm/head.ts';
import type { Features } from '../transfer/svm/examples.ts';
import { standardise } from '../transfer/svm/standardise.ts';
import type { LoopOptions, TrainingImages } from './loop.ts';
import { predictInputs } from '../network/predict.ts';
import { breathe } from '../breathe.ts';
import { firstProgress } from './schedule.ts';

export interface SvmStage {
  /** The network with the head that the SVM becomes. */
  graph: Graph;
  /** The fold of each training image, for calibration. */
  folds: readonly number[];
  /** Counted from 1: that which stands for the SVM, after all those of training. */
  epoch: number;
}

/**
 * Puts an SVM, fitted to the features of the training images as they are, in the place of the network's head, and hands
 * the result over as the best epoch, whose training loss is that of scores of patients the SVM was not fitted on. Ended
 * from outside, it leaves everything as it was.
 */
export async function svmStage(
  network: Network,
  images: TrainingImages,
  { graph, folds, epoch, plan, control, emit, onEpoch }: SvmStage & Omit<LoopOptions, 'progress'>,
): Promise<void> {
  const [since, pausedBefore] = [performance.now(), control.pausedSeconds];
  const pause = async (): Promise<void> => {
    await control.checkpoint();
    await breathe();
    control.signal.throwIfAborted();
  };
  const { train, validation, classes } = images;
  const labelsOf = (indices: readonly number[]): number[] => indices.map((index) => images.labels[index]!);
  let fitted: FittedSvm;
  try {
    emit({ kind: 'stage', stage: 'fitting', message: `Computing the features of ${train.length} training images` });
    const features = await featuresOf(network, images, { batch: plan.batch, pause });
    emit({ kind: 'stage', stage: 'fitting', message: `Fitting a linear SVM to ${features.shape[1]} features` });
    const scale = standardise(features);
    fitted = await fitSvm(features, labelsOf(train), {
      classes: classes.length,
      c: plan.svmC,
      balanced: plan.classWeights === 'balanced',
      folds,
      seed: plan.seed,
      pause,
    });
    for (const [key, { shape, data }] of svmHead(fitted.separators, scale)) {
      network.variables.assign(key, tf.tensor(data, [...shape], 'float32'));
    }
  } catch (thrown) {
    if (control.ending) return;
    throw thrown;
  }
  emit({ kind: 'stage', stage: 'validating', message: `Predicting ${validation.length} validation images` });
  const probabilities = await predictInputs({ ...network, graph }, images.inputs, validation, {
    batch: plan.batch,
    beforeBatch: () => control.checkpoint(),
  });
  if (control.ending) return;
  const task = taskFor(plan);
  const record = {
    epoch,
    stage: 'svm' as const,
    trainLoss: task.scores(images, train, svmProbabilities(fitted.outOfFold)).loss,
    ...task.epoch(task.scores(images, validation, probabilities)),
    learningRate: 0,
    seconds: (performance.now() - since) / 1000 - (control.pausedSeconds - pausedBefore),
    liveTensors: tf.memory().numTensors,
  };
  const progress = { ...firstProgress(plan.learningRate), epoch, bestEpoch: epoch, head: 'svm' as const };
  await onEpoch({ record, progress, isBest: true, probabilities });
  emit({ kind: 'epoch', record, bestEpoch: epoch });
}

/** What the head reads of the training images. */
async function featuresOf(
  network: Network,
  { inputs, train }: TrainingImages,
  { batch, pause }: { batch: number; pause(): Promise<void> },
): Promise<Features> {
  const to = featureNode(network.graph);
  let data = new Float32Array();
  for (let start = 0; start < train.length; start += batch) {
    await pause();
    const x = inputs.plain(train.slice(start, start + batch));
    const output = run(network, x, { from: inputs.from, to }).get(to)!;
    const width = output.size / output.shape[0]!;
    if (start === 0) data = new Float32Array(train.length * width);
    data.set(output.dataSync<'float32'>(), start * width);
    tf.dispose([x, output]);
  }
  return { data, shape: [train.length, data.length / train.length] };
}
