import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { trainingPlan } from '../../src-main/contract/plan.ts';
import { listDamaged } from '../../src-main/engine/storage/damaged.ts';
import { rowChecksum } from '../../src-main/engine/store/checksum.ts';
import { openDatabase } from '../../src-main/engine/store/database.ts';
import { migrate, MIGRATIONS } from '../../src-main/engine/store/migrate.ts';
import { openWorkspace } from '../../src-main/engine/store/workspace.ts';
import { temporaryFolder } from '../support/folder.ts';

test('an epoch of rate 0 in a run of an earlier version that ends in an SVM is its stage; all others are fine-tuning', async () => {
  const folder = temporaryFolder();
  const db = openDatabase(join(folder, 'cutpoint.db'));
  migrate(db, folder, MIGRATIONS.slice(0, 6));
  for (const classifier of ['svm', 'softmax']) {
    const plan = trainingPlan.parse({ data: { folder: '/study' }, backbone: 'resnet18', cut: 'layer3.1', classifier });
    db.prepare(
      `INSERT INTO runs (id, status, created_at, plan, classes, parameters, macs)
       VALUES (?, 'interrupted', '2026-01-01T00:00:00.000Z', ?, '["a","b"]', 1, 1)`,
    ).run(classifier, JSON.stringify(plan));
    for (const [index, learningRate] of [1e-3, 5e-4, 0].entries()) {
      const record = {
        ...{ epoch: index + 1, trainLoss: 0.5, validationLoss: 0.6, validationAuroc: 0.7, validationAuprc: 0.8 },
        ...{ validationAccuracy: 0.9, learningRate, seconds: 2, liveTensors: 3 },
      };
      const kept = { checkpoint: `epoch-0000${index + 1}.safetensors`, crc32: null };
      // As the version before wrote it.
      const stored = rowChecksum(Object.entries({ ...record, checkpoint: kept.checkpoint }).sort());
      db.prepare(
        `INSERT INTO epochs (run_id, epoch, train_loss, validation_loss, validation_auroc, validation_auprc,
           validation_accuracy, learning_rate, seconds, live_tensors, checkpoint, checkpoint_crc32, row_crc32)
         VALUES (@run, @epoch, @trainLoss, @validationLoss, @validationAuroc, @validationAuprc, @validationAccuracy,
           @learningRate, @seconds, @liveTensors, @checkpoint, @crc32, @stored)`,
      ).run({ run: classifier, ...record, ...kept, stored });
    }
  }
  db.close();

  const workspace = openWorkspace(folder);
  onTestFinished(() => workspace.close());
  const { store } = workspace;
  const stagesOf = (run: string) => store.runs.get(run).epochs.map(({ stage }) => stage);
  expect(stagesOf('svm')).toEqual(['fine-tuning', 'fine-tuning', 'svm']);
  expect(stagesOf('softmax')).toEqual(['fine-tuning', 'fine-tuning', 'fine-tuning']);
  store.epochs.setChecksum('svm', 3, 77);
  expect(store.epochs.last('svm')).toMatchObject({
    crc32: 77,
    record: { epoch: 3, stage: 'svm', validationAuprc: 0.8 },
  });

  const { record } = store.epochs.last('softmax')!;
  const kept = { checkpoint: 'epoch-00004.safetensors', crc32: 4, isBest: true };
  store.epochs.add('softmax', { ...record, epoch: 4, stage: 'svm' }, kept);
  expect(stagesOf('softmax').at(-1)).toBe('svm');
  expect(await listDamaged(store)).toEqual([]);
});
