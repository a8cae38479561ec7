import type { Predictions } from './bootstrap.ts';

/** Predictions of several labels an image. */
export type SeveralLabels = Predictions & Required<Pick<Predictions, 'several'>>;

/**
 * The farthest from 1 that a 32-bit float rounds to it: a probability of 1 leaves this much to the contrary, not nothing,
 * for what was less than that cannot be seen any more.
 */
const LEAST_LEFT = 2 ** -25;

/** Indices of the images of which it is known whether they have a label, ascending. @param rows n × k, 1, 0 or −1 */
export function knownImages(rows: Int8Array, label: number, k: number): Uint32Array {
  const images: number[] = [];
  for (let image = 0; image * k < rows.length; image++) if (rows[image * k + label]! >= 0) images.push(image);
  return Uint32Array.from(images);
}

/**
 * One label as a task of two classes, without it and with it: the images of which it is known, with the probabilities
 * [1 − p, p]. All that is said of two classes can be said of it, and its threshold of 0.5 is theirs: with more than that an
 * image is called so.
 * @param label index of the label
 */
export function labelView({ several, probabilities, groups }: SeveralLabels, label: number): Predictions {
  const k = probabilities.length / groups.length;
  const images = knownImages(several, label, k);
  const values = new Float32Array(2 * images.length);
  images.forEach((image, at) => {
    const p = probabilities[image * k + label]!;
    values[2 * at] = Math.max(1 - p, LEAST_LEFT);
    values[2 * at + 1] = p;
  });
  return {
    labels: Uint8Array.from(images, (image) => several[image * k + label]!),
    probabilities: values,
    groups: Array.from(images, (image) => groups[image]!),
  };
}
