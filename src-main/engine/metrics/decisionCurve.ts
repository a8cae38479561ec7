import { numbered, patientDraws, type Drawing } from './draws.ts';
import type { OneAgainstRest } from './operating.ts';
import { quantile } from './summary.ts';

export interface DecisionLines {
  model: number[];
  low: (number | null)[];
  high: (number | null)[];
  all: number[];
}

/**
 * Net benefit of acting from a probability t on: TP / n − FP / n · t / (1 − t) (Vickers and Elkin 2006); at a prevalence π
 * that is not that of the images: sensitivity · π − (1 − specificity) · (1 − π) · t / (1 − t) (Pepe and others 2016). With
 * percentiles of the bootstrap over patients at each threshold. O(images + thresholds) per resample.
 *
 * @param images with at least one of the class and one of the rest
 * @param thresholds ascending, in (0, 1)
 * @param prevalence null: that of the images, in each draw its own
 * @throws the reason of `signal`
 */
export async function decisionLines(
  { positive, scores, groups }: OneAgainstRest,
  thresholds: readonly number[],
  { prevalence, confidence, ...drawing }: Drawing & { prevalence: number | null; confidence: number },
): Promise<DecisionLines> {
  const { patients, count } = numbered(groups);
  const T = thresholds.length;
  /** How many thresholds an image reaches. */
  const reached = Uint32Array.from(scores, (score) => thresholdsUpTo(thresholds, score));
  const odds = thresholds.map((threshold) => threshold / (1 - threshold));
  const found = new Float64Array(T + 1);
  const wrong = new Float64Array(T + 1);
  /** Writes the net benefit at every threshold, NaN where the weights leave nothing to compute it of. */
  const benefit = (weightOf: (image: number) => number, into: Float64Array): void => {
    found.fill(0);
    wrong.fill(0);
    let [positives, negatives] = [0, 0];
    for (let image = 0; image < scores.length; image++) {
      const weight = weightOf(image);
      if (positive[image] === 1) {
        found[reached[image]!]! += weight;
        positives += weight;
      } else {
        wrong[reached[image]!]! += weight;
        negatives += weight;
      }
    }
    const share = prevalence ?? positives / (positives + negatives);
    let [hits, alarms] = [0, 0];
    for (let at = T - 1; at >= 0; at--) {
      hits += found[at + 1]!;
      alarms += wrong[at + 1]!;
      into[at] =
        prevalence === null
          ? (hits - alarms * odds[at]!) / (positives + negatives)
          : (hits / positives) * share - (alarms / negatives) * (1 - share) * odds[at]!;
    }
  };

  const model = new Float64Array(T);
  benefit(() => 1, model);
  const drawn = thresholds.map(() => new Float64Array(drawing.resamples));
  const row = new Float64Array(T);
  let resample = 0;
  for await (const weights of patientDraws(count, drawing)) {
    benefit((image) => weights[patients[image]!]!, row);
    row.forEach((value, at) => (drawn[at]![resample] = value));
    resample++;
  }
  const tail = (1 - confidence) / 2;
  const ends = drawn.map((values) => values.filter((value) => !Number.isNaN(value)).sort());
  const end = (share: number) => ends.map((values) => (values.length === 0 ? null : quantile(values, share)));
  const share = prevalence ?? positive.reduce((sum, one) => sum + one, 0) / positive.length;
  return {
    model: [...model],
    low: end(tail),
    high: end(1 - tail),
    all: odds.map((each) => share - (1 - share) * each),
  };
}

/** How many of the ascending thresholds are at most a score. */
function thresholdsUpTo(thresholds: readonly number[], score: number): number {
  let [low, high] = [0, thresholds.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (thresholds[middle]! <= score) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The stretches of thresholds at which the model does better than treating all and treating none. */
export function betterStretches(
  thresholds: readonly number[],
  { model, all }: Pick<DecisionLines, 'model' | 'all'>,
): { from: number; to: number }[] {
  const stretches: { from: number; to: number }[] = [];
  let open = false;
  thresholds.forEach((threshold, at) => {
    const better = model[at]! > Math.max(0, all[at]!);
    if (better && open) stretches.at(-1)!.to = threshold;
    else if (better) stretches.push({ from: threshold, to: threshold });
    open = better;
  });
  return stretches;
}
