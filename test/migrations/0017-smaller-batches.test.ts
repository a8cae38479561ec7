import { expect, onTestFinished, test } from 'vitest';
import { batchInForce } from '../../src-main/contract/smallerBatch.ts';
import { describeRun } from '../../src-main/cli/text/run.ts';
import { listDamaged } from '../../src-main/engine/storage/damaged.ts';
import { openWorkspace } from '../../src-main/engine/store/workspace.ts';
import { earlierStore } from '../support/earlierStore.ts';
import { temporaryFolder } from '../support/folder.ts';

test('a run of an earlier version took the batches of its plan; where one takes smaller ones that is kept, told, and ends with another plan', async () => {
  const folder = temporaryFolder();
  earlierStore(folder, 16, ['old', 'new']).close();

  const workspace = openWorkspace(folder);
  onTestFinished(() => workspace.close());
  const { store } = workspace;
  const before = store.runs.get('old');
  expect(before.smallerBatches).toBeUndefined();
  expect(batchInForce(before)).toBe(16);

  const first = { epoch: 3, step: 17, batch: 8, before: 16 };
  const second = { epoch: 4, step: 1, batch: 4, before: 8 };
  store.runs.addSmallerBatch('old', first);
  store.runs.addSmallerBatch('old', second);
  const after = store.runs.get('old');
  expect(after).toEqual({ ...before, smallerBatches: [first, second] });
  expect([2, 3, 4].map((epoch) => batchInForce(after, epoch))).toEqual([16, 8, 4]);
  expect(batchInForce(after)).toBe(4);
  expect(describeRun(after, [])).toContain(
    'From epoch 3, step 17 on the batch is 8: 16 did not fit into memory.\nFrom epoch 4, step 1 on the batch is 4:',
  );
  expect(store.log.list().filter(({ what }) => what === 'run.smaller-batch')).toHaveLength(2);

  store.epochs.takeOver('old', 'new');
  expect(store.runs.get('new').smallerBatches).toEqual([first, second]);
  store.runs.setBatch('new', 2);
  expect(store.runs.get('new')).toMatchObject({ plan: { batch: 2 }, smallerBatches: undefined });
  expect(await listDamaged(store)).toEqual([]);
});
