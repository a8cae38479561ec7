import { expect, test } from 'vitest';
import { smoothed } from '../../../../src-main/engine/comparisons/search/smoothed.ts';
import { ranked, type ScoredTrial } from '../../../../src-main/engine/comparisons/search/trials.ts';
import { POINTS } from './recorded.ts';

const trial = (index: number, mean: number): ScoredTrial => ({
  cut: POINTS[index]!.name,
  stage: 'rung 1',
  validationAuprc: { mean, deviation: null, n: 1 },
  parameters: POINTS[index]!.parameters,
  macs: POINTS[index]!.macs,
  trainingSeconds: 1,
});
const means = (trials: ScoredTrial[]) => trials.map(({ validationAuprc }) => validationAuprc.mean);

test('a figure is a mean with those of the next cuts that were tried, unless these are far away', () => {
  // 3 and 5 are next to each other though 4 was not tried; 9 is not next to 6.
  const trials = [trial(9, 0.1), trial(3, 0.5), trial(5, 0.6), trial(6, 0.9)];
  const at3 = (0.5 + 0.3 * 0.6) / 1.3;
  const at5 = (0.3 * 0.5 + 0.6 + 0.3 * 0.9) / 1.6;
  const at6 = (0.3 * 0.6 + 0.9) / 1.3;
  const result = means(smoothed(trials, POINTS));
  [at3, at5, at6, 0.1].forEach((expected, index) => expect(result[index]).toBeCloseTo(expected, 12));
});

test('one lucky run between bad ones does not lead over a cut among good ones', () => {
  const trials = [trial(4, 0.5), trial(5, 0.62), trial(6, 0.5), trial(10, 0.59), trial(11, 0.6), trial(12, 0.59)];
  expect(ranked(trials, POINTS)[0]!.cut).toBe(POINTS[5]!.name);
  expect(ranked(smoothed(trials, POINTS), POINTS)[0]!.cut).toBe(POINTS[11]!.name);
});
