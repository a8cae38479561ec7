import { createHash } from 'node:crypto';

/**
 * A generator of numbers uniform in [0, 1) with 32 random bits each, seeded by any parts: `generator(seed, 'shuffle',
 * epoch)`. Equal parts give equal sequences, so no generator state has to be stored with a run. The algorithm is sfc32
 * (Chris Doty-Humphrey, PractRand), seeded with SHA-256 of the parts.
 */
export function generator(...parts: readonly (string | number)[]): () => number {
  const digest = createHash('sha256').update(JSON.stringify(parts)).digest();
  let a = digest.readInt32LE(0);
  let b = digest.readInt32LE(4);
  let c = digest.readInt32LE(8);
  let counter = 1;
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let i = 0; i < 12; i++) next();
  return next;
}

/** The items in random order (Fisher–Yates), in a new array. */
export function shuffle<T>(items: readonly T[], random: () => number): T[] {
  const order = [...items];
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}
