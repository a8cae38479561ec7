import { LABEL_FROM } from '../../contract/decision.ts';
import type { Predictions } from './bootstrap.ts';

/** Predictions of several labels an image. */
export type SeveralLabels = Predictions & Required<Pick<Predictions, 'several'>>;

export const isSeveral = (predictions: Predictions): predictions is SeveralLabels => predictions.several !== undefined;

/**
 * The farthest from 1 that a 32-bit float rounds to it: a probability of 1 leaves this much to the contrary, not nothing,
 * for what was less than that cannot be seen any more.
 */
const LEAST_LEFT = 2 ** -25;
/** The 32-bit float below one half. */
const BELOW_HALF = 0.5 - 2 ** -25;

/**
 * What is judged, by index: of two classes the second alone, of several each, of several labels an image each, were they
 * but two.
 */
export function judgedOf({ several, probabilities, groups }: Predictions): number[] {
  const k = probabilities.length / groups.length;
  return k === 2 && !several ? [1] : Array.from({ length: k }, (_, label) => label);
}

/** One class against the rest, or one label against not having it, on the images of which that is known. */
export interface Against {
  /** Indices of the images, ascending; what follows is in their order. */
  images: Uint32Array;
  /** 1 for the class or label and 0 for the rest. */
  positive: Uint8Array;
  /** Its probability. */
  scores: Float32Array;
}

/** @param label index of the class or label */
export function against({ labels, several, probabilities, groups }: Predictions, label: number): Against {
  const n = groups.length;
  const k = probabilities.length / n;
  const images = several ? knownImages(several, label, k) : Uint32Array.from({ length: n }, (_, image) => image);
  const has = (image: number) => (several ? several[image * k + label] === 1 : labels[image] === label);
  return {
    images,
    positive: Uint8Array.from(images, (image) => (has(image) ? 1 : 0)),
    scores: Float32Array.from(images, (image) => probabilities[image * k + label]!),
  };
}

/** @param rows n × k, 1, 0 or −1 */
function knownImages(rows: Int8Array, label: number, k: number): Uint32Array {
  const images: number[] = [];
  for (let image = 0; image * k < rows.length; image++) if (rows[image * k + label]! >= 0) images.push(image);
  return Uint32Array.from(images);
}

/**
 * One label as a task of two classes, without it and with it: the images of which it is known, with the probabilities
 * [1 − p, p]. All that is said of two classes can be said of it, and its decision is theirs, of two the more probable: at
 * exactly one half, from which on a label is called, what is left to the contrary is the next float below.
 * @param label index of the label
 */
export function labelView(predictions: SeveralLabels, label: number): Predictions {
  const { images, positive, scores } = against(predictions, label);
  const probabilities = new Float32Array(2 * images.length);
  scores.forEach((p, at) =>
    probabilities.set([p === LABEL_FROM ? BELOW_HALF : Math.max(1 - p, LEAST_LEFT), p], 2 * at),
  );
  return { labels: positive, probabilities, groups: Array.from(images, (image) => predictions.groups[image]!) };
}
