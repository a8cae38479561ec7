import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ComparisonEvent } from '../../../src-main/contract/comparison/index.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { smallStudy } from '../../support/pictures.ts';
import { services, tinyPlan } from './inProcess.ts';

test('a learning curve trains on nested shares of the training patients and tests on the same ones', async () => {
  const folder = temporaryFolder();
  await smallStudy(join(folder, 'study'), { patients: 16, each: 2 });
  const { call, close } = await services(join(folder, 'workspace'));
  const { cut, ...base } = tinyPlan(join(folder, 'study'), { epochs: 1, backbone: 'mobilenet_v2_050_keras' });
  const { id } = await call('comparison.start', {
    kind: 'learning-curve',
    base,
    strategies: ['truncated'],
    cuts: [cut!],
    shares: [0.25, 1],
    seeds: [3],
  });
  const events: ComparisonEvent[] = [];
  await call('comparison.watch', { id }, (event) => events.push(event));
  await call('comparison.openTest', { id });
  const comparison = await call('comparison.get', { id });
  await close();

  expect(comparison).toMatchObject({ status: 'completed', error: null });
  const said = events.flatMap((event) => (event.kind === 'run' && event.event.kind === 'stage' ? [event.event] : []));
  // 16 patients of two images, 8 of them for training, 4 of each class.
  expect(said.filter(({ stage }) => stage === 'training').map(({ message }) => message)).toEqual([
    'Training on 4 images',
    'Training on 16 images',
  ]);
  expect(comparison.result).toMatchObject({
    kind: 'learning-curve',
    images: 8,
    patients: 4,
    points: [
      { strategy: 'truncated', share: 0.25, patients: 2, runs: 1, failures: 0, convergence: { epochs: 1 } },
      { strategy: 'truncated', share: 1, patients: 8, runs: 1, failures: 0 },
    ],
  });
  const points = comparison.result?.kind === 'learning-curve' ? comparison.result.points : [];
  expect(points[1]!.auroc!.mean).toBe(comparison.cells[1]!.testAuroc);
  expect(points[1]!.aurocInterval!.value).toBeCloseTo(comparison.cells[1]!.testAuroc!, 12);
});
