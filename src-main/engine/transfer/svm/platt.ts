/** The logit of a class as a straight line of the SVM's decision value: slope · value + intercept. */
export interface Calibration {
  slope: number;
  intercept: number;
}

const STEPS = 100;
const RIDGE = 1e-12;
const SMALLEST_STEP = 1e-10;
const SUFFICIENT = 1e-4;
const GRADIENT = 1e-5;
/** A higher decision value is a higher probability. On few examples chance may say otherwise, and would turn an order round. */
const LEAST_SLOPE = 1e-3;

/**
 * Platt scaling: the line that maximises the likelihood of the classes given decision values that the SVM was not fitted
 * on. Platt 1999, with the targets (N₊ + 1) / (N₊ + 2) and 1 / (N₋ + 2), by Newton's method with backtracking as in Lin,
 * Lin and Weng 2007 (Machine Learning 68), algorithm 1; there the signs of both coefficients are the other way round.
 */
export function plattScaling(values: ArrayLike<number>, positive: readonly boolean[]): Calibration {
  const yes = positive.filter(Boolean).length;
  const no = positive.length - yes;
  const targets = positive.map((is) => (is ? (yes + 1) / (yes + 2) : 1 / (no + 2)));
  const loss = (at: Calibration): number =>
    targets.reduce((sum, target, i) => sum + logLoss(at.slope * values[i]! + at.intercept, target), 0);

  let at: Calibration = { slope: 0, intercept: Math.log((yes + 1) / (no + 1)) };
  let current = loss(at);
  for (let step = 0; step < STEPS; step++) {
    const { gradient, hessian } = derivatives(at, values, targets);
    if (Math.max(...gradient.map(Math.abs)) < GRADIENT) break;
    const determinant = hessian[0] * hessian[2] - hessian[1] ** 2;
    const slope = -(hessian[2] * gradient[0] - hessian[1] * gradient[1]) / determinant;
    const intercept = -(hessian[0] * gradient[1] - hessian[1] * gradient[0]) / determinant;
    const descent = gradient[0] * slope + gradient[1] * intercept;
    let length = 1;
    let next = { slope: at.slope + slope, intercept: at.intercept + intercept };
    while (length >= SMALLEST_STEP && loss(next) >= current + SUFFICIENT * length * descent) {
      length /= 2;
      next = { slope: at.slope + length * slope, intercept: at.intercept + length * intercept };
    }
    if (length < SMALLEST_STEP) break;
    at = next;
    current = loss(at);
  }
  if (at.slope >= LEAST_SLOPE) return at;
  return { slope: LEAST_SLOPE, intercept: Math.log((yes + 1) / (no + 1)) };
}

/** −t log σ(z) − (1 − t) log(1 − σ(z)), where neither exponential can overflow. */
function logLoss(z: number, target: number): number {
  return z >= 0 ? (1 - target) * z + Math.log1p(Math.exp(-z)) : -target * z + Math.log1p(Math.exp(z));
}

function derivatives({ slope, intercept }: Calibration, values: ArrayLike<number>, targets: readonly number[]) {
  const gradient: [number, number] = [0, 0];
  const hessian: [number, number, number] = [RIDGE, 0, RIDGE];
  targets.forEach((target, i) => {
    const value = values[i]!;
    const probability = 1 / (1 + Math.exp(-(slope * value + intercept)));
    const [error, weight] = [probability - target, probability * (1 - probability)];
    gradient[0] += error * value;
    gradient[1] += error;
    hessian[0] += weight * value * value;
    hessian[1] += weight * value;
    hessian[2] += weight;
  });
  return { gradient, hessian };
}
