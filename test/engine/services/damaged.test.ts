import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import type { StoredKind } from '../../../src-main/contract/storage.ts';
import { rowsOf } from '../../../src-main/contract/table.ts';
import { breathe } from '../../../src-main/engine/breathe.ts';
import { AT_ONCE, listDamaged } from '../../../src-main/engine/storage/damaged.ts';
import { openWorkspace } from '../../../src-main/engine/store/workspace.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { storeRuns } from '../../support/manyRuns.ts';
import { services } from './inProcess.ts';

const RUNS = 300;

/** A workspace with many runs, some of which can no longer be read: the last ones. */
function workspaceWith(damaged: number): { folder: string; lost: string[] } {
  const folder = temporaryFolder();
  const { store, close } = openWorkspace(folder);
  storeRuns(store, RUNS);
  const lost = store.storage.ids('runs').slice(-damaged);
  close();
  const db = new Sqlite(join(folder, 'cutpoint.db'));
  for (const id of lost) db.prepare(`UPDATE runs SET plan = '{' WHERE id = ?`).run(id);
  db.close();
  return { folder, lost };
}

test('while all that is stored is read for damage, others are answered', async () => {
  const { folder, lost } = workspaceWith(2);
  const { call, close } = await services(folder);
  // Each turn of the event loop is one in which a message could have been answered.
  let [turns, over] = [0, false];
  const turn = () => {
    turns++;
    if (!over) setImmediate(turn);
  };
  setImmediate(turn);
  const order: string[] = [];
  const looking = call('storage.damaged', {}).then((damaged) => {
    over = true;
    order.push('storage.damaged');
    return damaged;
  });
  // Once it has begun.
  await breathe();
  const [newest] = rowsOf(await call('run.list', {}));
  await call('run.get', { id: newest!.id });
  order.push('run.list, run.get');
  expect((await looking).map(({ kind, id }) => [kind, id])).toEqual(lost.map((id) => ['run', id]));
  expect(order).toEqual(['run.list, run.get', 'storage.damaged']);
  expect(turns).toBeGreaterThanOrEqual(RUNS / AT_ONCE.run);
  await close();
});

test('a row that is removed while it is looked for is not damaged', async () => {
  const { folder, lost } = workspaceWith(2);
  const { store, close } = openWorkspace(folder);
  const looking = listDamaged(store);
  store.storage.remove({
    runs: lost.slice(1),
    studies: [],
    comparisons: [],
    sources: [],
    datasets: [],
    exports: [],
    jobs: [],
  });
  expect((await looking).map(({ id }) => id)).toEqual(lost.slice(0, 1));
  close();
});

test('who no longer wants to know stops it', async () => {
  const { folder } = workspaceWith(1);
  const { store, close } = openWorkspace(folder);
  const abort = new AbortController();
  const read: StoredKind[] = [];
  const storage: typeof store.storage = {
    ...store.storage,
    damagedOf(kind, ids) {
      read.push(kind);
      return store.storage.damagedOf(kind, ids);
    },
  };
  const looking = listDamaged({ storage }, { signal: abort.signal });
  abort.abort(new Error('enough'));
  await expect(looking).rejects.toThrow('enough');
  expect(read).toEqual(['study']);
  close();
});
