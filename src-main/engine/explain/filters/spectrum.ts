/** Frequencies that count, in cycles per pixel: what total variation leaves, without the slow changes of brightness. */
const BAND = [1 / 32, 1 / 4] as const;

/**
 * Power spectrum of a square image by the discrete Fourier transform under a Hann window (which spares it the edges): of
 * each frequency in the band once, for the other half mirrors it.
 * @param values size × size, row after row
 */
export function luminancePower(values: Float64Array, size: number): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const hann = Float64Array.from({ length: size }, (_, i) => Math.sin((Math.PI * (i + 0.5)) / size) ** 2);
  const windowed = values.map((value, i) => (value - mean) * hann[Math.floor(i / size)]! * hann[i % size]!);
  const cos = Float64Array.from({ length: size }, (_, i) => Math.cos((2 * Math.PI * i) / size));
  const sin = Float64Array.from({ length: size }, (_, i) => Math.sin((2 * Math.PI * i) / size));
  const most = Math.floor(size * BAND[1]);

  // Of each row the frequencies 0 … most; then of each of these columns -most … most.
  const real = new Float64Array(size * (most + 1));
  const imaginary = new Float64Array(size * (most + 1));
  for (let y = 0; y < size; y++)
    for (let u = 0; u <= most; u++)
      for (let x = 0; x < size; x++) {
        const turn = (u * x) % size;
        real[y * (most + 1) + u]! += windowed[y * size + x]! * cos[turn]!;
        imaginary[y * (most + 1) + u]! -= windowed[y * size + x]! * sin[turn]!;
      }
  const power: number[] = [];
  for (let u = 0; u <= most; u++)
    for (let v = u === 0 ? 1 : -most; v <= most; v++) {
      const frequency = Math.hypot(u, v) / size;
      if (frequency < BAND[0] || frequency > BAND[1]) continue;
      let [re, im] = [0, 0];
      for (let y = 0; y < size; y++) {
        const turn = (((v * y) % size) + size) % size;
        const [a, b] = [real[y * (most + 1) + u]!, imaginary[y * (most + 1) + u]!];
        re += a * cos[turn]! + b * sin[turn]!;
        im += b * cos[turn]! - a * sin[turn]!;
      }
      power.push(re * re + im * im);
    }
  return Float64Array.from(power);
}
