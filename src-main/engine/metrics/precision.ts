import type { Precision, PrecisionInput, PrecisionRow } from '../../contract/precision.ts';
import { normalQuantile } from './normal.ts';
import {
  aurocErrorHanleyMcneil,
  aurocErrorNewcombe,
  logObservedExpectedError,
  netBenefit,
  slopeError,
} from './standardErrors.ts';

/** More patients than this nobody has: no number is named. */
const MOST = 1e9;
/** Of either kind; below, what holds for many is a rough guide. */
const FEW = 10;

interface Formula extends Pick<PrecisionRow, 'figure' | 'source' | 'value'> {
  /** Half of the interval with `n` independent images; it falls with `n`. */
  half(n: number): number;
  /** The interval itself. */
  interval(n: number): readonly [low: number, high: number];
}

/**
 * The intervals that figures of a test set will have, and how many patients a wanted width needs. Images of a patient are
 * correlated: of m of each, n patients are worth n · m / (1 + (m − 1) · ICC) independent ones (Kish 1965, section 5.4).
 */
export function precisionOf(input: PrecisionInput): Precision {
  const { patients, imagesPerPatient, icc, prevalence, width } = input;
  const designEffect = 1 + (imagesPerPatient - 1) * icc;
  /** Independent images that a patient is worth. */
  const worth = imagesPerPatient / designEffect;
  const rarer = Math.min(prevalence, 1 - prevalence);
  const effective = patients === undefined ? null : patients * worth;
  const rows = formulasOf(input).map((formula): PrecisionRow => {
    const { figure, source, value } = formula;
    const lacks = effective !== null && effective * rarer < 1;
    const interval = effective === null || lacks ? null : formula.interval(effective);
    // Below one image of a class nothing is measured, however narrow the formula says it is.
    const least = Math.max(1, Math.ceil(1 / (rarer * worth)));
    const needed =
      width === undefined ? null : smallest(least, (candidate) => formula.half(candidate * worth) <= width);
    return {
      ...{ figure, source, value },
      half: interval && formula.half(effective!),
      low: interval && interval[0],
      high: interval && interval[1],
      reason: lacks ? 'no-case' : null,
      needed,
      neededReason: width !== undefined && needed === null ? 'too-many' : null,
    };
  });
  return {
    ...{ designEffect, effective, rows },
    cases: effective && effective * prevalence,
    others: effective && effective * (1 - prevalence),
    few: effective !== null && effective * rarer < FEW,
  };
}

function formulasOf({
  prevalence,
  auroc,
  sensitivity,
  specificity,
  threshold = prevalence,
  confidence,
}: PrecisionInput): Formula[] {
  const z = normalQuantile((1 + confidence) / 2);
  const quantile = normalQuantile(auroc);
  const around = (
    row: Pick<Formula, 'figure' | 'source' | 'value'>,
    error: (n: number) => number,
    [least, most]: readonly [number, number],
  ): Formula => {
    const half = (n: number) => z * error(n);
    const interval = (n: number) =>
      [Math.max(least, row.value - half(n)), Math.min(most, row.value + half(n))] as const;
    return { ...row, half, interval };
  };
  const shareOf = (figure: 'sensitivity' | 'specificity', value: number, of: number): Formula[] => [
    { figure, source: 'wilson', value, ...wilsonOf(value, of, z) },
    around({ figure, source: 'buderer', value }, (n) => Math.sqrt((value * (1 - value)) / (n * of)), [0, 1]),
  ];
  const benefit = (n: number) => netBenefit({ sensitivity, specificity, prevalence, threshold }, n);
  return [
    around(
      { figure: 'auroc', source: 'newcombe', value: auroc },
      (n) => aurocErrorNewcombe(auroc, prevalence, n),
      [0, 1],
    ),
    around(
      { figure: 'auroc', source: 'hanleyMcneil', value: auroc },
      (n) => aurocErrorHanleyMcneil(auroc, prevalence, n),
      [0, 1],
    ),
    ...shareOf('sensitivity', sensitivity, prevalence),
    ...shareOf('specificity', specificity, 1 - prevalence),
    around(
      { figure: 'calibration-slope', source: 'slope', value: 1 },
      perRoot((n) => slopeError(quantile, prevalence, n)),
      [-Infinity, Infinity],
    ),
    {
      ...{ figure: 'observed-expected', source: 'observedExpected', value: 1 },
      // Half of exp(± z · SE), which is not symmetric.
      half: (n) => Math.sinh(z * logObservedExpectedError(prevalence, n)),
      interval: (n) => {
        const reach = z * logObservedExpectedError(prevalence, n);
        return [Math.exp(-reach), Math.exp(reach)];
      },
    },
    around({ figure: 'net-benefit', source: 'netBenefit', value: benefit(1).value }, (n) => benefit(n).error, [
      -Infinity,
      1,
    ]),
  ];
}

/** An error that falls as 1/√n, computed once. */
function perRoot(error: (n: number) => number): (n: number) => number {
  const ofOne = error(1);
  return (n) => ofOne / Math.sqrt(n);
}

/** Of a share of n · `of` images, see `wilson`, which counts whole ones. */
function wilsonOf(share: number, of: number, z: number): Pick<Formula, 'half' | 'interval'> {
  const half = (n: number): number => {
    const images = n * of;
    return (z * Math.sqrt((share * (1 - share)) / images + z ** 2 / (4 * images ** 2))) / (1 + z ** 2 / images);
  };
  return {
    half,
    interval: (n) => {
      const images = n * of;
      const middle = (share + z ** 2 / (2 * images)) / (1 + z ** 2 / images);
      return [Math.max(0, middle - half(n)), Math.min(1, middle + half(n))];
    },
  };
}

/** The smallest number of patients, from `least` on, that is enough; null: more than `MOST`. @param enough once, then for all more */
function smallest(least: number, enough: (patients: number) => boolean): number | null {
  let [low, high] = [least - 1, least];
  while (high <= MOST && !enough(high)) {
    low = high;
    high *= 2;
  }
  if (high > MOST) return null;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (enough(middle)) high = middle;
    else low = middle;
  }
  return high;
}
