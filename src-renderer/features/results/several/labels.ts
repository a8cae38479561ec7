import { HAS, UNKNOWN, decodeRows, labelsIn, type LabelValue } from '../../../../src-main/contract/labelRows.ts';
import { t } from '../../../text/index.ts';
import type { Predicted } from '../predicted.ts';

/** What is known of one label of an image, and whether it was called. */
export interface OfLabel {
  truth: LabelValue;
  called: boolean;
}

/** @param name of the label */
export const ofLabel = ({ class: row, predicted }: Pick<Predicted, 'class' | 'predicted'>, name: string): OfLabel => ({
  truth: decodeRows([row], [name])[0] as LabelValue,
  called: labelsIn(predicted).includes(name),
});

/** Images by what is known of a label (rows: has it not, has it) and whether it was called (columns: no, yes). */
export function labelCounts(
  images: readonly Predicted[],
  name: string,
): { matrix: [[number, number], [number, number]]; unknown: number } {
  const matrix: [[number, number], [number, number]] = [[0, 0], [0, 0]]; // prettier-ignore
  let unknown = 0;
  for (const image of images) {
    const { truth, called } = ofLabel(image, name);
    if (truth === UNKNOWN) unknown += 1;
    else matrix[truth === HAS ? 1 : 0][called ? 1 : 0] += 1;
  }
  return { matrix, unknown };
}

/** The images of which a label is known, as those of a task of two classes. */
export const knownOf = (images: readonly Predicted[], name: string): (Predicted & { has: boolean })[] =>
  images.flatMap((image) => {
    const { truth } = ofLabel(image, name);
    return truth === UNKNOWN ? [] : [{ ...image, has: truth === HAS }];
  });

/**
 * Counts of images by their probability of a label; 1 counts to the last bin.
 * @param label its index
 * @returns `bins` counts of those that have it not, and of those that have it
 */
export function labelHistogram(images: readonly Predicted[], { name, label }: { name: string; label: number }, bins: number): [number[], number[]] {
  const counts: [number[], number[]] = [new Array<number>(bins).fill(0), new Array<number>(bins).fill(0)];
  for (const { has, probabilities } of knownOf(images, name))
    counts[has ? 1 : 0][Math.min(bins - 1, Math.floor(probabilities[label]! * bins))]! += 1;
  return counts;
} // prettier-ignore

/** Images of a cell of the table of a label, in words. */
export const cellTitle = ({ actual, predicted }: { actual: number; predicted: number }, label: string): string =>
  t(`several.images.cell.${actual === 1 ? (predicted === 1 ? 'tp' : 'fn') : predicted === 1 ? 'fp' : 'tn'}`, { label });
