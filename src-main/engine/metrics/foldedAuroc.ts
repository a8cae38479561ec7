import { structuralComponents } from './delong.ts';

/** An AUROC, and how much each patient moves it. */
export interface FoldedAuroc {
  value: number;
  /** Per patient. */
  influences: Float64Array;
}

export interface FoldedScores {
  /** Per image, 1 for the class and 0 for the rest. */
  positive: Uint8Array;
  /** Per image, larger for more likely positive; finite. Those of one fold are on one scale. */
  scores: Float32Array;
  /** Per image, from 0. */
  folds: ArrayLike<number>;
  /** Per image, the number of its patient, from 0; and how many there are. */
  patients: Uint32Array;
  count: number;
}

/**
 * AUROC of cross-validated scores. Images are ranked within their fold only, as the scores of each are another model's
 * (Forman and Scholz 2010): the share of (positive, negative) pairs within a fold that are ranked rightly, over all folds.
 * Its influences are those of LeDell, Petersen and van der Laan (2015, Electronic Journal of Statistics 9:1583), with pairs
 * as weights of the folds and summed over the images of a patient.
 * @returns null where no fold has images of both kinds
 */
export function foldedAuroc({ positive, scores, folds, patients, count }: FoldedScores): FoldedAuroc | null {
  const members: number[][] = [];
  for (let image = 0; image < scores.length; image++) (members[folds[image]!] ??= []).push(image);
  const components = new Float64Array(scores.length);
  const others = new Float64Array(scores.length);
  let [wins, pairs] = [0, 0];
  for (const own of members) {
    if (own === undefined) continue;
    const is = Uint8Array.from(own, (image) => positive[image]!);
    const positives = is.reduce((sum, one) => sum + one, 0);
    const of = [own.length - positives, positives] as const;
    if (of[0] === 0 || of[1] === 0) continue;
    const found = structuralComponents(
      is,
      Float32Array.from(own, (image) => scores[image]!),
    ).map((each) => each.values());
    own.forEach((image, at) => {
      const above = found[is[at]!]!.next().value!;
      // Of a negative, it is the share of the positives that it lies above.
      components[image] = is[at] === 1 ? above : 1 - above;
      others[image] = of[1 - is[at]!]!;
      if (is[at] === 1) wins += above * of[0];
    });
    pairs += of[0] * of[1];
  }
  if (pairs === 0) return null;
  const value = wins / pairs;
  const influences = new Float64Array(count);
  for (let image = 0; image < scores.length; image++)
    influences[patients[image]!]! += ((components[image]! - value) * others[image]!) / pairs;
  return { value, influences };
}
