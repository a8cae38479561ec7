import { expect, test } from 'vitest';
import type { ProbeSweep } from '../../../../src-main/contract/probe.ts';
import { fast } from '../../../../src-main/engine/studies/search/fast.ts';
import { planOf, POINTS, recordedStudy } from './recorded.ts';

// Recorded on the pictures of `textures` (DTD, ten classes) at 64 pixels: probes with their standard errors, and validation
// AUPRC of the first seed after 1, 3 and 6 epochs at those cuts that a search asked for.
const PROBES = [
  [0.385, 0.026],
  [0.383, 0.018],
  [0.504, 0.018],
  [0.539, 0.031],
  [0.65, 0.026],
  [0.683, 0.018],
  [0.666, 0.026],
  [0.719, 0.016],
  [0.725, 0.024],
  [0.724, 0.025],
  [0.722, 0.025],
  [0.75, 0.023],
  [0.725, 0.016],
  [0.705, 0.022],
  [0.7501, 0.014],
  [0.753, 0.011],
  [0.75, 0.014],
  [0.716, 0.028],
  [0.698, 0.028],
] as const;
const RUNS: Record<string, Record<number, number>> = {
  block_7_add: { 1: 0.357, 3: 0.546, 6: 0.627 },
  block_10_project_BN: { 1: 0.514, 3: 0.707, 6: 0.744 },
  block_13_project_BN: { 1: 0.482, 3: 0.65, 6: 0.696 },
  block_14_add: { 1: 0.478, 3: 0.636, 6: 0.664 },
  block_16_project_BN: { 1: 0.354, 3: 0.522, 6: 0.522 },
};

const sweep: ProbeSweep = {
  cuts: POINTS.map((point, index) => {
    const [mean, error] = PROBES[index]!;
    const auprc = { mean, deviation: error * Math.sqrt(5), n: 5 };
    return { ...point, auprc, auroc: auprc, logMe: 0, hScore: 0 };
  }),
  images: 425,
  patients: 425,
  folds: 5,
  seconds: { pass: 2, probes: 3 },
};

test('probes, two short runs under the first seed, and whole runs of as many cuts as the budget allows', async () => {
  const { study, asked } = recordedStudy(planOf(), ({ cut, epochs }) => RUNS[cut!]![epochs]!, { 'probe sweep': sweep });
  const result = await fast(study);
  expect(result.cut).toBe('block_10_project_BN');
  const at = (stage: string) => result.trials.filter((trial) => trial.stage === stage).map(({ cut }) => cut);
  expect(at('probe')).toEqual(POINTS.map(({ name }) => name));
  expect(at('rung 1')).toEqual(Object.keys(RUNS));
  expect(at('rung 2')).toEqual(['block_10_project_BN', 'block_13_project_BN', 'block_14_add']);
  expect(at('finish')).toEqual(['block_10_project_BN', 'block_13_project_BN']);
  expect(asked.filter(({ seed }) => seed !== 0).every(({ epochs }) => epochs === 6)).toBe(true);

  // A run that goes on counts once, as the longest: 1 + 1 short ones, 3 half ones that end, 2 × 3 whole ones; and the probes.
  expect(result.trainingSeconds).toBe(1 + 1 + 3 + 2 * 3 * 6 + 5);
  expect(result.exhaustiveSeconds! / result.trainingSeconds).toBeGreaterThan(4);
  expect(result.reason).toBe(
    'block_10_project_BN has the best validation AUPRC, 0.744 ± 0.000 (3 seeds), of 2 cuts finished out of 5 tried in ' +
      'short runs and 19 probed, with 21 % of the multiply-accumulates of the two-stage search.',
  );
});

test('the same search with a cosine schedule: no run goes on, and each is counted', async () => {
  const plan = planOf();
  plan.base.schedule = { kind: 'cosine', minimum: 0 };
  const { study } = recordedStudy(plan, ({ cut, epochs }) => RUNS[cut!]![epochs]!, { 'probe sweep': sweep });
  const result = await fast(study);
  expect(result.trainingSeconds).toBe(5 * 1 + 3 * 3 + 2 * 3 * 6 + 5);
});
