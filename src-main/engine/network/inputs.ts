import type { Tensor } from '@tensorflow/tfjs-core';
import type { Preprocessing } from '../../backbone/model.ts';
import type { Augmentation } from '../../contract/plan.ts';
import type { ImageCache } from '../data/types.ts';
import { generator } from '../random.ts';
import type { Ops } from '../tensor/ops.ts';
import { augment } from './augment.ts';
import { preprocess, readBatch } from './batch.ts';

/** Batches of images as they are, for prediction; they belong to the caller. */
export interface PlainInputs {
  /** Node whose output the batches are; undefined: the input node. */
  readonly from: string | undefined;
  plain(indices: readonly number[]): Tensor;
}

/**
 * Where training and prediction take their batches from: images, or what the frozen layers make of them. Batches belong
 * to the caller.
 */
export interface Inputs extends PlainInputs {
  /** Images as they are seen in one step of training, augmented. Epochs and steps count from 1. */
  training(indices: readonly number[], at: { epoch: number; step: number }): Tensor;
  close(): void;
}

/** Decoded images, and what the network expects of them. */
export interface Pictures {
  cache: ImageCache;
  preprocessing: Preprocessing;
}

/** Batches for the input node, [n, size, size, channels]. */
export function plainPictures({ cache, preprocessing }: Pictures): PlainInputs {
  return { from: undefined, plain: (indices) => preprocess(readBatch(cache, indices), preprocessing) };
}

/** The same for training; every step draws its own augmentation. */
export function pictureInputs(
  pictures: Pictures,
  { ops, augmentation, seed }: { ops: Ops; augmentation: Augmentation; seed: number },
): Inputs {
  return {
    ...plainPictures(pictures),
    training: (indices, { epoch, step }) =>
      augmented(pictures, indices, { ops, augmentation, random: generator(seed, 'augment', epoch, step) }),
    close() {},
  };
}

/** A batch of images, augmented, as the network takes it. */
export function augmented(
  { cache, preprocessing }: Pictures,
  indices: readonly number[],
  { ops, augmentation, random }: { ops: Ops; augmentation: Augmentation; random: () => number },
): Tensor {
  const pictures = readBatch(cache, indices);
  const seen = augment(pictures, augmentation, { ops, random });
  pictures.dispose();
  return preprocess(seen, preprocessing);
}
