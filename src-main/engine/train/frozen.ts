import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Shape } from '../../backbone/graph.ts';
import { sizeOf } from '../../backbone/parameters.ts';
import type { Augmentation, Precision } from '../../contract/plan.ts';
import type { Activations } from '../data/activations.ts';
import { fromBfloat16, toBfloat16 } from '../data/bfloat16.ts';
import { run, type Network } from '../execute/run.ts';
import { generator } from '../random.ts';
import { augmented, plainPictures, type Inputs, type Pictures } from '../network/inputs.ts';

/**
 * What of an image goes through the frozen layers. `plain`: the image as it is, to measure statistics, validate and test.
 * `unaugmented`: the same to train on, where nothing is augmented. A number: an augmented variant to train on.
 */
export type Seen = 'plain' | 'unaugmented' | number;

/**
 * Training reads rounded values, half the size, whose error is far below what augmentation changes. Whatever is told of a
 * network is measured on unrounded ones: it is what the exported model gives, which knows of no rounding.
 */
export const precisionOf = (seen: Seen): Precision => (seen === 'plain' ? 'float32' : 'bfloat16');

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
  /** What was computed before, in its precision; null where nothing is stored. */
  stored(seen: Seen): Activations | null;
}

/**
 * Batches of what the frozen layers make of images, each computed once and then taken from where it is stored. What was
 * just computed is rounded as what is read: it makes no difference which of the two a run sees.
 */
export function frozenInputs(network: Network, options: FrozenOptions): Inputs {
  const { from, shape, pictures, augmentation, seed } = options;
  const values = sizeOf(shape);
  const variants = isNeutral(augmentation) ? 0 : options.variants;
  const stores = new Map<Seen, Activations | null>();
  const storeOf = (seen: Seen): Activations | null => {
    if (!stores.has(seen)) stores.set(seen, options.stored(seen));
    return stores.get(seen)!;
  };

  /** Each image draws its variants by itself: they do not depend on which images share its batch. */
  const picturesOf = (indices: readonly number[], seen: Seen): Tensor =>
    typeof seen === 'string'
      ? plainPictures(pictures).plain(indices)
      : tf.tidy(() =>
          tf.concat(
            indices.map((index) => {
              const random = generator(seed, 'frozen augment', index, seen);
              return augmented(pictures, [index], { ops: network.ops, augmentation, random });
            }),
          ),
        );

  const compute = (indices: readonly number[], seen: Seen): Float32Array => {
    const padded = Array.from({ length: GROUP }, (_, i) => indices[Math.min(i, indices.length - 1)]!);
    const x = picturesOf(padded, seen);
    const y = run(network, x, { to: from }).get(from)!;
    const computed = y.dataSync<'float32'>();
    tf.dispose([x, y]);
    if (precisionOf(seen) === 'bfloat16') fromBfloat16(toBfloat16(computed), computed);
    return computed;
  };

  const activations = (indices: readonly number[], seen: Seen): Tensor => {
    const store = storeOf(seen);
    const batch = new Float32Array(indices.length * values);
    const missing = indices.flatMap((index, i) => (store?.read(index, batch, i * values) ? [] : [i]));
    for (let start = 0; start < missing.length; start += GROUP) {
      const group = missing.slice(start, start + GROUP);
      const computed = compute(
        group.map((i) => indices[i]!),
        seen,
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
    training: (indices, { epoch }) => activations(indices, variants === 0 ? 'unaugmented' : (epoch - 1) % variants),
    plain: (indices) => activations(indices, 'plain'),
    close: () => stores.forEach((store) => store?.close()),
  };
}

/** Whether augmentation leaves every image as it is. */
export function isNeutral({ flipHorizontal, flipVertical, crop, rotation, brightness }: Augmentation): boolean {
  return !flipHorizontal && !flipVertical && crop === 0 && rotation === 0 && brightness === 0;
}
