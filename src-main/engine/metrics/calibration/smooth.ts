import type { ClassCalibration } from '../../../contract/calibration.ts';
import { fitSpline, splineCurve, splineValues } from './spline.ts';
import { endsOf, type Certainty } from './statistic.ts';
import type { Target } from './target.ts';

/** Images of the class and of the rest, each: of fewer no curve is drawn. */
const FEWEST = 10;
const POINTS = 51;

/** A smooth reliability curve with a band of what it is in each draw. */
export interface SmoothCurve {
  again(weights: Float64Array): void;
  told(certainty: Certainty): ClassCalibration['curve'];
}

/** @param name of the class */
export function smoothCurve(name: string, target: Target): { curve: SmoothCurve | null; why: string | null } {
  const { positive } = target;
  const yes = positive.reduce((sum, each) => sum + each, 0);
  const none = (why: string) => ({ curve: null, why });
  if (Math.min(yes, positive.length - yes) < FEWEST)
    return none(`A smooth curve asks for ${FEWEST} images of the class '${name}' and as many of the rest.`);
  const spline = splineCurve(target, POINTS);
  if (spline === null) return none('Too many images have the same probability for a smooth curve.');
  const found = fitSpline(spline, positive);
  if (found === null)
    return none('The two are told apart too well for a smooth curve: the steeper, the better it fits.');
  const observed = splineValues(spline, found);
  const drawn: (Float64Array | null)[] = [];
  const curve: SmoothCurve = {
    again(weights) {
      const fit = fitSpline(spline, positive, weights, found);
      drawn.push(fit && splineValues(spline, fit));
    },
    told: ({ confidence, why }) => ({
      knots: spline.knots.map((knot) => 1 / (1 + Math.exp(-knot))),
      points: Array.from(spline.grid, (predicted, at) => {
        const ends = why === null ? endsOf(drawn.map((each) => each?.[at] ?? NaN), confidence) : null; // prettier-ignore
        return { predicted, observed: observed[at]!, low: ends?.low ?? null, high: ends?.high ?? null };
      }),
    }),
  };
  return { curve, why: null };
}
