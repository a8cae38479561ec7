import { generator } from '../../random.ts';
import type { SampleClass, SamplePicture } from './study.ts';

type Random = () => number;

/** A grey image being drawn: width × height values, row after row. */
interface Canvas {
  width: number;
  height: number;
  values: Float64Array;
}

/** Which share of a patient's marks is round: ranges that touch, so that the classes are not certain. */
const ROUND: Record<SampleClass, readonly [number, number]> = { clear: [0, 0.2], nodular: [0.32, 0.8] };

/** Share of the images, in both classes alike, that show neither: so many of their marks are round. */
const DOUBTFUL = { share: 0.16, round: [0.15, 0.45] } as const;

/**
 * Draws one image of the sample data: width × height levels in [0, 1], row after row.
 * A parenchyma-like ground with a few large soft opacities and many small marks: streaks, as vessels give, and round spots,
 * as nodules do. Both classes have as many marks of the same area and height; in `nodular` more of them are round, in some
 * patients hardly more. Some images of either class show neither. Each patient has an own gradient, coarseness and noise
 * level, and shares them with one of the other class. The histogram is then replaced by one that does not know the class,
 * with random black and white points and gamma, so that only the shape of the marks tells the classes apart: something that
 * the middle of a pretrained network sees, its first layers and random weights do not.
 */
export function drawPicture({ patient, number }: SamplePicture): Float64Array {
  const { width, height } = patient;
  const canvas: Canvas = { width, height, values: new Float64Array(width * height) };
  const trait = generator('sample study', 'patient', patient.rank);
  const gradient = { angle: between(trait, 0, 2 * Math.PI), strength: between(trait, 0.3, 1.2) };
  const coarseness = between(trait, 18, 28);
  const noise = between(trait, 0.1, 0.2);
  const marks = between(trait, 0.0035, 0.0055);
  const usual = between(trait, ...ROUND[patient.label]);

  const random = generator('sample study', 'picture', patient.id, number);
  const round = random() < DOUBTFUL.share ? between(random, ...DOUBTFUL.round) : usual;
  addGradient(canvas, gradient.angle, gradient.strength);
  addGround(canvas, coarseness, random);
  addGround(canvas, coarseness / 2, random);
  addBlobs(canvas, { perPixel: 0.0006, sigma: [7, 12], amplitude: [-0.8, 0.8] }, random);
  addMarks(canvas, { perPixel: marks, round }, random);
  for (let index = 0; index < canvas.values.length; index++) canvas.values[index]! += noise * bell(random);
  return relevel(canvas.values, random);
}

function between(random: Random, low: number, high: number): number {
  return low + (high - low) * random();
}

/** Sum of four uniform numbers, scaled to mean 0 and standard deviation 1: near enough to normal for noise. */
function bell(random: Random): number {
  return (random() + random() + random() + random() - 2) * Math.sqrt(3);
}

/** A plane that rises by `strength` from one edge to the opposite one. */
function addGradient({ width, height, values }: Canvas, angle: number, strength: number): void {
  const dx = (Math.cos(angle) * strength) / width;
  const dy = (Math.sin(angle) * strength) / height;
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) values[y * width + x]! += x * dx + y * dy;
}

/** Value noise: random values on a lattice of `cell` pixels with smooth steps between. */
function addGround({ width, height, values }: Canvas, cell: number, random: Random): void {
  const columns = Math.ceil(width / cell) + 1;
  const lattice = Float64Array.from({ length: columns * (Math.ceil(height / cell) + 1) }, () => random() - 0.5);
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y / cell) * columns;
    const down = smoothstep((y / cell) % 1);
    for (let x = 0; x < width; x++) {
      const at = row + Math.floor(x / cell);
      const along = smoothstep((x / cell) % 1);
      const top = lattice[at]! + along * (lattice[at + 1]! - lattice[at]!);
      const bottom = lattice[at + columns]! + along * (lattice[at + columns + 1]! - lattice[at + columns]!);
      values[y * width + x]! += top + down * (bottom - top);
    }
  }
}

function smoothstep(t: number): number {
  return t * t * (3 - 2 * t);
}

interface Blobs {
  perPixel: number;
  /** Standard deviation in pixels, and height: ranges. */
  sigma: readonly [number, number];
  amplitude: readonly [number, number];
}

/** Gaussian blobs at random places. */
function addBlobs(canvas: Canvas, { perPixel, sigma, amplitude }: Blobs, random: Random): void {
  const count = Math.round(canvas.values.length * perPixel);
  for (let blob = 0; blob < count; blob++) {
    const centre = placeIn(canvas, random);
    const spread = between(random, ...sigma);
    addGaussian(canvas, { centre, along: spread, across: spread, angle: 0, height: between(random, ...amplitude) });
  }
}

/** Small marks at random places: a share `round` of them round, the others streaks in any direction. */
function addMarks(canvas: Canvas, { perPixel, round }: { perPixel: number; round: number }, random: Random): void {
  const count = Math.round(canvas.values.length * perPixel);
  for (let mark = 0; mark < count; mark++) {
    const centre = placeIn(canvas, random);
    const spread = between(random, 1.8, 3.2);
    const height = between(random, 0.6, 1.4);
    // Of the same area: a streak is as much thinner as it is longer.
    const stretch = random() < round ? 1 : Math.sqrt(between(random, 4, 8));
    const angle = between(random, 0, Math.PI);
    addGaussian(canvas, { centre, along: spread * stretch, across: spread / stretch, angle, height });
  }
}

function placeIn({ width, height }: Canvas, random: Random): readonly [number, number] {
  return [between(random, 0, width), between(random, 0, height)];
}

interface Gaussian {
  centre: readonly [number, number];
  /** Standard deviations in pixels along `angle` and across it. */
  along: number;
  across: number;
  angle: number;
  height: number;
}

function addGaussian(
  { width, height: rows, values }: Canvas,
  { centre, along, across, angle, height }: Gaussian,
): void {
  const [x0, y0] = centre;
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  const reach = 3 * along;
  for (let y = Math.max(0, Math.ceil(y0 - reach)); y < Math.min(rows, y0 + reach); y++) {
    for (let x = Math.max(0, Math.ceil(x0 - reach)); x < Math.min(width, x0 + reach); x++) {
      const u = ((x - x0) * cosine + (y - y0) * sine) / along;
      const v = ((y - y0) * cosine - (x - x0) * sine) / across;
      values[y * width + x]! += height * Math.exp(-(u * u + v * v) / 2);
    }
  }
}

/** Steps in which values are ranked: fine enough that hardly two pixels share one. */
const STEPS = 1 << 16;

/**
 * Values to levels by rank: the histogram becomes that of a Beta(2, 2) distribution (its quantile function is
 * 1/2 − sin(asin(1 − 2q)/3)), bent by a random gamma and laid between random black and white points.
 */
function relevel(values: Float64Array, random: Random): Float64Array {
  const black = between(random, 0.02, 0.25);
  const white = between(random, 0.75, 0.98);
  const gamma = Math.exp(between(random, -0.5, 0.5));
  const lowest = values.reduce((a, b) => Math.min(a, b));
  const highest = values.reduce((a, b) => Math.max(a, b));
  const step = (value: number) => Math.floor(((value - lowest) / (highest - lowest)) * (STEPS - 1));
  const below = new Uint32Array(STEPS + 1);
  for (const value of values) below[step(value) + 1]!++;
  for (let index = 1; index <= STEPS; index++) below[index]! += below[index - 1]!;
  return values.map((value) => {
    const at = step(value);
    const quantile = (below[at]! + below[at + 1]!) / 2 / values.length;
    const level = 0.5 - Math.sin(Math.asin(1 - 2 * quantile) / 3);
    return black + (white - black) * level ** gamma;
  });
}
