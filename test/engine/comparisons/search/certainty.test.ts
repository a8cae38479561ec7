import { expect, test } from 'vitest';
import { searchResult } from '../../../../src-main/contract/comparison/search.ts';
import type { ComparisonCell } from '../../../../src-main/contract/comparison/shared.ts';
import { deepening } from '../../../../src-main/engine/comparisons/search/deepening.ts';
import { svcca } from '../../../../src-main/engine/comparisons/search/svcca.ts';
import { twoStage } from '../../../../src-main/engine/comparisons/search/twoStage.ts';
import { studentQuantile } from '../../../../src-main/engine/metrics/tails.ts';
import { planOf, POINTS, recordedComparison } from './recorded.ts';

const depthOf = (cut: string | null) => POINTS.findIndex(({ name }) => name === cut);
/** Seeds move all cuts by much, and each cut by little of its own: what is left is noise. */
const OWN = [0.002, -0.002, 0];
const seeded = (mean: number, { cut, seed }: ComparisonCell) => mean + 0.03 * seed + (depthOf(cut) % 2 === 0 ? 1 : -1) * OWN[seed]!; // prettier-ignore

test('cuts that are not worse beyond the noise of the seeds are named, and the smallest of them is offered', async () => {
  const scoreOf = (cell: ComparisonCell) => {
    const depth = depthOf(cell.cut);
    return seeded(depth < 6 ? 0.6 : depth < 10 ? 0.8 - 0.0015 * Math.abs(depth - 9) : 0.7, cell);
  };
  const { comparison } = recordedComparison(planOf({ seeds: [0, 1, 2] }), scoreOf);
  const result = await twoStage(comparison);
  expect(searchResult.parse(result)).toEqual(result);
  const { band, optimism, sentences } = result.certainty!;
  const within = band!.cuts.filter((each) => each.within).map(({ cut }) => depthOf(cut));
  expect(result.cut).toBe(POINTS[9]!.name);
  expect(Math.min(...within)).toBeGreaterThanOrEqual(6);
  expect(within.length).toBeGreaterThan(1);
  expect(Math.max(...within)).toBeLessThan(10);
  expect(depthOf(band!.smallest)).toBe(Math.min(...within));
  // What seeds do to all cuts alike, 0.03, is not their noise.
  const tried = band!.cuts.length;
  expect(band).toMatchObject({ noise: 'paired', degrees: 2 * (tried - 1) });
  expect(band!.deviation).toBeLessThan(0.003);
  // Of two means over three seeds.
  const reach = studentQuantile(1 - 0.05 / (tried - 1), band!.degrees) * band!.deviation * Math.sqrt(2 / 3);
  for (const { cut, reach: own } of band!.cuts) expect(own).toBeCloseTo(cut === result.cut ? 0 : reach, 12);
  expect(sentences.join(' ')).toMatch(
    /^Not worse beyond the noise of the seeds \(0\.00\d a run, \d+ degrees of freedom\): .*\. The smallest of these is \S+, with \d+\.\d % of the parameters of the chosen one\. Its score of 0\.\d{3} is that of the best of \d+ cuts; corrected for that it is 0\.\d{3} \(/,
  );
  expect(optimism).toMatchObject({ cuts: tried, patients: 60, apparent: expect.closeTo(result.validationAuprc!.mean, 12) }); // prettier-ignore
  expect(optimism!.corrected).toBeLessThanOrEqual(optimism!.apparent + 1e-12);
});

test('with one seed the noise is not known, and that is said', async () => {
  const { comparison } = recordedComparison(planOf({ seeds: [0] }), ({ cut }) => 0.7 + 0.01 * depthOf(cut));
  const { certainty } = await twoStage(comparison);
  expect(certainty!.band).toBeNull();
  expect(certainty!.sentences[0]).toMatch(/^Each cut was trained to the end under one seed only/);
  expect(certainty!.optimism).not.toBeNull();
});

test('where all other cuts failed nothing is known of the choice', async () => {
  const { comparison } = recordedComparison(planOf({ seeds: [0, 1] }), ({ cut }) => (cut === 'block_9_add' ? 0.8 : null)); // prettier-ignore
  const { certainty } = await twoStage(comparison);
  expect(certainty).toMatchObject({ band: null, optimism: null });
  expect(certainty!.sentences).toEqual([expect.stringMatching(/^No other cut was trained to the end/)]);
});

test('layer-wise, where all are of one size, the one that trains least is offered', async () => {
  const plan = planOf({ method: 'deepening', strategy: 'layerwise', seeds: [0, 1, 2] });
  const { comparison } = recordedComparison(plan, (cell) => seeded(0.8 - 0.001 * Math.abs(depthOf(cell.cut) - 16), cell));
  const { cut, certainty } = await deepening(comparison);
  const { band, sentences } = certainty!;
  expect(depthOf(band!.smallest)).toBeGreaterThanOrEqual(depthOf(cut));
  expect(sentences[0]).toMatch(/^(Not worse|Every other cut)/);
}); // prettier-ignore

test('all equal and perfect: all are within, and nothing is corrected below nothing', async () => {
  const { comparison } = recordedComparison(planOf({ seeds: [0, 1] }), () => 1);
  const { cut, certainty } = await twoStage(comparison);
  expect(certainty!.band!.cuts.every(({ within }) => within)).toBe(true);
  expect(certainty!.band!.smallest).toBe(cut);
  expect(JSON.stringify(certainty)).not.toMatch(/NaN|null,"reach|Infinity/);
});

test('a cut that its features chose, and not its score, is not judged so', async () => {
  const cuts = POINTS.map(({ name }) => ({ cut: name, meanSvcca: 0.9, randomSvcca: 0.4, overlap: 0, chosen: 0.1 }));
  const detection = { cut: 'block_9_add', ends: true, cuts };
  const { comparison } = recordedComparison(planOf({ method: 'svcca' }), () => 0.8, { 'SVCCA before': detection });
  expect(await svcca(comparison)).not.toHaveProperty('certainty');
});
