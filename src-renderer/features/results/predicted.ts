import { HAS, UNKNOWN } from '../../../src-main/contract/labelRows.ts';
import { rowsOf } from '../../../src-main/contract/table.ts';
import type { PredictedImage, Predictions } from '../../../src-main/contract/prediction.ts';
import { ofLabel } from './several/labels.ts';

/** An image with what was predicted of it. */
export interface Predicted extends PredictedImage {
  /** Its place in the part, by which `explain.map` knows it. */
  index: number;
  /** Of each class, in the order of the classes. */
  probabilities: Float32Array;
}

export function predictedOf({ images, probabilities, classes }: Predictions): Predicted[] {
  // A copy: bytes that came over the wire may begin anywhere.
  const all = new Float32Array(probabilities.slice().buffer);
  const k = classes.length;
  return rowsOf(images).map((row, index) => ({
    index,
    ...row,
    probabilities: all.subarray(index * k, (index + 1) * k),
  }));
}

/** Which images are shown: mistakes, all, or those of a cell of the confusion matrix by its classes' indices. */
export type Chosen = 'errors' | 'all' | { actual: number; predicted: number };

/** As it stands in an address: `errors`, `all`, `0-1`. */
export const chosenText = (chosen: Chosen): string =>
  typeof chosen === 'string' ? chosen : `${chosen.actual}-${chosen.predicted}`;

export function chosenOf(text: unknown): Chosen {
  const cell = /^(\d+)-(\d+)$/.exec(String(text));
  if (cell) return { actual: Number(cell[1]), predicted: Number(cell[2]) };
  return text === 'all' ? 'all' : 'errors';
}

/**
 * The images that are meant. Mistakes: those come first of which the network was surest. All others: by the probability of
 * the class `label`, from the highest or from the lowest on. Of several labels an image, mistakes and cells are those of the
 * label `label`, a cell by whether an image has it (1) or has it not (0), and whether it was called.
 */
export function pickImages(
  images: readonly Predicted[],
  classes: readonly string[],
  {
    chosen,
    label,
    descending,
    several = false,
  }: { chosen: Chosen; label: number; descending: boolean; several?: boolean },
): Predicted[] {
  if (several) return pickLabelImages(images, { chosen, label, name: classes[label] ?? '', descending });
  if (chosen === 'errors') {
    const surest = ({ probabilities }: Predicted) => Math.max(...probabilities);
    return images.filter(({ correct }) => !correct).sort((a, b) => surest(b) - surest(a));
  }
  const picked =
    chosen === 'all'
      ? [...images]
      : images.filter((each) => each.class === classes[chosen.actual] && each.predicted === classes[chosen.predicted]);
  const sign = descending ? -1 : 1;
  return picked.sort((a, b) => sign * (a.probabilities[label]! - b.probabilities[label]!));
}

function pickLabelImages(
  images: readonly Predicted[],
  { chosen, label, name, descending }: { chosen: Chosen; label: number; name: string; descending: boolean },
): Predicted[] {
  const of = (image: Predicted): number => image.probabilities[label]!;
  const sign = descending ? -1 : 1;
  if (chosen === 'all') return [...images].sort((a, b) => sign * (of(a) - of(b)));
  const known = images.map((image) => ({ image, ...ofLabel(image, name) })).filter(({ truth }) => truth !== UNKNOWN);
  if (chosen === 'errors')
    return known
      .filter(({ truth, called }) => (truth === HAS) !== called)
      .map(({ image }) => image)
      .sort((a, b) => Math.abs(of(b) - 0.5) - Math.abs(of(a) - 0.5));
  return known
    .filter(({ truth, called }) => (truth === HAS) === (chosen.actual === 1) && called === (chosen.predicted === 1))
    .map(({ image }) => image)
    .sort((a, b) => sign * (of(a) - of(b)));
}

/**
 * Counts of images by their probability of a class, for each true class; 1 counts to the last bin.
 * @returns per class `bins` counts
 */
export function histogramOf(
  images: readonly Predicted[],
  classes: readonly string[],
  label: number,
  bins: number,
): number[][] {
  const counts = classes.map(() => new Array<number>(bins).fill(0));
  for (const { class: name, probabilities } of images) {
    const bin = Math.min(bins - 1, Math.floor(probabilities[label]! * bins));
    counts[classes.indexOf(name)]![bin]! += 1;
  }
  return counts;
}
