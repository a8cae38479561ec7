import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Shape } from '../../backbone/graph.ts';
import { sizeOf } from '../../backbone/parameters.ts';
import type { Augmentation } from '../../contract/plan.ts';
import type { Activations } from '../data/activations.ts';
import { run, type Network } from '../execute/run.ts';
import { generator } from '../random.ts';
import { augmented, plainPictures, type Inputs, type Pictures } from '../network/inputs.ts';

/**
 * Images that go through the frozen layers together. Always as many, whichever of them are wanted: an engine may sum in
 * another order for another batch, and a resumed run, which wants fewer, must get the same numbers.
 */
export const GROUP = 8;

export interface FrozenOptions {
  /** The last frozen node, and the shape of its output for one image. */
  from: string;
  shape: Shape;
  pictures: Pictures;
  augmentation: Augmentation;
  seed: number;
  /** Augmented variants of each training image, seen in turn epoch after epoch. */
  variants: number;
  /** What was computed before, of images as they are (null) and of each variant; null where nothing is stored. */
  stored(variant: number | null): Activations | null;
}

/** Batches of what the frozen layers make of images, each computed once and then taken from where it is stored. */
export function frozenInputs(network: Network, options: FrozenOptions): Inputs {
  const { from, shape, pictures, augmentation, seed } = options;
  const values = sizeOf(shape);
  const variants = isNeutral(augmentation) ? 0 : options.variants;
  const stores = new Map<number | null, Activations | null>();
  const storeOf = (variant: number | null): Activations | null => {
    if (!stores.has(variant)) stores.set(variant, options.stored(variant));
    return stores.get(variant)!;
  };

  /** Each image draws its variants by itself: they do not depend on which images share its batch. */
  const picturesOf = (indices: readonly number[], variant: number | null): Tensor =>
    variant === null
      ? plainPictures(pictures).plain(indices)
      : tf.tidy(() =>
          tf.concat(
            indices.map((index) => {
              const random = generator(seed, 'frozen augment', index, variant);
              return augmented(pictures, [index], { ops: network.ops, augmentation, random });
            }),
          ),
        );

  const compute = (indices: readonly number[], variant: number | null): Float32Array => {
    const padded = Array.from({ length: GROUP }, (_, i) => indices[Math.min(i, indices.length - 1)]!);
    const x = picturesOf(padded, variant);
    const y = run(network, x, { to: from }).get(from)!;
    const computed = y.dataSync<'float32'>();
    tf.dispose([x, y]);
    return computed;
  };

  const activations = (indices: readonly number[], variant: number | null): Tensor => {
    const store = storeOf(variant);
    const batch = new Float32Array(indices.length * values);
    const missing = indices.flatMap((index, i) => (store?.read(index, batch, i * values) ? [] : [i]));
    for (let start = 0; start < missing.length; start += GROUP) {
      const group = missing.slice(start, start + GROUP);
      const computed = compute(
        group.map((i) => indices[i]!),
        variant,
      );
      group.forEach((i, k) => {
        const value = computed.subarray(k * values, (k + 1) * values);
        batch.set(value, i * values);
        store?.write(indices[i]!, value);
      });
    }
    return tf.tensor(batch, [indices.length, ...shape], 'float32');
  };

  return {
    from,
    training: (indices, { epoch }) => activations(indices, variants === 0 ? null : (epoch - 1) % variants),
    plain: (indices) => activations(indices, null),
    close: () => stores.forEach((store) => store?.close()),
  };
}

/** Whether augmentation leaves every image as it is. */
export function isNeutral({ flipHorizontal, flipVertical, crop, rotation, brightness }: Augmentation): boolean {
  return !flipHorizontal && !flipVertical && crop === 0 && rotation === 0 && brightness === 0;
}
