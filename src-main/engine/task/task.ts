import type { Tensor } from '@tensorflow/tfjs-core';
import type { Metrics } from '../../contract/evaluation.ts';
import type { TrainingPlan } from '../../contract/plan.ts';
import type { EpochRecord } from '../../contract/run.ts';
import type { SelectionName, TaskDescription } from '../../contract/task/index.ts';

/** Images with what is known of them. */
export interface Labelled {
  /** Class index of each image. */
  labels: readonly number[];
  /** Where an image may have several labels: n × k, 1 where it has one, 0 where not, −1 where nothing is known. */
  rows?: Int8Array | undefined;
  /** Or labels. */
  classes: readonly string[];
}

export interface Loss {
  /** Mean of the batch. */
  loss: number;
  /** At the network's outputs; the caller's. */
  gradient: Tensor;
}

/** The loss of a batch, given the network's outputs for it, which stay the caller's. */
export type BatchLoss = (outputs: Tensor) => Loss;

/** What a network learns to do: all that training and testing know of it, as functions. */
export interface Task {
  describe: TaskDescription;
  /**
   * What these training images are to learn.
   * @param train their indices
   * @returns for a batch of them, by indices, its loss
   */
  targets(
    images: Labelled & { train: readonly number[] },
    plan: Pick<TrainingPlan, 'classWeights'>,
  ): (batch: readonly number[]) => BatchLoss;
  /**
   * All figures of predicted images.
   * @param indices of the images
   * @param predictions one row an image, in the same order
   */
  scores(images: Labelled, indices: readonly number[], predictions: Float32Array): Metrics;
  /** Of these figures, what an epoch keeps. */
  epoch(figures: Metrics): Pick<EpochRecord, Extract<keyof EpochRecord, `validation${string}`>>;
  /**
   * What makes an epoch the best: a higher score, and of equal ones a lower loss.
   * @param by one of the selections that the task describes; what is better when it is lower has the score −value
   */
  selection(figures: Metrics, by: SelectionName): { score: number; loss: number };
}
