/** The nearest bfloat16 to a value by plain arithmetic, ties to even: eight significant bits from 2^-126 up. */
export function nearestBfloat16(value: number): number {
  const exponent = Math.max(-126, Math.floor(Math.log2(Math.abs(value))));
  if (value === 0 || !Number.isFinite(value)) return value;
  const unit = 2 ** (exponent - 7);
  const [below, left] = [Math.floor(value / unit), value / unit - Math.floor(value / unit)];
  const up = left > 0.5 || (left === 0.5 && below % 2 !== 0);
  const nearest = (below + Number(up)) * unit;
  return Math.abs(nearest) < 2 ** 128 ? nearest : Math.sign(value) * Infinity;
}
