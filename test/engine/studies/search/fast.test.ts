import { expect, test } from 'vitest';
import type { ProbeSweep } from '../../../../src-main/contract/probe.ts';
import { fast } from '../../../../src-main/engine/studies/search/fast.ts';
import { planOf, POINTS, recordedStudy } from './recorded.ts';

// Recorded on the pictures of `textures` (DTD, ten classes) at 64 pixels: probes with their standard errors, and validation
// AUPRC of the first seed after 1, 4 and 6 epochs, from block_7_add on.
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
  block_7_add: { 1: 0.357, 4: 0.605, 6: 0.627 },
  block_8_add: { 1: 0.392, 4: 0.608, 6: 0.655 },
  block_9_add: { 1: 0.385, 4: 0.613, 6: 0.641 },
  block_10_project_BN: { 1: 0.514, 4: 0.73, 6: 0.744 },
  block_11_add: { 1: 0.528, 4: 0.673, 6: 0.715 },
  block_12_add: { 1: 0.439, 4: 0.625, 6: 0.66 },
  block_13_project_BN: { 1: 0.482, 4: 0.674, 6: 0.696 },
  block_14_add: { 1: 0.478, 4: 0.654, 6: 0.664 },
  block_15_add: { 1: 0.419, 4: 0.631, 6: 0.631 },
  block_16_project_BN: { 1: 0.354, 4: 0.522, 6: 0.522 },
  out_relu: { 1: 0.293, 4: 0.581, 6: 0.643 },
};

/** Their probes lose to a neighbour's, or are too far behind. */
const NOT_TRIED = ['block_9_add', 'block_12_add', 'block_15_add'];

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
  expect(at('rung 1')).toEqual(Object.keys(RUNS).filter((cut) => !NOT_TRIED.includes(cut)));
  expect(at('rung 2').toSorted()).toEqual([
    'block_10_project_BN',
    'block_11_add',
    'block_13_project_BN',
    'block_14_add',
  ]);
  expect(at('finish')).toEqual(['block_10_project_BN']);
  expect(asked.filter(({ seed }) => seed !== 0).every(({ epochs }) => epochs === 6)).toBe(true);

  // A run that goes on counts once, as the longest: four short ones, three that end after rung 2, three whole ones; and the probes.
  expect(result.trainingSeconds).toBe(4 * 1 + 3 * 4 + 3 * 6 + 5);
  expect(result.exhaustiveSeconds! / result.trainingSeconds).toBeGreaterThan(4);
  expect(result.reason).toBe(
    'block_10_project_BN has the best validation AUPRC, 0.744 ± 0.000 (3 seeds), of 1 cut finished out of 8 tried in ' +
      'short runs and 19 probed, with 17 % of the multiply-accumulates of the two-stage search.',
  );
});

test('the same search with a cosine schedule: no run goes on, and each is counted', async () => {
  const plan = planOf();
  plan.base.schedule = { kind: 'cosine', minimum: 0 };
  const { study } = recordedStudy(plan, ({ cut, epochs }) => RUNS[cut!]![epochs]!, { 'probe sweep': sweep });
  const result = await fast(study);
  expect(result.trainingSeconds).toBe(8 * 1 + 4 * 4 + 3 * 6 + 5);
});
