import { describe, expect, it } from 'vitest';
import { detectEndOfReuse } from '../../../src-main/engine/similarity/detector.ts';
import { endOfReuse, overlapWithRandom, superiority } from '../../../src-main/engine/similarity/overlap.ts';
import { represent } from '../../../src-main/engine/similarity/representation.ts';
import { normals, scaled, sum } from './features.ts';

const of = (...values: number[]) => Float64Array.from(values);

describe('the overlap with random features', () => {
  it('is 0 where all are larger, 1 where nothing tells them apart or they are smaller, between by pairs', () => {
    expect(overlapWithRandom(of(0.9, 0.8), of(0.3, 0.2))).toBe(0);
    expect(overlapWithRandom(of(0.3, 0.2), of(0.3, 0.2))).toBe(1);
    expect(overlapWithRandom(of(0.1), of(0.3, 0.2))).toBe(1);
    // Of four pairs three are won: P = 0.75.
    expect(overlapWithRandom(of(0.9, 0.25), of(0.3, 0.2))).toBe(0.5);
  });

  it('counts coefficients that dimension makes 1 as equal, whatever their rounding', () => {
    expect(superiority(of(1, 1 - 1e-14), of(1 - 1e-13, 1))).toBe(0.5);
  });

  it('is a dead layer’s as well', () => {
    expect(overlapWithRandom(of(), of())).toBe(1);
  });
});

describe('the end of reuse', () => {
  it('is the first cut from which on features overlap with random ones', () => {
    expect(endOfReuse([0, 0.1, 0.2, 0.8, 0.9], 0.5)).toBe(3);
    expect(endOfReuse([0.9, 0.9], 0.5)).toBe(0);
    expect(endOfReuse([0, 0.1, 0.4], 0.5)).toBeNull();
    expect(endOfReuse([0, 0.1, 0.4], 0.3)).toBe(2);
  });

  it('is not decided by one cut out of line', () => {
    expect(endOfReuse([0, 0.7, 0.1, 0, 0.9, 1], 0.5)).toBe(4);
    expect(endOfReuse([0, 0.1, 0.9, 0.45, 0.9], 0.5)).toBe(2);
  });
});

describe('the SVCCA cut detector', () => {
  /** Cuts whose features after training are those before plus noise of these sizes, as independent draws of normals. */
  const cutsWith = (noise: readonly number[], rows = 160) =>
    noise.map((size, at) => {
      const before = normals(rows, 8, 'before', at);
      const after = sum(before, scaled(normals(rows, 8, 'after', at), size));
      return { cut: `cut ${at}`, before: represent(before), after: represent(after) };
    });

  it('finds where features become random, and is sure of it', async () => {
    const found = await detectEndOfReuse(cutsWith([0, 0.3, 1, 100, 100]), { seed: 1, replicates: 30 });
    expect(found).toMatchObject({ cut: 'cut 3', ends: true });
    const overlaps = found.cuts.map(({ overlap }) => overlap);
    for (const overlap of overlaps.slice(0, 3)) expect(overlap).toBeLessThan(0.1);
    for (const overlap of overlaps.slice(3)) expect(overlap).toBeGreaterThan(0.7);
    expect(found.cuts[0]!.meanSvcca).toBeCloseTo(1, 9);
    expect(found.cuts[3]!.chosen).toBeGreaterThan(0.7);
    expect(found.cuts.reduce((total, { chosen }) => total + chosen, 0)).toBeCloseTo(1, 12);
  });

  it('says so where all is reused, and takes the whole network', async () => {
    const found = await detectEndOfReuse(cutsWith([0, 0.1, 0.2]), { seed: 1, replicates: 10 });
    expect(found).toMatchObject({ cut: 'cut 2', ends: false });
    expect(found.cuts[2]!.chosen).toBe(1);
  });

  it('is less sure where the change is gradual', async () => {
    const found = await detectEndOfReuse(cutsWith([0, 0.6, 0.8, 1, 1.2, 1.4, 1.6, 100], 60), {
      seed: 1,
      replicates: 40,
    });
    expect(found.cuts.filter(({ chosen }) => chosen > 0.05).length).toBeGreaterThan(1);
    const favourite = found.cuts.reduce((a, b) => (b.chosen > a.chosen ? b : a));
    expect(favourite.cut).toBe(found.cut);
    expect(favourite.chosen).toBeLessThan(0.95);
  });

  it('keeps patients whole, gives the same for the same seed, and can be cancelled', async () => {
    const cuts = cutsWith([0, 1, 100], 40);
    const groups = Array.from({ length: 40 }, (_, i) => `patient ${i % 4}`);
    const options = { seed: 3, replicates: 6, groups };
    expect(await detectEndOfReuse(cuts, options)).toEqual(await detectEndOfReuse(cuts, options));
    const between = async (done: number) => {
      if (done === 2) throw new Error('cancelled');
    };
    await expect(detectEndOfReuse(cuts, { ...options, between })).rejects.toThrow('cancelled');
  });
});
