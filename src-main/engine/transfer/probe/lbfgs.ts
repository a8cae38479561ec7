/** Pairs of steps that are remembered. */
const MEMORY = 20;
const MOST_STEPS = 2000;

export interface Value {
  value: number;
  gradient: Float64Array;
}

/**
 * The minimum of a smooth convex function by L-BFGS (Nocedal and Wright 2006, algorithm 7.5) with backtracking, until the
 * gradient has shrunk to `tolerance` of what it was at the start, or no step makes the value smaller.
 * @param tolerance of the Euclidean norm, in (0, 1)
 */
export function minimise(
  evaluate: (point: Float64Array) => Value,
  start: Float64Array,
  tolerance: number,
): Float64Array {
  const pairs: Pair[] = [];
  let point = start;
  let { value, gradient } = evaluate(point);
  const enough = tolerance ** 2 * dot(gradient, gradient);
  for (let step = 0; step < MOST_STEPS && dot(gradient, gradient) > enough; step++) {
    const direction = descent(gradient, pairs);
    const slope = dot(gradient, direction);
    let rate = pairs.length === 0 ? 1 / Math.sqrt(dot(gradient, gradient)) : 1;
    let next: Float64Array;
    let result: Value;
    do {
      if (rate < 1e-6) return point;
      next = point.map((at, index) => at + rate * direction[index]!);
      result = evaluate(next);
      rate /= 2;
    } while (result.value > value + 2e-4 * rate * slope);
    const s = next.map((at, index) => at - point[index]!);
    const y = result.gradient.map((at, index) => at - gradient[index]!);
    const curvature = dot(s, y);
    if (curvature > 0) pairs.push({ s, y, rho: 1 / curvature });
    if (pairs.length > MEMORY) pairs.shift();
    [point, value, gradient] = [next, result.value, result.gradient];
  }
  return point;
}

/** A step, the change of the gradient along it, and one over their product. */
interface Pair {
  s: Float64Array;
  y: Float64Array;
  rho: number;
}

/** Minus the approximate inverse Hessian times the gradient. */
function descent(gradient: Float64Array, pairs: readonly Pair[]): Float64Array {
  const q = gradient.map((value) => -value);
  const alphas = pairs.toReversed().map(({ s, y, rho }) => {
    const alpha = rho * dot(s, q);
    for (let i = 0; i < q.length; i++) q[i]! -= alpha * y[i]!;
    return alpha;
  });
  const last = pairs.at(-1);
  if (last) {
    const scale = 1 / (last.rho * dot(last.y, last.y));
    for (let i = 0; i < q.length; i++) q[i]! *= scale;
  }
  pairs.forEach(({ s, y, rho }, index) => {
    const beta = alphas[pairs.length - 1 - index]! - rho * dot(y, q);
    for (let i = 0; i < q.length; i++) q[i]! += beta * s[i]!;
  });
  return q;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
