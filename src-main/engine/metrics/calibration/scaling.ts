import type { Scaling } from '../../../contract/calibration.ts';
import { logisticFit } from './logisticFit.ts';
import { SMALLEST, type Target } from './target.ts';

const MOST_STEPS = 100;

/** ln of probabilities, of which 0 counts as {@link SMALLEST}. They are the logits of the network but for a constant a row. */
export const logarithms = (probabilities: ArrayLike<number>): Float64Array =>
  Float64Array.from(probabilities, (each) => Math.log(Math.max(each, SMALLEST)));

/** What a temperature was fitted to, or why there is none that is likeliest. */
export type TemperatureFit = { temperature: number } | { none: 'separated' | 'worthless' };

/**
 * The temperature T that maximises the likelihood of softmax(ln p / T) (Guo et al. 2017, section 4.2), by Newton's method
 * on 1 / T, in which the negative log likelihood is convex; bisection where a step leaves what is known to hold it.
 * `separated`: every image's true class is the most probable one, so that the smaller, the likelier. `worthless`: the larger,
 * the likelier, as the probabilities of the true classes are low.
 * @param labels n class indices in [0, k)
 * @param logs n × k, row after row
 */
export function fitTemperature(labels: ArrayLike<number>, logs: Float64Array): TemperatureFit {
  const k = logs.length / labels.length;
  if (derivativesAt(0, labels, logs, k).first >= 0) return { none: 'worthless' };
  if (isAlwaysHighest(labels, logs, k)) return { none: 'separated' };
  let [below, above] = [0, Infinity];
  let at = 1;
  for (let step = 0; step < MOST_STEPS; step++) {
    const { first, second } = derivativesAt(at, labels, logs, k);
    if (first < 0) below = at;
    else above = at;
    const newton = at - first / second;
    const middle = above === Infinity ? 2 * at : (below + above) / 2;
    const next = newton > below && newton < above ? Math.min(newton, 4 * at) : middle;
    const small = Math.abs(next - at) <= 1e-15 * at;
    at = next;
    if (small || first === 0) break;
  }
  return { temperature: 1 / at };
}

/** Of the mean negative log likelihood, by 1 / T. */
function derivativesAt(inverse: number, labels: ArrayLike<number>, logs: Float64Array, k: number) {
  let [first, second] = [0, 0];
  for (let image = 0, row = 0; image < labels.length; image++, row += k) {
    let highest = -Infinity;
    for (let label = 0; label < k; label++) highest = Math.max(highest, logs[row + label]!);
    let [sum, mean, squares] = [0, 0, 0];
    for (let label = 0; label < k; label++) {
      const value = logs[row + label]! - highest;
      const share = Math.exp(inverse * value);
      sum += share;
      mean += share * value;
      squares += share * value * value;
    }
    mean /= sum;
    first += mean - (logs[row + labels[image]!]! - highest);
    second += squares / sum - mean * mean;
  }
  return { first: first / labels.length, second: second / labels.length };
}

function isAlwaysHighest(labels: ArrayLike<number>, logs: Float64Array, k: number): boolean {
  return Array.from(labels).every((label, image) => {
    const row = logs.subarray(image * k, (image + 1) * k);
    return row[label] === Math.max(...row);
  });
}

/**
 * Platt scaling of log odds: the line that maximises the likelihood of the targets (N₊ + 1) / (N₊ + 2) and 1 / (N₋ + 2)
 * (Platt 1999), which is finite for separated classes too.
 * @returns null where all log odds are equal
 */
export function fitPlatt({
  positive,
  logOdds,
}: Pick<Target, 'positive' | 'logOdds'>): { slope: number; intercept: number } | null {
  const yes = positive.reduce((sum, each) => sum + each, 0);
  const no = positive.length - yes;
  const targets = Float64Array.from(positive, (each) => (each === 1 ? (yes + 1) / (yes + 2) : 1 / (no + 2)));
  const design = Float64Array.from({ length: 2 * positive.length }, (_, at) =>
    at % 2 === 0 ? 1 : logOdds[(at - 1) / 2]!,
  );
  const found = logisticFit({ design, columns: 2, targets });
  return found && { intercept: found[0]!, slope: found[1]! };
}

/** The line that log odds go through where there are two classes, the second being the positive one. */
export const lineOf = (scaling: Scaling): { slope: number; intercept: number } =>
  scaling.method === 'temperature' ? { slope: 1 / scaling.temperature, intercept: 0 } : scaling;

/**
 * Probabilities [n × k], row after row, as they are after scaling.
 * @param probabilities n × k; Platt scaling is of two classes
 */
export function scaled(probabilities: ArrayLike<number>, k: number, scaling: Scaling): Float64Array {
  const { slope, intercept } = lineOf(scaling);
  const result = logarithms(probabilities);
  for (let row = 0; row < result.length; row += k) {
    const own = result.subarray(row, row + k);
    own.forEach((value, label) => (own[label] = slope * value + (k === 2 && label === 1 ? intercept : 0)));
    const highest = Math.max(...own);
    let sum = 0;
    own.forEach((value, label) => (sum += own[label] = Math.exp(value - highest)));
    own.forEach((value, label) => (own[label] = value / sum));
  }
  return result;
}

/** The scaling that takes another back. */
export function inverseOf(scaling: Scaling): Scaling {
  const { slope, intercept } = lineOf(scaling);
  return scaling.method === 'temperature'
    ? { method: 'temperature', temperature: 1 / scaling.temperature }
    : { method: 'platt', slope: 1 / slope, intercept: -intercept / slope };
}

/** A threshold on the network's own probability of the positive class of two, as one on the scaled probability. */
export function scaledThreshold(threshold: number, scaling: Scaling): number {
  return scaled([1 - threshold, threshold], 2, scaling)[1]!;
}
