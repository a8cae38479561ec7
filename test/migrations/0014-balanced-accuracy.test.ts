import { expect, onTestFinished, test } from 'vitest';
import { listDamaged } from '../../src-main/engine/storage/damaged.ts';
import { rowChecksum } from '../../src-main/engine/store/checksum.ts';
import { openWorkspace } from '../../src-main/engine/store/workspace.ts';
import { earlierStore } from '../support/earlierStore.ts';
import { temporaryFolder } from '../support/folder.ts';

test('an epoch of an earlier version is whole, without a balanced accuracy; a later one has it, also where it is taken over', async () => {
  const folder = temporaryFolder();
  const db = earlierStore(folder, 13, ['old', 'new']);
  const record = {
    ...{ epoch: 1, stage: 'fine-tuning' as const, trainLoss: 0.5, validationLoss: 0.6, validationAuroc: 0.7 },
    ...{ validationAuprc: 0.8, validationAccuracy: 0.9, learningRate: 1e-3, seconds: 2, liveTensors: 3 },
  };
  const kept = { checkpoint: 'epoch-00001.safetensors', crc32: 5 };
  // As the version before wrote it.
  const stored = rowChecksum(Object.entries({ ...record, ...kept }).sort(([a], [b]) => (a < b ? -1 : 1)));
  db.prepare(
    `INSERT INTO epochs (run_id, epoch, stage, train_loss, validation_loss, validation_auroc, validation_auprc,
       validation_accuracy, learning_rate, seconds, live_tensors, checkpoint, checkpoint_crc32, row_crc32)
     VALUES ('old', @epoch, @stage, @trainLoss, @validationLoss, @validationAuroc, @validationAuprc,
       @validationAccuracy, @learningRate, @seconds, @liveTensors, @checkpoint, @crc32, @stored)`,
  ).run({ ...record, ...kept, stored });
  db.close();

  const workspace = openWorkspace(folder);
  onTestFinished(() => workspace.close());
  const { store } = workspace;
  const before = { ...record, validationBalancedAccuracy: null };
  expect(store.runs.get('old').epochs).toEqual([before]);
  const after = { ...record, epoch: 2, validationBalancedAccuracy: 0.75 };
  store.epochs.add('old', after, { checkpoint: 'epoch-00002.safetensors', crc32: 6, isBest: true });
  store.epochs.takeOver('old', 'new');
  for (const id of ['old', 'new']) expect(store.runs.get(id).epochs).toEqual([before, after]);
  expect(await listDamaged(store)).toEqual([]);
});
