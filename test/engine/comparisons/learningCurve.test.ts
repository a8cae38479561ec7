import { expect, test } from 'vitest';
import { learningCurvePlan, learningCurveResult } from '../../../src-main/contract/comparison/learningCurve.ts';
import { learningCurveCells, summariseLearningCurve } from '../../../src-main/engine/comparisons/learningCurve.ts';
import { drawnRuns, type DrawnRow } from './drawnTournament.ts';

const plan = learningCurvePlan.parse({
  kind: 'learning-curve',
  base: { data: { folder: '/study' }, backbone: 'mobilenet_v2', source: 'imagenet', epochs: 7 },
  strategies: ['full', 'scratch', 'truncated'],
  cuts: ['features.3', 'features.5'],
  shares: [1, 0.1, 0.1, 0.5],
  seeds: [4, 5],
});

test('every strategy and cut is trained on every share under every seed, the smallest first', () => {
  const cells = learningCurveCells(plan);
  expect(cells).toHaveLength(2 * 3 * 4);
  expect(cells.slice(0, 4)).toEqual(
    (
      [
        ['full', null, 'imagenet'],
        ['scratch', null, null],
        ['truncated', 'features.3', 'imagenet'],
        ['truncated', 'features.5', 'imagenet'],
      ] as const
    ).map(([strategy, cut, source]) => ({ strategy, cut, source, seed: 4, fold: null, share: 0.1, epochs: 7 })),
  );
  expect(cells.map(({ share }) => share).slice(0, 12)).toEqual([0.1, 0.5, 1].flatMap((share) => Array(4).fill(share)));
});

test('points stand by configuration, with intervals over the test patients, and count what failed', async () => {
  const row: DrawnRow = { strategy: 'full', parameters: 1000, skill: 0, source: 'imagenet' };
  const at = (share: number, changes: Partial<DrawnRow>) =>
    drawnRuns([{ ...row, ...changes }], { seeds: [4, 5] }).map((run) => ({
      ...run,
      record: { ...run.record, cell: { ...run.record.cell, share } },
    }));
  const scratch = { strategy: 'scratch', source: null } as const;
  const [lost, ...rest] = at(0.1, { ...scratch, failed: [0] });
  const kept = at(0.1, { ...scratch, skill: 0.5 })[1]!;
  const runs = [...at(0.1, { skill: 1 }), lost!, kept, ...at(1, { skill: 2 }), ...at(1, { ...scratch, failed: [0] })];
  expect(rest).toHaveLength(1);
  const patients = new Map([
    [0.1, 8],
    [1, 80],
  ]);
  const result = await summariseLearningCurve(plan, { runs, patients });
  expect(learningCurveResult.parse(result)).toEqual(result);
  expect(result).toMatchObject({ images: 100, patients: 100, patientsOfRarestClass: 50, resamples: 2000 });
  expect(result.points.map(({ strategy, share, patients }) => [strategy, share, patients])).toEqual([
    ['full', 0.1, 8],
    ['full', 1, 80],
    ['scratch', 0.1, 8],
    ['scratch', 1, 80],
  ]);
  const [small, large, half, none] = result.points;
  expect(small).toMatchObject({ runs: 2, failures: 0, auroc: { n: 2 }, convergence: { epochs: 2, seconds: 20 } });
  expect(small!.aurocInterval).toMatchObject({ method: 'bootstrap' });
  expect(small!.aurocInterval!.high).toBeLessThan(large!.auroc!.mean);
  expect(half).toMatchObject({ runs: 2, failures: 1, auroc: { n: 1, deviation: null } });
  expect(none).toMatchObject({ runs: 2, failures: 2, auroc: null, aurocInterval: null, convergence: null });
});
