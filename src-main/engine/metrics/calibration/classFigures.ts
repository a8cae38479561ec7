import type { ClassCalibration } from '../../../contract/calibration.ts';
import { binnedError } from './bins.ts';
import { brierParts } from './brier.ts';
import { interceptOf, slopeOf, tooFew } from './line.ts';
import { smoothCurve, type SmoothCurve } from './smooth.ts';
import { figureOf, type Certainty, type Statistic } from './statistic.ts';
import { meanScore, observedExpected, squares } from './sums.ts';
import type { Target } from './target.ts';

/** What is measured of images, again of each draw of them, and told with what was drawn. */
export interface Measured<T> {
  statistics: readonly Statistic[];
  curves: readonly SmoothCurve[];
  /** @param drawn of each statistic, in their order, what it is in each resample */
  told(drawn: readonly Float64Array[], certainty: Certainty): T;
}

const BARS = 20;

/** How well the probability of a class against the rest is calibrated. */
export function classFigures(name: string, target: Target): Measured<ClassCalibration> {
  const few = tooFew(name, target);
  const smooth = smoothCurve(name, target);
  const own = [
    slopeOf(target, few),
    interceptOf(target, few),
    observedExpected(target, few),
    meanScore(squares(target)),
  ] as const;
  return {
    statistics: own,
    curves: smooth.curve ? [smooth.curve] : [],
    told(drawn, certainty) {
      const [slope, intercept, ratio, brier] = own.map((each, at) => figureOf(each, drawn[at]!, certainty));
      return {
        ...binnedError(target, certainty.confidence),
        class: name,
        images: target.positive.reduce((sum, each) => sum + each, 0),
        slope: slope!,
        intercept: intercept!,
        observedExpected: ratio!,
        brier: brier!,
        decomposition: brierParts(target),
        curve: smooth.curve?.told(certainty) ?? null,
        curveWhy: smooth.why,
        histogram: histogram(target.probability),
      };
    },
  };
}

function histogram(probability: Float64Array): number[] {
  const counts = new Array<number>(BARS).fill(0);
  for (const each of probability) counts[Math.min(BARS - 1, Math.floor(each * BARS))]! += 1;
  return counts;
}
