import { expect, test } from 'vitest';
import type { ProbeSweep } from '../../../../src-main/contract/probe.ts';
import type { ComparisonCell } from '../../../../src-main/contract/comparison/shared.ts';
import { fast } from '../../../../src-main/engine/comparisons/search/fast.ts';
import { planOf, POINTS, recordedComparison } from './recorded.ts';

// Recorded on the pictures of `textures` (DTD, ten classes) at 64 pixels: probes with their standard errors, and validation
// AUPRC of the first seed after 1 and 2 epochs, and of three seeds after 6, from block_2_add on.
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
const RUNS: Record<string, { 1: number; 2: number; 6: readonly [number, number, number] }> = {
  block_2_add: { 1: 0.138, 2: 0.147, 6: [0.232, 0.349, 0.339] },
  block_3_project_BN: { 1: 0.148, 2: 0.205, 6: [0.332, 0.371, 0.393] },
  block_4_add: { 1: 0.148, 2: 0.216, 6: [0.436, 0.48, 0.484] },
  block_5_add: { 1: 0.177, 2: 0.234, 6: [0.47, 0.487, 0.499] },
  block_6_project_BN: { 1: 0.281, 2: 0.451, 6: [0.61, 0.605, 0.616] },
  block_7_add: { 1: 0.357, 2: 0.475, 6: [0.627, 0.662, 0.669] },
  block_8_add: { 1: 0.392, 2: 0.522, 6: [0.655, 0.667, 0.733] },
  block_9_add: { 1: 0.385, 2: 0.54, 6: [0.641, 0.685, 0.678] },
  block_10_project_BN: { 1: 0.514, 2: 0.655, 6: [0.744, 0.722, 0.742] },
  block_11_add: { 1: 0.528, 2: 0.604, 6: [0.715, 0.693, 0.72] },
  block_12_add: { 1: 0.439, 2: 0.532, 6: [0.66, 0.657, 0.732] },
  block_13_project_BN: { 1: 0.482, 2: 0.611, 6: [0.696, 0.676, 0.723] },
  block_14_add: { 1: 0.478, 2: 0.62, 6: [0.664, 0.677, 0.732] },
  block_15_add: { 1: 0.419, 2: 0.529, 6: [0.631, 0.677, 0.723] },
  block_16_project_BN: { 1: 0.354, 2: 0.488, 6: [0.522, 0.595, 0.683] },
  out_relu: { 1: 0.293, 2: 0.509, 6: [0.643, 0.613, 0.659] },
};

const recorded = ({ cut, epochs, seed }: ComparisonCell): number => {
  const runs = RUNS[cut!]!;
  return epochs === 6 ? runs[6][seed as 0 | 1 | 2] : runs[epochs as 1 | 2];
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

const named = (cut: string): string => `block_${cut}`;

test('probes, two short runs under the first seed, and whole runs of ever fewer cuts, seed after seed', async () => {
  const { comparison, asked } = recordedComparison(planOf(), recorded, { 'probe sweep': sweep });
  const result = await fast(comparison);
  expect(result.cut).toBe('block_10_project_BN');
  const at = (stage: string) => result.trials.filter((trial) => trial.stage === stage).map(({ cut }) => cut);
  expect(at('probe')).toEqual(POINTS.map(({ name }) => name));
  // All whose probes are not too far behind, though those of block_12 and out_relu are among the worst of these.
  expect(at('rung 1')).toEqual(POINTS.slice(4).map(({ name }) => name));
  // The best five together with their neighbours, and of these as many as the budget allows, fewer under later seeds.
  expect(at('rung 2')).toEqual(['11_add', '10_project_BN', '13_project_BN', '14_add', '12_add'].map(named));
  expect(at('seed 1')).toEqual(['10_project_BN', '14_add'].map(named));
  expect(at('seed 2')).toEqual(['block_10_project_BN']);
  expect(at('seed 3')).toEqual(['block_10_project_BN']);
  expect(asked.filter(({ seed }) => seed !== 0).every(({ epochs }) => epochs === 6)).toBe(true);
  const last = result.trials.findLast(({ cut }) => cut === result.cut)!.validationAuprc!;
  expect(last.mean).toBeCloseTo((0.744 + 0.722 + 0.742) / 3);
  expect(result.validationAuprc).toEqual(last);

  // A run that goes on counts once, as the longest: ten that end after rung 1, three after rung 2, four whole ones; and the
  // probes.
  expect(result.trainingSeconds).toBe(10 * 1 + 3 * 2 + 4 * 6 + 5);
  expect(result.exhaustiveSeconds! / result.trainingSeconds).toBeGreaterThan(4);
  expect(result.reason).toBe(
    'block_10_project_BN has the best validation AUPRC, 0.736 ± 0.012 (3 seeds), of 1 cut trained under as many seeds, ' +
      'out of 15 tried in short runs and 19 probed, with about 19 % of the computing of the two-stage search.',
  );
});

test('the same search with a cosine schedule: no run goes on, and each is counted', async () => {
  const plan = planOf();
  plan.base.schedule = { kind: 'cosine', minimum: 0 };
  const { comparison } = recordedComparison(plan, recorded, { 'probe sweep': sweep });
  const result = await fast(comparison);
  expect(result.trainingSeconds).toBe(15 * 1 + 5 * 2 + 4 * 6 + 5);
});
