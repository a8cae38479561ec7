import { generator } from '../../../src-main/engine/random.ts';
import { between, betweenLog, pick, plot, step, type Frame, type Plane, type Random } from './frame.ts';

const TABLE = permutation();

function permutation(): Uint8Array {
  const random = generator('formula pictures', 'lattice');
  const order = Uint8Array.from({ length: 256 }, (_, index) => index);
  for (let i = 255; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}

/** A pseudo-random byte of a lattice point. */
export function lattice(x: number, y: number): number {
  return TABLE[(TABLE[x & 255]! + (y & 255)) & 255]!;
}

const COSINES = Float64Array.from({ length: 256 }, (_, index) => Math.cos((index / 256) * 2 * Math.PI));
const SINES = Float64Array.from({ length: 256 }, (_, index) => Math.sin((index / 256) * 2 * Math.PI));

/** Gradient noise (Perlin 1985, with the quintic of 2002), about -0.7 to 0.7. */
export function perlin(u: number, v: number): number {
  const x = Math.floor(u);
  const y = Math.floor(v);
  const dx = u - x;
  const dy = v - y;
  const across = dx * dx * dx * (dx * (dx * 6 - 15) + 10);
  const down = dy * dy * dy * (dy * (dy * 6 - 15) + 10);
  const topLeft = slope(lattice(x, y), dx, dy);
  const topRight = slope(lattice(x + 1, y), dx - 1, dy);
  const bottomLeft = slope(lattice(x, y + 1), dx, dy - 1);
  const bottomRight = slope(lattice(x + 1, y + 1), dx - 1, dy - 1);
  const top = topLeft + across * (topRight - topLeft);
  const bottom = bottomLeft + across * (bottomRight - bottomLeft);
  return top + down * (bottom - top);
}

const slope = (gradient: number, dx: number, dy: number): number => COSINES[gradient]! * dx + SINES[gradient]! * dy;

/** Fractal noise: octaves of gradient noise, each of twice the frequency and `persistence` times the height; -1 to 1. */
export function fractalNoise(u: number, v: number, octaves: number, persistence: number): number {
  let sum = 0;
  let total = 0;
  let height = 1;
  let scale = 1;
  for (let octave = 0; octave < octaves; octave++) {
    sum += height * perlin(u * scale + 17 * octave, v * scale - 11 * octave);
    total += height;
    height *= persistence;
    scale *= 2;
  }
  return (sum / total) * 1.6;
}

/** Clouds, ridges, bubbles of turbulence or marble, round or drawn out. */
export function noiseFormula(random: Random) {
  const kind = pick(random, ['clouds', 'ridges', 'turbulence', 'marble'] as const);
  const frequency = betweenLog(random, 2, 14);
  const octaves = 1 + Math.floor(random() * 4);
  const persistence = between(random, 0.35, 0.8);
  const stretch = random() < 0.5 ? 1 : betweenLog(random, 1.5, 5);
  const width = betweenLog(random, 0.1, 1.6);
  const veins = betweenLog(random, 1, 5);
  return (frame: Frame): Plane =>
    plot(frame, (u, v) => {
      const value = fractalNoise(u * frequency, (v * frequency) / stretch, octaves, persistence);
      switch (kind) {
        case 'clouds':
          return step(value, 0, width);
        case 'ridges':
          return step(1 - 2 * Math.abs(value), 0.7, width);
        case 'turbulence':
          return step(2 * Math.abs(value), 0.4, width);
        case 'marble':
          return step(Math.sin(2 * Math.PI * (veins * u + 1.5 * value)), 0, 2 * width);
      }
    });
}
