import { generator } from '../../random.ts';
import type { SamplePicture } from './study.ts';

type Random = () => number;

/** A grey picture being drawn: width × height values, row after row. */
interface Canvas {
  width: number;
  height: number;
  values: Float64Array;
}

/**
 * Draws one picture of the study: width × height levels in [0, 1], row after row.
 * A parenchyma-like ground with a few large soft opacities; class `nodular` has many small blobs on top. Each patient
 * has an own gradient, coarseness and noise level. The histogram is then replaced by one that does not know the class,
 * with random black and white points and gamma, so that only the texture tells the classes apart.
 */
export function drawPicture({ patient, number }: SamplePicture): Float64Array {
  const { width, height } = patient;
  const canvas: Canvas = { width, height, values: new Float64Array(width * height) };
  const trait = generator('sample study', 'patient', patient.id);
  const gradient = { angle: between(trait, 0, 2 * Math.PI), strength: between(trait, 0.3, 1.2) };
  const coarseness = between(trait, 18, 32);
  const noise = between(trait, 0.08, 0.24);
  const nodules = between(trait, 0.006, 0.012);

  const random = generator('sample study', 'picture', patient.id, number);
  addGradient(canvas, gradient.angle, gradient.strength);
  addGround(canvas, coarseness, random);
  addGround(canvas, coarseness / 2, random);
  addBlobs(canvas, { perPixel: 0.0006, sigma: [7, 12], amplitude: [-0.8, 0.8] }, random);
  if (patient.label === 'nodular')
    addBlobs(canvas, { perPixel: nodules, sigma: [1.3, 2.6], amplitude: [0.5, 1.2] }, random);
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
function addBlobs({ width, height, values }: Canvas, { perPixel, sigma, amplitude }: Blobs, random: Random): void {
  const count = Math.round(width * height * perPixel);
  for (let blob = 0; blob < count; blob++) {
    const centre = [between(random, 0, width), between(random, 0, height)] as const;
    const spread = between(random, ...sigma);
    const top = between(random, ...amplitude);
    const reach = 3 * spread;
    for (let y = Math.max(0, Math.ceil(centre[1] - reach)); y < Math.min(height, centre[1] + reach); y++) {
      for (let x = Math.max(0, Math.ceil(centre[0] - reach)); x < Math.min(width, centre[0] + reach); x++) {
        const distance = (x - centre[0]) ** 2 + (y - centre[1]) ** 2;
        values[y * width + x]! += top * Math.exp(-distance / (2 * spread ** 2));
      }
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
