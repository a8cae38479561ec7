import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { trainingPlan } from '../../src-main/contract/plan.ts';
import { openDatabase } from '../../src-main/engine/store/database.ts';
import { migrate } from '../../src-main/engine/store/migrate.ts';
import { initial } from '../../src-main/engine/store/migrations/0001-initial.ts';
import { openWorkspace } from '../../src-main/engine/store/workspace.ts';
import { temporaryFolder } from '../support/folder.ts';

test('sources, runs and exports of an earlier version are as they were, and say of the new what is known of it', () => {
  const folder = temporaryFolder();
  const db = openDatabase(join(folder, 'cutpoint.db'));
  migrate(db, folder, [initial]);
  db.exec(`INSERT INTO sources (name, backbone, file, format, sha256, bytes, added_at, matched, parameters, weights_file)
    VALUES ('ImageNet', 'resnet18', '/w.h5', 'keras-h5', 'ab', 9, '2026-01-01T00:00:00.000Z', 62, 100, 'i.safetensors')`);
  const { channels: _channels, ...plan } = trainingPlan.parse({ data: { folder: '/study' }, backbone: 'resnet18' });
  db.prepare(
    `INSERT INTO runs (id, status, created_at, plan, classes, parameters, macs)
     VALUES ('r', 'completed', '2026-01-01T00:00:00.000Z', ?, '["a","b"]', 1, 1)`,
  ).run(JSON.stringify(plan));
  const parity = { images: 32, largestDifference: 1e-6, meanDifference: 1e-7, runtime: 'onnxruntime' };
  db.prepare(
    `INSERT INTO exports (run_id, format, path, bytes, sha256, created_at, parity)
     VALUES ('r', 'onnx', '/m.onnx', 10, 'cd', '2026-01-01T00:00:00.000Z', ?)`,
  ).run(JSON.stringify(parity));
  db.close();

  const workspace = openWorkspace(folder);
  onTestFinished(() => workspace.close());
  const { store } = workspace;
  expect(store.sources.list()).toEqual([
    expect.objectContaining({ name: 'ImageNet', matched: 62, missing: 0, catalogue: null, preprocessing: null }),
  ]);
  expect(store.runs.get('r').plan).toMatchObject({ backbone: 'resnet18', channels: 3 });
  expect(store.exports.list('r')).toEqual([
    expect.objectContaining({
      path: '/m.onnx',
      parity: { ...parity, changedDecisions: null, wholePath: null },
      options: { precision: 'float32', foldBatchNorm: false, anySize: false },
      ...{ certificate: null, card: null, latency: null, effect: null },
    }),
  ]);
});
