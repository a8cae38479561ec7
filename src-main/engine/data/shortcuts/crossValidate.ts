import { foldedAuroc, type FoldedAuroc } from '../../metrics/foldedAuroc.ts';
import { levelsOf, type Feature } from './levels.ts';
import { naiveBayes } from './naiveBayes.ts';

export interface Study {
  /** Class of each image, from 0; there are so many. */
  labels: Uint16Array;
  classes: number;
  /** Of each image, from 0; no patient is in two. */
  folds: ArrayLike<number>;
  /** Of each image, the number of its patient, from 0; there are so many. */
  patients: Uint32Array;
  count: number;
}

/**
 * How well features predict the class of images from which nothing was learnt: bands and frequencies are those of the other
 * folds. Of two classes the second is judged, of several each against the rest.
 * @returns the mean over the classes that are judged
 */
export function crossValidate(features: readonly Feature[], study: Study): FoldedAuroc {
  const { labels, classes, folds, patients, count } = study;
  const judged = classes === 2 ? [1] : Array.from({ length: classes }, (_, label) => label);
  const scores = judged.map(() => new Float32Array(labels.length));
  const indices = Uint32Array.from(labels, (_, image) => image);
  for (const fold of new Set(Array.from(folds))) {
    const training = indices.filter((image) => folds[image] !== fold);
    const levels = features.map((feature) => levelsOf(feature, training));
    const logitsOf = naiveBayes(levels, { labels, classes, training });
    for (const image of indices) {
      if (folds[image] !== fold) continue;
      const logits = logitsOf(image);
      judged.forEach((label, at) => (scores[at]![image] = logits[label]!));
    }
  }
  const each = judged.flatMap((label, at) => {
    const positive = Uint8Array.from(labels, (own) => (own === label ? 1 : 0));
    return foldedAuroc({ positive, scores: scores[at]!, folds, patients, count }) ?? [];
  });
  const mean = (of: (one: FoldedAuroc) => number): number => each.reduce((sum, one) => sum + of(one), 0) / each.length;
  return {
    value: mean(({ value }) => value),
    influences: Float64Array.from({ length: count }, (_, patient) => mean(({ influences }) => influences[patient]!)),
  };
}
