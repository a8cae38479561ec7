/** Side of the image that is hashed, and of the block of its lowest frequencies. */
export const HASHED_SIDE = 32;
const KEPT = 8;

const COSINES = Float64Array.from({ length: KEPT * HASHED_SIDE }, (_, at) => {
  const [frequency, place] = [Math.floor(at / HASHED_SIDE), at % HASHED_SIDE];
  return Math.cos((Math.PI * frequency * (2 * place + 1)) / (2 * HASHED_SIDE));
});

/**
 * Perceptual hash by the discrete cosine transform (Zauner, "Implementation and Benchmarking of Perceptual Image Hash
 * Functions", 2010; as `phash` of the Python package ImageHash): of the 8 × 8 lowest frequencies of the image, each is one
 * bit, set where it is above their median.
 * @param pixels 32 × 32 grey levels
 * @returns 64 bits in hex, row after row
 */
export function perceptualHash(pixels: Uint8Array): string {
  const rows = new Float64Array(KEPT * HASHED_SIDE);
  const frequencies = new Float64Array(KEPT * KEPT);
  for (let v = 0; v < KEPT; v++)
    for (let x = 0; x < HASHED_SIDE; x++) {
      let sum = 0;
      for (let y = 0; y < HASHED_SIDE; y++) sum += COSINES[v * HASHED_SIDE + y]! * pixels[y * HASHED_SIDE + x]!;
      rows[v * HASHED_SIDE + x] = sum;
    }
  for (let v = 0; v < KEPT; v++)
    for (let u = 0; u < KEPT; u++) {
      let sum = 0;
      for (let x = 0; x < HASHED_SIDE; x++) sum += rows[v * HASHED_SIDE + x]! * COSINES[u * HASHED_SIDE + x]!;
      frequencies[v * KEPT + u] = sum;
    }
  const sorted = frequencies.toSorted();
  const median = (sorted[31]! + sorted[32]!) / 2;
  let hex = '';
  for (let at = 0; at < frequencies.length; at += 4)
    hex += [0, 1, 2, 3].reduce((bits, i) => bits * 2 + Number(frequencies[at + i]! > median), 0).toString(16);
  return hex;
}
