import type { Interval } from '../../contract/comparison/shared.ts';
import { patientDraws } from './draws.ts';
import { against, judgedOf } from './labels.ts';
import { countRanked, COUNTS, PAIRS, POSITIVES, PRECISION, rankImages, WINS, type RankedImages } from './ranking.ts';
import { quantile } from './summary.ts';

/** What one network answered on its test images. */
export interface Predictions {
  /** n class indices in [0, k); not read where there are several labels an image. */
  labels: ArrayLike<number>;
  /** Of several labels an image, n × k, row after row: 1 it has the label, 0 it has it not, −1 unknown. */
  several?: Int8Array;
  /** n × k, row after row. */
  probabilities: Float32Array;
  /** Patient of each image. */
  groups: readonly string[];
}

/** A number, and what it is in every resample, in the same order for all that is resampled together. */
export interface Resampled {
  /** Null where the data do not define it. */
  value: number | null;
  /** NaN where a resample holds no image of a class that the data have, or nothing but that class. */
  resamples: Float64Array;
}

/**
 * Patient-cluster bootstrap of AUROC and AUPRC: patients are drawn with replacement, each with all its images (Field and
 * Welsh 2007). The resamples are the same for all pools, so their differences are paired.
 *
 * A pool is a set of runs whose evidence is taken together: the folds of a cross-validation, several seeds. Probabilities
 * of different networks are not on one scale, so images are ranked within their run only (Forman and Scholz 2010): AUROC
 * is the share of (positive, negative) pairs within a run that are ranked rightly, over all runs; AUPRC the mean over all
 * positives of the precision within the run at their score. For one run these are the numbers of `computeMetrics`: two
 * classes are judged by the second, several by their mean, each against the rest, several labels by their mean, each on the
 * images of which it is known. A patient is drawn in all runs at once, so several seeds narrow an interval only as far as
 * their errors differ, and how far one seed lies from another is not in it.
 *
 * O(images × classes) per resample, nothing allocated. Abort with `signal`.
 *
 * @param runs test predictions, all with the same k classes or labels
 * @param pools indices into `runs`
 * @param options.mean over classes or labels: `plain`, or `prior`, weighted by the share of the images that are positive
 */
export async function bootstrapPools(
  runs: readonly Predictions[],
  pools: readonly (readonly number[])[],
  {
    resamples,
    seed,
    signal,
    mean = 'plain',
  }: { resamples: number; seed: number; signal?: AbortSignal; mean?: 'plain' | 'prior' },
): Promise<{ auroc: Resampled; auprc: Resampled }[]> {
  const patients = new Map<string, number>();
  for (const { groups } of runs)
    for (const group of groups) if (!patients.has(group)) patients.set(group, patients.size);
  const ranked = runs.map((run) => rankClasses(run, patients));
  const classes = Math.max(0, ...ranked.map(({ length }) => length));
  const counts = new Float64Array(runs.length * classes * COUNTS);
  const count = (weights: Uint32Array): void =>
    ranked.forEach((each, run) =>
      each.forEach((images, label) => countRanked(images, weights, counts, (run * classes + label) * COUNTS)),
    );

  const areas = { auroc: 0, auprc: 0 };
  count(new Uint32Array(patients.size).fill(1));
  const results = pools.map((pool) => {
    const all = Array.from({ length: classes }, (_, label) => label);
    const judged = all.filter((label) => pool.some((run) => counts[(run * classes + label) * COUNTS + PAIRS]! > 0));
    poolCounts(counts, { pool, judged, classes, mean }, areas);
    const resampled = (value: number): Resampled => ({
      value: judged.length === 0 ? null : value,
      resamples: new Float64Array(resamples),
    });
    return { pool, judged, classes, mean, auroc: resampled(areas.auroc), auprc: resampled(areas.auprc) };
  });

  let resample = 0;
  for await (const weights of patientDraws(patients.size, { resamples, seed, signal })) {
    count(weights);
    for (const result of results) {
      poolCounts(counts, result, areas);
      result.auroc.resamples[resample] = areas.auroc;
      result.auprc.resamples[resample] = areas.auprc;
    }
    resample++;
  }
  return results.map(({ auroc, auprc }) => ({ auroc, auprc }));
}

/** Difference of two numbers that were resampled together, e.g. of two networks on the same patients. */
export function difference(a: Resampled, b: Resampled): Resampled {
  return {
    value: a.value === null || b.value === null ? null : a.value - b.value,
    resamples: a.resamples.map((value, resample) => value - b.resamples[resample]!),
  };
}

/**
 * Percentile interval (Efron and Tibshirani 1993, section 13.3) over the resamples that define the number; how many do not
 * is counted. Null where none does.
 */
export function percentileInterval({ value, resamples }: Resampled, confidence: number): Interval | null {
  const defined = resamples.filter((each) => !Number.isNaN(each)).sort();
  if (value === null || defined.length === 0) return null;
  const tail = (1 - confidence) / 2;
  return {
    value,
    low: quantile(defined, tail),
    high: quantile(defined, 1 - tail),
    method: 'bootstrap',
    undefinedResamples: resamples.length - defined.length,
  };
}

/** The ranked images of each class or label that is judged. @param patients number of each */
export function rankClasses(predictions: Predictions, patients: ReadonlyMap<string, number>): RankedImages[] {
  const patientOf = Uint32Array.from(predictions.groups, (group) => patients.get(group)!);
  return judgedOf(predictions).map((label) => {
    const { images, positive, scores } = against(predictions, label);
    return rankImages(positive, scores, images.map((image) => patientOf[image]!)); // prettier-ignore
  });
}

/** Mean over the judged classes or labels; NaN where one of them has no pairs. */
function poolCounts(
  counts: Float64Array,
  { pool, judged, classes, mean }: { pool: readonly number[]; judged: readonly number[]; classes: number; mean: 'plain' | 'prior' }, // prettier-ignore
  areas: { auroc: number; auprc: number },
): void {
  let auroc = 0;
  let auprc = 0;
  let weight = 0;
  for (const label of judged) {
    let wins = 0;
    let pairs = 0;
    let precision = 0;
    let positives = 0;
    let images = 0;
    for (const run of pool) {
      const at = (run * classes + label) * COUNTS;
      const own = counts[at + POSITIVES]!;
      wins += counts[at + WINS]!;
      pairs += counts[at + PAIRS]!;
      precision += counts[at + PRECISION]!;
      positives += own;
      // Pairs are positives times negatives.
      if (own > 0) images += own + counts[at + PAIRS]! / own;
    }
    const share = mean === 'plain' ? 1 : positives / images;
    auroc += (share * wins) / pairs;
    auprc += (share * precision) / positives;
    weight += share;
  }
  areas.auroc = auroc / weight;
  areas.auprc = auprc / weight;
}
