/** Widens IEEE half precision to float32. */
export function fromFloat16(halves: Uint16Array): Float32Array {
  return Float32Array.from(halves, (half) => {
    const sign = half & 0x8000 ? -1 : 1;
    const exponent = (half >> 10) & 0x1f;
    const fraction = half & 0x3ff;
    if (exponent === 0) return sign * fraction * 2 ** -24;
    if (exponent === 31) return fraction ? NaN : sign * Infinity;
    return sign * (1024 + fraction) * 2 ** (exponent - 25);
  });
}

/** Widens bfloat16, the upper half of a float32. */
export function fromBfloat16(halves: Uint16Array): Float32Array {
  return new Float32Array(Uint32Array.from(halves, (half) => half << 16).buffer);
}

/** Reorders the axes of a dense row-major tensor: axis `i` of the result is axis `order[i]` of the source. */
export function transpose(source: Float32Array, shape: readonly number[], order: readonly number[]): Float32Array {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, length) => product * length, 1));
  const lengths = order.map((axis) => shape[axis]!);
  const steps = order.map((axis) => strides[axis]!);
  const result = new Float32Array(source.length);
  const inner = lengths.length - 1;
  let write = 0;
  const visit = (axis: number, offset: number): void => {
    const length = lengths[axis]!;
    const step = steps[axis]!;
    if (axis === inner) for (let i = 0; i < length; i++) result[write++] = source[offset + i * step]!;
    else for (let i = 0; i < length; i++) visit(axis + 1, offset + i * step);
  };
  visit(0, 0);
  return result;
}
