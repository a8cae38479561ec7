/** Synthetic chest-like pictures whose classes differ in texture alone. */

export const SIDE = 192;

export type SampleClass = 'diffuse' | 'nodular';

/**
 * Levels in [0, 1], SIDE × SIDE: two dark lung fields in a bright body. In `diffuse` the fields hold smooth noise, in
 * `nodular` the same noise and small round nodules; both are brought to the same mean and spread within the fields, so
 * that neither brightness nor contrast tells the class.
 */
export function drawChest(kind: SampleClass, random: () => number): Float32Array {
  const fields = drawFields(random);
  const texture = add(scaled(noise(2, random), 0.8), scaled(noise(7, random), 0.5));
  const grain = noise(1, random);
  if (kind === 'nodular') drawNodules(texture, 90 + random() * 80, random);
  standardise(texture, fields);
  const depth = 0.28 + 0.1 * random();
  const contrast = 0.07 + 0.03 * random();
  const body = 0.68 + 0.12 * random();
  const tilt = (random() - 0.5) * 0.15;
  const picture = new Float32Array(SIDE * SIDE);
  for (let pixel = 0; pixel < picture.length; pixel++) {
    const shade = tilt * ((pixel % SIDE) / SIDE - 0.5);
    const inside = depth + contrast * texture[pixel]!;
    const share = fields[pixel]!;
    const level = share * inside + (1 - share) * body + shade + 0.015 * grain[pixel]!;
    picture[pixel] = Math.min(1, Math.max(0, level));
  }
  return picture;
}

/** Share of lung in each pixel, 0 to 1, with soft edges: two ellipses, placed a little differently each time. */
function drawFields(random: () => number): Float32Array {
  const fields = new Float32Array(SIDE * SIDE);
  for (const side of [-1, 1]) {
    const x0 = SIDE * (0.5 + side * (0.23 + 0.02 * random()));
    const y0 = SIDE * (0.5 + 0.06 * (random() - 0.5));
    const a = SIDE * (0.17 + 0.03 * random());
    const b = SIDE * (0.37 + 0.05 * random());
    for (let y = 0; y < SIDE; y++)
      for (let x = 0; x < SIDE; x++) {
        const distance = Math.hypot((x - x0) / a, (y - y0) / b);
        const share = Math.min(1, Math.max(0, (1 - distance) * 8 + 0.5));
        fields[y * SIDE + x] = Math.max(fields[y * SIDE + x]!, share);
      }
  }
  return fields;
}

/** White noise blurred over about `radius` pixels, with mean 0 and variance 1. */
function noise(radius: number, random: () => number): Float32Array {
  let field: Float32Array = Float32Array.from({ length: SIDE * SIDE }, () => random() - 0.5);
  for (let pass = 0; pass < 2; pass++) field = transposeBlur(transposeBlur(field, radius), radius);
  standardise(field);
  return field;
}

/** Box blur along rows, written transposed: applied twice it blurs both ways. Edges wrap round. */
function transposeBlur(field: Float32Array, radius: number): Float32Array {
  const result = new Float32Array(field.length);
  for (let y = 0; y < SIDE; y++) {
    let sum = 0;
    for (let x = -radius; x <= radius; x++) sum += field[y * SIDE + ((x + SIDE) % SIDE)]!;
    for (let x = 0; x < SIDE; x++) {
      result[x * SIDE + y] = sum / (2 * radius + 1);
      sum += field[y * SIDE + ((x + radius + 1) % SIDE)]! - field[y * SIDE + ((x - radius + SIDE) % SIDE)]!;
    }
  }
  return result;
}

function drawNodules(texture: Float32Array, count: number, random: () => number): void {
  for (let nodule = 0; nodule < count; nodule++) {
    const x0 = random() * SIDE;
    const y0 = random() * SIDE;
    const radius = 2 + 2 * random();
    const height = 1.6 + 1.2 * random();
    for (let y = Math.max(0, Math.ceil(y0 - 2 * radius)); y < Math.min(SIDE, y0 + 2 * radius); y++)
      for (let x = Math.max(0, Math.ceil(x0 - 2 * radius)); x < Math.min(SIDE, x0 + 2 * radius); x++) {
        const distance = ((x - x0) ** 2 + (y - y0) ** 2) / radius ** 2;
        texture[y * SIDE + x]! += height * Math.exp(-(distance ** 2));
      }
  }
}

/** To mean 0 and variance 1, weighted by `weights` where given. In place. */
function standardise(field: Float32Array, weights?: Float32Array): void {
  let total = 0;
  let sum = 0;
  let squares = 0;
  field.forEach((value, index) => {
    const weight = weights?.[index] ?? 1;
    total += weight;
    sum += weight * value;
    squares += weight * value * value;
  });
  const mean = sum / total;
  const deviation = Math.sqrt(squares / total - mean * mean);
  field.forEach((value, index) => (field[index] = (value - mean) / deviation));
}

function scaled(field: Float32Array, factor: number): Float32Array {
  return field.map((value) => value * factor);
}

function add(a: Float32Array, b: Float32Array): Float32Array {
  return a.map((value, index) => value + b[index]!);
}
