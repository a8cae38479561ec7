import type { Intervals, MeasuredCurves, Proportion } from '../../contract/evaluation.ts';
import type { Interval } from '../../contract/comparison/shared.ts';
import { bootstrapPools, percentileInterval, type Predictions, type Resampled } from './bootstrap.ts';
import { confusionMatrix } from './confusion.ts';
import { curvesOf } from './curves.ts';
import { delongInterval } from './delong.ts';
import { wilson } from './wilson.ts';

const CONFIDENCE = 0.95;
const RESAMPLES = 2000;

type ClassIntervals = Intervals['perClass'][number];

/**
 * Intervals of the metrics of `computeMetrics`, and the curves behind its areas. AUROC of one class against the rest: by
 * DeLong where each patient has one image; that of several classes, AUPRC, and AUROC of patients with several images: by
 * the bootstrap over patients, the same draws for all. Shares: by Wilson. O(images × classes) per resample.
 *
 * @param classes k names; of two, the second is the positive one
 * @param options.signal aborts between resamples
 */
export async function figuresOf(
  predictions: Predictions,
  classes: readonly string[],
  {
    signal,
    resamples = RESAMPLES,
    confidence = CONFIDENCE,
  }: { signal?: AbortSignal; resamples?: number; confidence?: number } = {},
): Promise<{ intervals: Intervals; curves: MeasuredCurves[] }> {
  const { labels, probabilities, groups } = predictions;
  const [n, k] = [labels.length, classes.length];
  const against = classes.map((name, label) => ({
    name,
    positive: Uint8Array.from(labels, (each) => (each === label ? 1 : 0)),
    scores: Float32Array.from({ length: n }, (_, image) => probabilities[image * k + label]!),
  }));
  const clustered = new Set(groups).size < n;
  const runs = against.map(({ positive, scores }): Predictions => {
    const two = Float32Array.from({ length: 2 * n }, (_, at) => (at % 2 === 0 ? 0 : scores[(at - 1) / 2]!));
    return { labels: positive, probabilities: two, groups };
  });
  const pools = runs.map((_, label) => [label]);
  const drawn = await bootstrapPools(runs, pools, { resamples, seed: 0, ...(signal && { signal }) });
  const matrix = confusionMatrix(labels, probabilities, k);
  const intervalOf = (resampled: Resampled) => visible(percentileInterval(resampled, confidence));

  const perClass = against.map(({ positive, scores }, label): ClassIntervals => {
    const { auroc, auprc } = drawn[label]!;
    const exact = auroc.value === null || clustered ? null : delongInterval(positive, scores, confidence);
    return {
      auroc: exact ?? intervalOf(auroc),
      auprc: intervalOf(auprc),
      ...shares(matrix, label, confidence),
    };
  });
  const mean = { auroc: intervalOf(meanOf(drawn.map(({ auroc }) => auroc))), auprc: intervalOf(meanOf(drawn.map(({ auprc }) => auprc))) }; // prettier-ignore
  const overall = k === 2 ? perClass[1]! : { ...mean, sensitivity: null, specificity: null };
  const right = matrix.reduce((sum, row, label) => sum + row[label]!, 0);
  const intervals = { ...overall, confidence, resamples, clustered, accuracy: wilson(right, n, confidence), perClass };

  const curves = against.slice(k === 2 ? 1 : 0).flatMap(({ name, positive, scores }) => {
    const found = curvesOf(positive, scores);
    return found ? [{ class: name, ...found }] : [];
  });
  return { intervals, curves };
}

/** Of no variance, resampling sees none, which is not certainty. */
const visible = (found: Interval | null): Interval | null =>
  found && (found.value === 0 || found.value === 1) ? null : found;

/** Plain mean over the classes that the data define, resample by resample. */
function meanOf(classes: readonly Resampled[]): Resampled {
  const judged = classes.filter(({ value }) => value !== null);
  const mean = (of: (each: Resampled) => number) => judged.reduce((sum, each) => sum + of(each), 0) / judged.length;
  return {
    value: judged.length === 0 ? null : mean(({ value }) => value!),
    resamples: Float64Array.from(classes[0]!.resamples, (_, at) => mean(({ resamples }) => resamples[at]!)),
  };
}

/** Of the images of a class those found, of the others those not taken for it. */
function shares(
  matrix: number[][],
  label: number,
  confidence: number,
): Pick<ClassIntervals, 'sensitivity' | 'specificity'> {
  const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);
  const own = sum(matrix[label]!);
  const others = sum(matrix.map(sum)) - own;
  const found = matrix[label]![label]!;
  const taken = sum(matrix.map((row) => row[label]!)) - found;
  const share = (count: number, of: number): Proportion | null => (of === 0 ? null : wilson(count, of, confidence));
  return { sensitivity: share(found, own), specificity: share(others - taken, others) };
}
