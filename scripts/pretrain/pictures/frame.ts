export type Random = () => number;

/** One plane of a square picture, values 0 to 1, row after row. */
export interface Plane {
  size: number;
  values: Float32Array;
}

/**
 * How a picture looks at a formula: rotated, mirrored, shifted and at some distance. Formulas live in a plane where the
 * picture is about one unit wide.
 */
export interface Frame {
  size: number;
  /** Units of the formula's plane per picture width. */
  zoom: number;
  /** From pixel indices to the formula's plane: u = a x + b y + c, v = d x + e y + f. */
  map: readonly [number, number, number, number, number, number];
}

export const between = (random: Random, low: number, high: number): number => low + (high - low) * random();

/** Uniform in the logarithm, for what is a scale. */
export const betweenLog = (random: Random, low: number, high: number): number => low * (high / low) ** random();

export const pick = <T>(random: Random, items: readonly T[]): T => items[Math.floor(random() * items.length)]!;

/** Sum of four uniform numbers, scaled to mean 0 and standard deviation 1. */
export const bell = (random: Random): number => (random() + random() + random() + random() - 2) * Math.sqrt(3);

export const clamp = (value: number): number => Math.min(1, Math.max(0, value));

/** Any rotation, either hand, a zoom between the two given, and a place anywhere in the formula's plane. */
export function drawFrame(size: number, random: Random, [near, far]: readonly [number, number]): Frame {
  const zoom = betweenLog(random, near, far);
  const angle = between(random, 0, 2 * Math.PI);
  const hand = random() < 0.5 ? -1 : 1;
  const step = zoom / size;
  const [cos, sin] = [Math.cos(angle) * step, Math.sin(angle) * step];
  const [a, b, d, e] = [cos * hand, -sin, sin * hand, cos];
  const centre = (size - 1) / 2;
  const [u, v] = [between(random, -32, 32), between(random, -32, 32)];
  return { size, zoom, map: [a, b, u - (a + b) * centre, d, e, v - (d + e) * centre] };
}

/** A plane whose value at each pixel follows from its place in the formula's plane. */
export function plot({ size, map }: Frame, value: (u: number, v: number) => number): Plane {
  const [a, b, c, d, e, f] = map;
  const values = new Float32Array(size * size);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) values[y * size + x] = value(a * x + b * y + c, d * x + e * y + f);
  }
  return { size, values };
}

/** Smooth step from 0 to 1 of the given width about an edge. */
export function step(value: number, edge: number, width: number): number {
  const t = clamp((value - edge) / width + 0.5);
  return t * t * (3 - 2 * t);
}
