import { generator } from '../../src-main/engine/random.ts';

export type Damage = (bytes: Uint8Array, random: () => number) => Uint8Array;

const PAGE = 4096;
const below = (random: () => number, n: number): number => Math.floor(random() * n);

/** What disks, copies and people do to files. Each gives other bytes than it was given, at a place that is drawn. */
export const DAMAGES: Readonly<Record<string, Damage>> = {
  'one bit flipped': (bytes, random) => {
    const damaged = Uint8Array.from(bytes);
    damaged[below(random, bytes.length)]! ^= 1 << below(random, 8);
    return damaged;
  },
  'cut short': (bytes, random) => bytes.slice(0, below(random, bytes.length)),
  'a page zeroed': (bytes, random) => {
    const damaged = Uint8Array.from(bytes);
    const start = below(random, Math.max(1, bytes.length - PAGE));
    return damaged.fill(0, start, start + PAGE);
  },
  'two blocks swapped': (bytes, random) => {
    const damaged = Uint8Array.from(bytes);
    const block = Math.min(512, Math.floor(bytes.length / 2));
    const [a, b] = [below(random, bytes.length - block + 1), below(random, bytes.length - block + 1)];
    damaged.set(bytes.subarray(a, a + block), b);
    damaged.set(bytes.subarray(b, b + block), a);
    return damaged;
  },
};

/**
 * The same bytes damaged in every way, several times each; the seed says where.
 * @param times how often a single bit is flipped; the other ways are tried a quarter as often
 */
export function* damagedCopies(
  bytes: Uint8Array,
  { seed, times }: { seed: number; times: number },
): Generator<{ how: string; damaged: Uint8Array }> {
  for (const [kind, damage] of Object.entries(DAMAGES)) {
    for (let turn = 0; turn < (kind === 'one bit flipped' ? times : Math.ceil(times / 4)); turn++) {
      const damaged = damage(bytes, generator(seed, kind, turn));
      // Two swapped blocks may be alike, and a page may be zero already.
      if (Buffer.compare(bytes, damaged) !== 0) yield { how: `${kind} (seed ${seed}, turn ${turn})`, damaged };
    }
  }
}
