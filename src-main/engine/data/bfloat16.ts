/** Bits of float32 that bfloat16 leaves out. */
const LOST = 16;
/** Of the bits without the sign: what is more is no number. */
const INFINITE = 0x7f800000;

/**
 * Rounds to bfloat16, ties to even: the sign, the exponent and the upper seven bits of the fraction, so that a value moves
 * by at most 2^-9 of itself. What lies beyond the largest bfloat16 becomes infinite.
 */
export function toBfloat16(values: Float32Array): Uint16Array<ArrayBuffer> {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const rounded = new Uint16Array(values.length);
  for (let i = 0; i < rounded.length; i++) {
    const value = bits[i]!;
    // Rounded as numbers are, what is none could become one.
    const isNumber = (value & 0x7fffffff) <= INFINITE;
    rounded[i] = isNumber ? (value + 0x7fff + ((value >>> LOST) & 1)) >>> LOST : (value >>> LOST) | 0x40;
  }
  return rounded;
}

/** The values that bfloat16 stands for, into `into`, which is as long. */
export function fromBfloat16(rounded: Uint16Array, into: Float32Array): void {
  const bits = new Uint32Array(into.buffer, into.byteOffset, into.length);
  for (let i = 0; i < rounded.length; i++) bits[i] = rounded[i]! << LOST;
}
