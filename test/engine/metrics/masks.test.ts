import { describe, expect, test } from 'vitest';
import type { MaskFigure } from '../../../src-main/contract/masks.ts';
import { compareClass, type Compared } from '../../../src-main/engine/metrics/masks/compare.ts';
import { squaredDistances } from '../../../src-main/engine/metrics/masks/distance.ts';
import { summariseMasks } from '../../../src-main/engine/metrics/masks/summary.ts';
import golden from '../../golden/masks.json' with { type: 'json' };
import { drawnMask } from './drawnMasks.ts';

const { tolerance, singleTolerance } = golden;
const memberOf = (value: number): Uint8Array => Uint8Array.from({ length: 8 }, (_, at) => Number(at === value));
const values = ({ figures }: Compared) =>
  Object.fromEntries(Object.entries(figures).map(([name, { value }]) => [name, value])) as Record<MaskFigure, number | null>; // prettier-ignore

/** Relative, or absolute below 1; null is null. */
function expectNear(found: number | null, reference: number | null, within: number): void {
  if (found === null || reference === null) return void expect(found).toBe(reference);
  expect(Math.abs(found - reference)).toBeLessThanOrEqual(within * Math.max(1, Math.abs(reference)));
}

describe.each(golden.cases)('$name', ({ kinds, seeds, size, classes, spacing, sum, figures }) => {
  const [width, height] = size as [number, number];
  const [truth, other] = [0, 1].map((at) => drawnMask({ kind: kinds[at]!, seed: seeds[at]!, width, height, classes })) as [Uint16Array, Uint16Array]; // prettier-ignore
  const compared = figures.map((_, at) => compareClass({ truth, other, width }, memberOf(at + 1), spacing as [number, number])); // prettier-ignore

  test('is what the reference drew', () => {
    const found = truth.reduce((total, value, at) => total + (value + 2 * other[at]!) * (at + 1), 0);
    expect(found).toBe(sum);
  });

  test.each(figures.map((reference, at) => ({ class: at + 1, reference })))(
    'class $class: overlap, and distances as MONAI and scipy have them',
    ({ class: own, reference }) => {
      const found = values(compared[own - 1]!);
      for (const name of ['dice', 'jaccard', 'sensitivity', 'specificity'] as const)
        expectNear(found[name], reference[name], tolerance);
      const distances = [found.averageDistance, found.hausdorff95];
      for (const [at, distance] of distances.entries()) {
        expectNear(distance, reference.exact?.[at] ?? null, tolerance);
        expectNear(distance, reference.monai?.[at] ?? null, singleTolerance);
        if (reference.surface) expect(Math.abs(distance! - reference.surface[at]!)).toBeLessThan(Math.hypot(spacing[0]!, spacing[1]!)); // prettier-ignore
      }
      if (found.dice !== null) expectNear(found.jaccard, found.dice / (2 - found.dice), tolerance);
    },
  );
});

test('masks that are empty: no figure without its reason, and Dice 0 where one is', () => {
  const [empty, some] = [new Uint16Array(12), Uint16Array.from({ length: 12 }, (_, at) => Number(at === 5))];
  const compare = (truth: Uint16Array, other: Uint16Array) =>
    compareClass({ truth, other, width: 4 }, memberOf(1), [1, 1]).figures;
  const none = (reason: string) => ({ value: null, reason });
  expect(compare(empty, empty)).toEqual({
    ...{ dice: none('BOTH_EMPTY'), jaccard: none('BOTH_EMPTY'), sensitivity: none('TRUTH_EMPTY'), specificity: { value: 1 } }, // prettier-ignore
    ...{ averageDistance: none('BOTH_EMPTY'), hausdorff95: none('BOTH_EMPTY') },
  });
  expect(compare(some, empty)).toMatchObject({ dice: { value: 0 }, jaccard: { value: 0 }, hausdorff95: none('ONE_EMPTY') }); // prettier-ignore
  expect(compare(new Uint16Array(12).fill(1), some).specificity).toEqual(none('TRUTH_FULL'));
});

test('distances to the nearest pixel are those of all pairs of pixels', () => {
  for (const [seed, width, height] of [
    [1, 9, 7],
    [2, 1, 13],
    [3, 13, 1],
    [4, 8, 8],
  ] as const) {
    const set = Uint8Array.from(drawnMask({ kind: 'noise', seed, width, height, classes: 6 }), (value) => Number(value === 1)); // prettier-ignore
    const found = squaredDistances(set, width, [0.7, 1.9]);
    for (let at = 0; at < set.length; at++) {
      const squares = [...set.keys()].filter((to) => set[to]).map((to) => (0.7 * (Math.floor(at / width) - Math.floor(to / width))) ** 2 + (1.9 * ((at % width) - (to % width))) ** 2); // prettier-ignore
      expect(found[at]).toBeCloseTo(Math.min(...squares), 9);
    }
  }
  expect(squaredDistances(new Uint8Array(6), 3, [1, 1])).toEqual(new Float64Array(6).fill(Infinity));
});

describe('means and intervals', () => {
  const { images, patients, resamples, seed, confidence, dice } = golden.study;
  const compared = Array.from({ length: images }, (_, image) => {
    const draw = (from: number) =>
      drawnMask({ kind: image % 5 === 4 ? 'empty' : 'blobs', seed: from + image, width: 24, height: 20, classes: 1 });
    return compareClass({ truth: draw(100), other: draw(200), width: 24 }, memberOf(1), [1, 1]);
  });
  const groups = compared.map((_, image) => `patient ${image % patients}`);

  test('of images, patients and all pixels, as scipy has them on the same draws', async () => {
    const [found] = await summariseMasks([compared], groups, { confidence, resamples, seed });
    for (const part of ['images', 'patients', 'pooled'] as const) {
      const { value, interval } = found![part].dice;
      expectNear(value, dice[part].value, tolerance);
      expectNear(interval!.low, dice[part].low, tolerance);
      expectNear(interval!.high, dice[part].high, tolerance);
    }
    expect(found!.images.dice.of).toBe(compared.filter(({ figures }) => figures.dice.value !== null).length);
    expect(found!.patients.dice.of).toBe(patients);
    expect(found!.pooled.dice.of).toBe(images);
  });

  test('one patient, or values that are all equal, have none', async () => {
    const options = { confidence, resamples: 20, seed };
    const [alone] = await summariseMasks([compared], groups.map(() => 'one'), options); // prettier-ignore
    expect(alone!.images.dice).toMatchObject({ interval: null });
    expect(alone!.images.dice.value).not.toBeNull();
    const [equal] = await summariseMasks([compared.map(() => compared[0]!)], groups, options);
    expect(equal!.patients.dice.interval).toBeNull();
  });
});
