import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { trainingPlan } from '../../src-main/contract/plan.ts';
import { openDatabase } from '../../src-main/engine/store/database.ts';
import { migrate } from '../../src-main/engine/store/migrate.ts';
import { initial } from '../../src-main/engine/store/migrations/0001-initial.ts';
import { sourcesAndExports } from '../../src-main/engine/store/migrations/0002-sources-and-exports.ts';
import { openWorkspace } from '../../src-main/engine/store/workspace.ts';
import { exampleDataset } from '../support/dataset.ts';
import { temporaryFolder } from '../support/folder.ts';

test('runs of an earlier version belong to no comparison and are fine-tuned as they were', () => {
  const folder = temporaryFolder();
  const db = openDatabase(join(folder, 'cutpoint.db'));
  migrate(db, folder, [initial, sourcesAndExports]);
  const { data, backbone, cut, epochs } = trainingPlan.parse({
    data: { folder: '/study' },
    backbone: 'resnet18',
    cut: 'layer3.1',
  });
  db.prepare(
    `INSERT INTO runs (id, status, created_at, plan, classes, parameters, macs)
     VALUES ('r', 'completed', '2026-01-01T00:00:00.000Z', ?, '["a","b"]', 1, 1)`,
  ).run(JSON.stringify({ data, backbone, cut, epochs, strategy: 'truncated' }));
  db.close();

  const workspace = openWorkspace(folder);
  onTestFinished(() => workspace.close());
  const { store } = workspace;
  expect(store.runs.get('r')).toMatchObject({
    comparison: null,
    plan: { strategy: 'truncated', initialisation: 'pretrained', classifier: 'softmax', trainShare: 1 },
  });
  expect(store.comparisons.list()).toEqual([]);

  const base = trainingPlan.parse({ data, backbone });
  const dataset = store.datasets.save(exampleDataset());
  const { id } = store.comparisons.create({
    plan: { kind: 'learning-curve', base, strategies: ['full'], cuts: [], shares: [1], seeds: [0], confidence: 0.95 },
    classes: ['a', 'b'],
    dataset,
    test: null,
  });
  expect(store.comparisons.get(id)).toMatchObject({
    kind: 'learning-curve',
    status: 'queued',
    cells: [],
    result: null,
  });
});
