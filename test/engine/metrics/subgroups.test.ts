import { describe, expect, test } from 'vitest';
import type { SubgroupMeasure } from '../../../src-main/contract/subgroups.ts';
import { percentileInterval } from '../../../src-main/engine/metrics/bootstrap.ts';
import { largestGaps, measuresFor, resampleSubgroups } from '../../../src-main/engine/metrics/subgroups.ts';
import { generator } from '../../../src-main/engine/random.ts';
import golden from '../../golden/subgroups.json' with { type: 'json' };

const { tolerance, resamples, seed } = golden;

const dividedOf = (labels: number[], probabilities: number[], patients: number[], subgroups: number[]) => ({
  labels,
  probabilities: Float32Array.from(probabilities),
  groups: patients.map((patient) => `p${patient}`),
  subgroupOf: Int32Array.from(subgroups),
  subgroups: Math.max(...subgroups) + 1,
});

test.each(golden.cases)('$name: figures of subgroups as scikit-learn has them, drawn alike', async (given) => {
  const { calledFrom } = given;
  const divided = {
    ...dividedOf(given.labels, given.probabilities, given.patients, given.subgroups),
    ...(calledFrom !== null && {
      called: Uint8Array.from(given.labels, (_, image) => (given.probabilities[2 * image + 1]! >= calledFrom ? 1 : 0)),
    }),
  };
  const classes = given.probabilities.length / given.labels.length;
  const drawn = await resampleSubgroups(divided, { resamples, seed });
  expect([...drawn.keys()].sort()).toEqual(Object.keys(given.expected).sort());
  for (const measure of measuresFor(classes)) {
    const expected = (given.expected as Partial<Record<SubgroupMeasure, object[]>>)[measure]!;
    drawn.get(measure)!.forEach((resampled, subgroup) => {
      const found = percentileInterval(resampled, 0.95)! as unknown as Record<string, number>;
      for (const [key, value] of Object.entries(expected[subgroup]!))
        expect(Math.abs(found[key]! - value), `${measure} ${subgroup} ${key}`).toBeLessThanOrEqual(tolerance);
    });
  }
});

/** Studies of two equal halves, in the second of which the network is as good or worse. */
function drawnStudy(round: number, worse: number) {
  const random = generator(round, 'study');
  const [labels, probabilities, patients, subgroups] = [[], [], [], []] as [number[], number[], number[], number[]];
  for (let image = 0; image < 80; image++) {
    const label = image % 2;
    const second = image < 40 ? 0 : 1;
    const score = Math.min(
      0.999,
      Math.max(0.001, 0.5 + (label - 0.5) * (0.5 - second * worse) + (random() - 0.5) * 0.9),
    );
    labels.push(label);
    probabilities.push(1 - score, score);
    patients.push(image);
    subgroups.push(second);
  }
  return dividedOf(labels, probabilities, patients, subgroups);
}

const gapsOf = async (divided: ReturnType<typeof dividedOf>) => {
  const drawn = await resampleSubgroups(divided, { resamples: 200, seed: 0 });
  return largestGaps(divided, drawn, { told: [0, 1], names: ['a', 'b'], confidence: 0.95 });
};

describe('the largest gap', () => {
  test('where there is none, chance explains it as often as it says', async () => {
    const ps = [];
    for (let round = 0; round < 60; round++) {
      const gaps = await gapsOf(drawnStudy(round, 0));
      ps.push(gaps.find(({ measure }) => measure === 'auroc')!.chance!.p);
    }
    const small = ps.filter((p) => p <= 0.1).length;
    // Binomial with 60 trials of 0.1: more than 13 in one of a thousand.
    expect(small).toBeLessThanOrEqual(13);
    expect(ps.filter((p) => p > 0.5).length).toBeGreaterThan(15);
  }, 60_000);

  test('where there is one, it is found and named', async () => {
    const [auroc] = await gapsOf(drawnStudy(1, 0.45));
    expect(auroc).toMatchObject({ measure: 'auroc', highest: 'a', lowest: 'b' });
    expect(auroc!.difference.low).toBeGreaterThan(0);
    expect(auroc!.chance!.p).toBeLessThan(0.01);
    expect(auroc!.chance!.ninetyFive).toBeLessThan(auroc!.difference.value);
  });

  test('patients with images of several values cannot exchange them: what chance makes is not told', async () => {
    const divided = drawnStudy(2, 0.3);
    const gaps = await gapsOf({ ...divided, groups: divided.groups.map((_, image) => `p${image % 40}`) });
    expect(gaps.length).toBeGreaterThan(0);
    for (const { chance, difference } of gaps) {
      expect(chance).toBe(null);
      expect(difference.low).toBeLessThanOrEqual(difference.value);
    }
  });
});
