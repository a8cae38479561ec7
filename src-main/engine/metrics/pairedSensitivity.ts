import type { Predictions, Resampled } from './bootstrap.ts';
import { LABEL_FROM } from '../../contract/decision.ts';
import { predictedClass } from './confusion.ts';
import { patientDraws } from './draws.ts';
import { against } from './labels.ts';
import { rankImages, type RankedImages } from './ranking.ts';

/** Two networks on the same patients: indices into the runs, in pairs that were tested on the same images. */
export interface RunPair {
  own: readonly number[];
  other: readonly number[];
}

/** Of one class, the share of its images that each of two networks finds at the same specificity. */
export interface PairedSensitivity {
  /** The other network's, by its own decision. Null where there is no image of another class. */
  specificity: number | null;
  own: Resampled;
  other: Resampled;
}

/**
 * Sensitivity of every class at equal specificity (Wieand, Gail, James and James 1989): that which the other network, the
 * reference, has where it calls an image by its most probable class, which with two classes is a threshold of 0.5, as it is
 * of each of several labels an image. Both are then read off their ROC curves of the class against the rest, so that a
 * network against itself differs by nothing; between two thresholds linearly, as by tossing a coin between them (Fawcett
 * 2006, section 7).
 *
 * Thresholds are found in each run of its own, probabilities of different networks not being on one scale, and images found
 * are summed over the runs. In every resample of the patients, which are those of `bootstrapPools`, specificity and thresholds
 * are found anew, so that their uncertainty is in the intervals.
 *
 * @param runs test predictions, all with the same k classes or labels
 * @returns per pair, k classes or labels
 */
export async function pairedSensitivity(
  runs: readonly Predictions[],
  pairs: readonly RunPair[],
  { resamples, seed, signal }: { resamples: number; seed: number; signal?: AbortSignal | undefined },
): Promise<PairedSensitivity[][]> {
  const patients = new Map<string, number>();
  for (const { groups } of runs)
    for (const group of groups) if (!patients.has(group)) patients.set(group, patients.size);
  const used = new Set(pairs.flatMap(({ own, other }) => [...own, ...other]));
  const ranked = runs.map((run, at) => (used.has(at) ? rankedClasses(run, patients) : []));
  const results = pairs.map((pair): PairedSensitivity[] => {
    const classes = ranked[pair.own[0]!] ?? [];
    return classes.map(() => ({
      specificity: null,
      own: { value: null, resamples: new Float64Array(resamples) },
      other: { value: null, resamples: new Float64Array(resamples) },
    }));
  });
  const measure = (weights: Uint32Array, put: (into: PairedSensitivity, found: Found) => void): void => {
    results.forEach((classes, pair) =>
      classes.forEach((result, label) => put(result, found(pairs[pair]!, { ranked, label, weights }))),
    );
  };

  measure(new Uint32Array(patients.size).fill(1), (result, { own, other, specificity }) => {
    result.specificity = Number.isNaN(specificity) ? null : specificity;
    if (!Number.isNaN(own)) [result.own.value, result.other.value] = [own, other];
  });
  let resample = 0;
  for await (const weights of patientDraws(patients.size, { resamples, seed, signal })) {
    measure(weights, (result, { own, other }) => {
      result.own.resamples[resample] = own;
      result.other.resamples[resample] = other;
    });
    resample++;
  }
  return results;
}

/** Two-sided p-value of no difference, from resamples of it: twice the smaller share on one side of zero (Davison and Hinkley 1997, section 4.2). */
export function twoSidedP(resamples: Float64Array): number {
  const defined = resamples.filter((each) => !Number.isNaN(each));
  const beyond = (sign: number) => defined.filter((each) => sign * each <= 0).length;
  return Math.min(1, (2 * (1 + Math.min(beyond(1), beyond(-1)))) / (1 + defined.length));
}

interface Found {
  own: number;
  other: number;
  specificity: number;
}

interface RankedClass {
  images: RankedImages;
  /** Indices of the patients of the images that are called so and are not. */
  falseAlarms: Uint32Array;
}

/** Images ranked by their probability of each class or label, and the false alarms of the network's own decision. */
function rankedClasses(run: Predictions, patients: Map<string, number>): RankedClass[] {
  const { several, probabilities, groups } = run;
  const k = probabilities.length / groups.length;
  const patientOf = Uint32Array.from(groups, (group) => patients.get(group)!);
  const called = several ? null : Array.from(groups, (_, image) => predictedClass(probabilities, image, k));
  return Array.from({ length: k }, (_, label) => {
    const { images, positive, scores } = against(run, label);
    const own = images.map((image) => patientOf[image]!);
    const isCalled = (at: number) => (called ? called[images[at]!] === label : scores[at]! >= LABEL_FROM);
    return {
      images: rankImages(positive, scores, own),
      falseAlarms: own.filter((_, at) => positive[at] === 0 && isCalled(at)),
    };
  });
}

/** NaN where no image is of the class, or all are. */
function found(
  { own, other }: RunPair,
  { ranked, label, weights }: { ranked: readonly RankedClass[][]; label: number; weights: Uint32Array },
): Found {
  let [positives, negatives, alarms, hits, otherHits] = [0, 0, 0, 0, 0];
  for (const [at, run] of other.entries()) {
    const reference = ranked[run]![label]!;
    const allowed = reference.falseAlarms.reduce((sum, patient) => sum + weights[patient]!, 0);
    const theirs = hitsAt(reference.images, weights, allowed);
    positives += theirs.positives;
    negatives += theirs.negatives;
    alarms += allowed;
    otherHits += theirs.hits;
    hits += hitsAt(ranked[own[at]!]![label]!.images, weights, allowed).hits;
  }
  const undefinedHere = positives === 0 || negatives === 0;
  return {
    own: undefinedHere ? Number.NaN : hits / positives,
    other: undefinedHere ? Number.NaN : otherHits / positives,
    specificity: negatives === 0 ? Number.NaN : 1 - alarms / negatives,
  };
}

/** Most positives above a threshold that leaves `allowed` negatives above it, each image as often as its patient weighs. */
function hitsAt(
  { patients, positive, last }: RankedImages,
  weights: Uint32Array,
  allowed: number,
): { hits: number; positives: number; negatives: number } {
  let [positives, negatives, tiedPositives, tiedNegatives, hits] = [0, 0, 0, 0, 0];
  for (let at = 0; at < patients.length; at++) {
    const weight = weights[patients[at]!]!;
    tiedPositives += weight * positive[at]!;
    tiedNegatives += weight * (1 - positive[at]!);
    if (last[at] === 0) continue;
    if (negatives + tiedNegatives <= allowed) hits = positives + tiedPositives;
    else if (negatives <= allowed) hits = positives + (tiedPositives * (allowed - negatives)) / tiedNegatives;
    positives += tiedPositives;
    negatives += tiedNegatives;
    tiedPositives = 0;
    tiedNegatives = 0;
  }
  return { hits, positives, negatives };
}
