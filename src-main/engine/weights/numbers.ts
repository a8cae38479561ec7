/** How a number is stored in files: its size and, where it can be a weight, how a run of them becomes float32. */
export interface NumberType {
  bytes: number;
  /** Absent: an integer type, listed with its shape but not read as weights. */
  widen?: (bytes: ArrayBuffer) => Float32Array;
}

/** The floating-point types that weights come in, little endian. */
export const numberTypes = {
  float32: { bytes: 4, widen: (bytes) => new Float32Array(bytes) },
  float64: { bytes: 8, widen: (bytes) => new Float32Array(new Float64Array(bytes)) },
  float16: { bytes: 2, widen: (bytes) => fromFloat16(new Uint16Array(bytes)) },
  bfloat16: { bytes: 2, widen: (bytes) => fromBfloat16(new Uint16Array(bytes)) },
} as const satisfies Record<string, NumberType>;

/** Every half-precision number as float32, filled when the first one is met. */
let widened: Float32Array | undefined;

/** Widens IEEE half precision to float32. */
export function fromFloat16(halves: Uint16Array): Float32Array {
  widened ??= Float32Array.from({ length: 2 ** 16 }, (_, half) => widenHalf(half));
  const result = new Float32Array(halves.length);
  for (let i = 0; i < halves.length; i++) result[i] = widened[halves[i]!]!;
  return result;
}

function widenHalf(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}

/** Widens bfloat16, the upper half of a float32. */
export function fromBfloat16(halves: Uint16Array): Float32Array {
  const words = new Uint32Array(halves.length);
  for (let i = 0; i < halves.length; i++) words[i] = halves[i]! << 16;
  return new Float32Array(words.buffer);
}

/** The steps between neighbours along each axis of a dense row-major tensor. */
export function denseStrides(shape: readonly number[]): number[] {
  return shape.map((_, axis) => shape.slice(axis + 1).reduce((product, length) => product * length, 1));
}

/** Reorders the axes of a dense row-major tensor: axis `i` of the result is axis `order[i]` of the source. */
export function transpose(source: Float32Array, shape: readonly number[], order: readonly number[]): Float32Array {
  const strides = denseStrides(shape);
  return gather(
    source,
    order.map((axis) => shape[axis]!),
    order.map((axis) => strides[axis]!),
  );
}

/** A dense row-major tensor of this shape whose values lie in `source`, from its start, `strides` apart. */
export function gather(source: Float32Array, shape: readonly number[], strides: readonly number[]): Float32Array {
  const result = new Float32Array(shape.reduce((product, length) => product * length, 1));
  if (result.length === 0) return result;
  const inner = shape.length - 1;
  let write = 0;
  const visit = (axis: number, offset: number): void => {
    const length = shape[axis]!;
    const step = strides[axis]!;
    if (axis === inner) for (let i = 0; i < length; i++) result[write++] = source[offset + i * step]!;
    else for (let i = 0; i < length; i++) visit(axis + 1, offset + i * step);
  };
  if (inner < 0) result[0] = source[0]!;
  else visit(0, 0);
  return result;
}
