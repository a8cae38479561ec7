/** The mean of curves of equal length, point by point. */
export function meanCurve(curves: readonly Float64Array[]): Float64Array {
  return curves[0]!.map((_, i) => curves.reduce((sum, curve) => sum + curve[i]!, 0) / curves.length);
}

/**
 * Area under a curve whose points lie evenly over [0, 1], the first at 0 and the last at 1, by the trapezoidal rule; one
 * point is a level line.
 */
export function area(curve: Float64Array): number {
  if (curve.length < 2) return curve[0] ?? 0;
  const inner = curve.reduce((sum, value) => sum + value, 0) - (curve[0]! + curve.at(-1)!) / 2;
  return inner / (curve.length - 1);
}

/** At most `points` points of a curve, evenly over its length, between its points by linear interpolation. */
export function downsample(curve: Float64Array, points = 100): number[] {
  if (curve.length <= points) return [...curve];
  return Array.from({ length: points }, (_, i) => {
    const position = (i * (curve.length - 1)) / (points - 1);
    const left = Math.min(Math.floor(position), curve.length - 2);
    return curve[left]! + (position - left) * (curve[left + 1]! - curve[left]!);
  });
}
