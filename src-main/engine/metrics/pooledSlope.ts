import type { Predictions } from './bootstrap.ts';
import { against } from './labels.ts';
import { normalQuantile } from './normal.ts';

/** The step of float32 below 1: probabilities that were rounded to 0 or 1 count as this far from it. */
const NEAREST = 2 ** -24;
const STEPS = 100;
/** A slope that has grown so far grows without end. */
const STEEPEST = 1e4;

/** Calibration slope of one class against the rest, or of one label, and how much each patient moves it. */
export interface PooledSlope {
  value: number;
  influence: ReadonlyMap<string, number>;
}

interface Stratum {
  logits: Float64Array;
  positive: Uint8Array;
  groups: readonly string[];
  intercept: number;
}

/**
 * The calibration slope of runs whose evidence is taken together (Cox 1958; Van Calster et al. 2019): the b of
 * logit P(class) = a + b · logit(p), with an intercept a of each run's own, for probabilities of different networks are not
 * on one scale. 1 where probabilities spread as they should, below 1 where they are too extreme. By Newton's method;
 * runs with one class only say nothing of it.
 *
 * @param label index of the class or label
 * @returns or why there is none: `one-class`, `constant` where all probabilities of a run are equal, `separated` where they
 *   tell the classes apart without an error, so that no slope is the steepest
 */
export function pooledSlope(
  runs: readonly Predictions[],
  label: number,
): PooledSlope | { reason: 'one-class' | 'constant' | 'separated' } {
  const strata = runs.map((run) => stratumOf(run, label)).filter(({ positive }) => positive.includes(1) && positive.includes(0)); // prettier-ignore
  if (strata.length === 0) return { reason: 'one-class' };
  if (strata.every(({ logits }) => logits.every((each) => each === logits[0]))) return { reason: 'constant' };
  if (areSeparated(strata)) return { reason: 'separated' };

  let slope = 0;
  for (let step = 0; step < STEPS; step++) {
    const [{ gradient, curvature, moments }, before] = [derivatives(strata, slope), likelihood(strata, slope)];
    const change = gradient / curvature;
    if (!Number.isFinite(change) || Math.abs(slope) > STEEPEST) return { reason: 'separated' };
    const from = strata.map(({ intercept }) => intercept);
    // Half the step as long as it leads downhill.
    for (let scale = 1; scale > 1e-10; scale /= 2) {
      strata.forEach((stratum, at) => {
        const { sum, weight, cross } = moments[at]!;
        stratum.intercept = from[at]! + scale * ((sum - cross * change) / weight);
      });
      if (likelihood(strata, slope + scale * change) >= before - 1e-12 * Math.abs(before)) {
        slope += scale * change;
        break;
      }
    }
    if (Math.abs(change) < 1e-12 * (1 + Math.abs(slope)))
      return { value: slope, influence: influenceOf(strata, slope) };
  }
  return { reason: 'separated' };
}

/**
 * Normal interval of a sum of influences over patients, who are independent of one another: the sandwich of Liang and Zeger
 * (1986). Of a difference of two slopes on the same patients: with the difference of their influences.
 */
export function clusteredInterval(
  value: number,
  influences: Iterable<number>,
  confidence: number,
): { value: number; low: number; high: number } {
  let squares = 0;
  for (const each of influences) squares += each ** 2;
  const reach = normalQuantile((1 + confidence) / 2) * Math.sqrt(squares);
  return { value, low: value - reach, high: value + reach };
}

function stratumOf(run: Predictions, label: number): Stratum {
  const { images, positive, scores } = against(run, label);
  const logits = Float64Array.from(scores, (score) => {
    const p = Math.min(1 - NEAREST, Math.max(NEAREST, score));
    return Math.log(p / (1 - p));
  });
  return { logits, positive, groups: Array.from(images, (image) => run.groups[image]!), intercept: 0 };
}

/** Whether a threshold in each run tells the classes apart, in the same direction in all. */
function areSeparated(strata: readonly Stratum[]): boolean {
  const ends = strata.map(({ logits, positive }) => {
    const of = (one: number) => logits.filter((_, image) => positive[image] === one);
    const least = (values: Float64Array) => values.reduce((a, b) => Math.min(a, b));
    const most = (values: Float64Array) => values.reduce((a, b) => Math.max(a, b));
    return { up: least(of(1)) >= most(of(0)), down: most(of(1)) <= least(of(0)) };
  });
  return ends.every(({ up }) => up) || ends.every(({ down }) => down);
}

const chance = ({ logits, intercept }: Stratum, slope: number, image: number) =>
  1 / (1 + Math.exp(-intercept - slope * logits[image]!));

function likelihood(strata: readonly Stratum[], slope: number): number {
  let sum = 0;
  for (const { logits, positive, intercept } of strata) {
    for (const [image, logit] of logits.entries()) {
      const linear = (positive[image] === 1 ? -1 : 1) * (intercept + slope * logit);
      sum -= Math.max(0, linear) + Math.log1p(Math.exp(-Math.abs(linear)));
    }
  }
  return sum;
}

/** Of the likelihood by the slope, the intercepts profiled out, and what each run adds. */
function derivatives(strata: readonly Stratum[], slope: number) {
  let [gradient, curvature] = [0, 0];
  const moments = strata.map((stratum) => {
    let [sum, tilted, weight, cross, square] = [0, 0, 0, 0, 0];
    for (const [image, logit] of stratum.logits.entries()) {
      const p = chance(stratum, slope, image);
      const [rest, w] = [stratum.positive[image]! - p, p * (1 - p)];
      sum += rest;
      tilted += rest * logit;
      weight += w;
      cross += w * logit;
      square += w * logit * logit;
    }
    gradient += tilted - (cross / weight) * sum;
    curvature += square - cross ** 2 / weight;
    return { sum, weight, cross };
  });
  return { gradient, curvature, moments };
}

function influenceOf(strata: readonly Stratum[], slope: number): Map<string, number> {
  const { curvature, moments } = derivatives(strata, slope);
  const influence = new Map<string, number>();
  strata.forEach((stratum, at) => {
    const centre = moments[at]!.cross / moments[at]!.weight;
    for (const [image, logit] of stratum.logits.entries()) {
      const own = ((logit - centre) * (stratum.positive[image]! - chance(stratum, slope, image))) / curvature;
      const group = stratum.groups[image]!;
      influence.set(group, (influence.get(group) ?? 0) + own);
    }
  });
  return influence;
}
