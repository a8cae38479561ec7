import { spawnSync } from 'node:child_process';
import {
  symlinkSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { CutpointError } from '../../../src-main/contract/errors.ts';
import { backupStore, inspectBackup, restoreStore } from '../../../src-main/engine/store/backup.ts';
import { openDatabase } from '../../../src-main/engine/store/database.ts';
import { migrate, MIGRATIONS } from '../../../src-main/engine/store/migrate.ts';
import { openWorkspace } from '../../../src-main/engine/store/workspace.ts';
import { exampleDataset } from '../../support/dataset.ts';
import { temporaryFolder } from '../../support/folder.ts';

function failure(work: () => unknown): CutpointError {
  try {
    work();
  } catch (error) {
    if (error instanceof CutpointError) return error;
    throw error;
  }
  throw new Error('it did not fail');
}

/** A workspace with a dataset in it, closed. */
function workspaceWithDataset(): { folder: string; id: string; salt: Buffer } {
  const { folder, store, salt, close } = openWorkspace(join(temporaryFolder(), 'workspace'));
  const id = store.datasets.save(exampleDataset());
  close();
  return { folder, id, salt };
}

describe('a store that is not what it was', () => {
  const harms: [string, (path: string) => void, string][] = [
    ['0 bytes', (path) => truncateSync(path, 0), 'is empty (0 bytes)'],
    ['1 byte', (path) => truncateSync(path, 1), 'is not a database'],
    ['a header alone', (path) => truncateSync(path, 100), 'was cut off (100 bytes are left)'],
    ['zeros', (path) => writeFileSync(path, Buffer.alloc(8192)), 'is not a database'],
    ['text', (path) => writeFileSync(path, 'version https://git-lfs.github.com/spec/v1\n'), 'is not a database'],
  ];
  test.each(harms)('%s: refused with a sentence, and left alone', (_, harm, sentence) => {
    const { folder } = workspaceWithDataset();
    const path = join(folder, 'cutpoint.db');
    harm(path);
    const before = readFileSync(path);
    const error = failure(() => openWorkspace(folder).close());
    expect(error).toMatchObject({ code: 'STORE_CORRUPT', remedy: expect.stringContaining('cutpoint restore FILE') });
    expect(error.message).toContain(sentence);
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test.each(['checkpoints/20261128-101010-abcd/epoch-00001.safetensors', 'sources/a.safetensors', 'cutpoint.db-wal'])(
    'gone, but %s is there: refused, and no new one is made',
    (left) => {
      const { folder } = workspaceWithDataset();
      rmSync(join(folder, 'cutpoint.db'));
      mkdirSync(join(folder, left, '..'), { recursive: true });
      writeFileSync(join(folder, left), 'x');
      const error = failure(() => openWorkspace(folder).close());
      expect(error.code).toBe('STORE_CORRUPT');
      expect(error.message).toContain(`is missing, but there is '${left.split('/')[0]}'`);
      expect(existsSync(join(folder, 'cutpoint.db'))).toBe(false);
      if (left.endsWith('-wal')) expect(readFileSync(join(folder, left), 'utf8')).toBe('x');
    },
  );

  test('what a kill left of making a new one is no store', () => {
    const folder = temporaryFolder();
    for (const name of ['cutpoint.db.new', 'cutpoint.db.new-journal']) writeFileSync(join(folder, name), '');
    openWorkspace(folder).close();
    expect(readdirSync(folder).filter((name) => name.includes('.new'))).toEqual([]);
  });
});

describe('the lock file', () => {
  const noise = Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 131 + 7) % 251));
  const other = new Sqlite(':memory:');
  other.exec('CREATE TABLE a (b)');
  const database = other.serialize();
  other.close();
  test.each([
    ['empty', Buffer.alloc(0)],
    ['an old process number', Buffer.from('4711\n')],
    ['noise', noise],
    ['zeros', Buffer.alloc(4096)],
    ['a damaged database', Buffer.concat([database.subarray(0, 100), noise])],
    ['the database of another program', database],
  ])('%s in it does not keep anybody out, and does not let a second engine in', (_, content) => {
    const { folder } = workspaceWithDataset();
    writeFileSync(join(folder, 'workspace.lock'), content);
    writeFileSync(join(folder, 'workspace.pid'), content);
    const first = openWorkspace(folder);
    expect(failure(() => openWorkspace(folder))).toMatchObject({
      code: 'WORKSPACE_LOCKED',
      details: { pid: process.pid },
    });
    first.close();
  });

  test.each(['', 'garbage', '12 monkeys', '-1', '0', '999999999', '99999999999999999999'])(
    'names no process where the signature is %j',
    (signature) => {
      const { folder, close } = openWorkspace(temporaryFolder());
      writeFileSync(join(folder, 'workspace.pid'), signature);
      const error = failure(() => openWorkspace(folder));
      expect(error).toMatchObject({ code: 'WORKSPACE_LOCKED', details: {} });
      expect(error.message).toContain('in use by another Cutpoint engine.');
      close();
    },
  );
});

describe('backups', () => {
  test('one is whole, closed to others, never replaces a file unasked, and can be put back', async () => {
    const { folder, id, salt } = workspaceWithDataset();
    const file = join(temporaryFolder(), 'results.db');
    const db = openDatabase(join(folder, 'cutpoint.db'));
    expect(await backupStore(db, file, { overwrite: false })).toEqual({
      studies: 0,
      runs: 0,
      comparisons: 0,
      sources: 0,
      datasets: 1,
    });
    await expect(backupStore(db, file, { overwrite: false })).rejects.toMatchObject({ code: 'FILE_EXISTS' });
    await backupStore(db, file, { overwrite: true });
    await expect(backupStore(db, join(folder, 'no', 'x.db'), { overwrite: false })).rejects.toMatchObject({
      code: 'BACKUP_FAILED',
    });
    db.close();
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o077).toBe(0);
    expect(readdirSync(join(file, '..'))).toEqual(['results.db']);

    truncateSync(join(folder, 'cutpoint.db'), 0);
    const restored = restoreStore(folder, file);
    expect(restored).toMatchObject({ datasets: 1 });
    expect(statSync(restored.replaced!).size).toBe(0);
    const again = openWorkspace(folder);
    expect(again.salt).toEqual(salt);
    expect(again.store.datasets.load(id)).toEqual(exampleDataset());
    expect(failure(() => restoreStore(folder, file)).code).toBe('WORKSPACE_LOCKED');
    again.close();
    // A new workspace takes one as well.
    const other = join(temporaryFolder(), 'moved');
    restoreStore(other, file);
    const moved = openWorkspace(other);
    expect(moved.store.datasets.load(id)).toEqual(exampleDataset());
    moved.close();
  });

  test('what is none is refused, and nothing is changed', () => {
    const { folder, id } = workspaceWithDataset();
    const place = temporaryFolder();
    const foreign = join(place, 'foreign.db');
    new Sqlite(foreign).exec('CREATE TABLE a (b)').close();
    const newer = join(place, 'newer.db');
    renameSync(join(workspaceWithDataset().folder, 'cutpoint.db'), newer);
    const db = new Sqlite(newer);
    db.pragma('user_version = 9999');
    db.close();
    writeFileSync(join(place, 'text.db'), 'hello'.repeat(500));
    writeFileSync(join(place, 'empty.db'), '');
    expect(failure(() => restoreStore(folder, newer)).code).toBe('STORE_NEWER');
    for (const name of ['foreign.db', 'text.db', 'empty.db'])
      expect(failure(() => restoreStore(folder, join(place, name))).code).toBe('BACKUP_FAILED');
    expect(failure(() => restoreStore(folder, join(place, 'none.db'))).code).toBe('FILE_NOT_READABLE');
    const { store, close } = openWorkspace(folder);
    expect(store.datasets.load(id).images).toHaveLength(exampleDataset().images.length);
    close();
  });

  test('none is written among the files that the workspace works with, and what is no file is none', async () => {
    const folder = temporaryFolder();
    const workspace = openWorkspace(folder);
    workspace.store.datasets.save(exampleDataset());
    const link = join(temporaryFolder(), 'link');
    symlinkSync(folder, link);
    for (const file of ['cutpoint.db', 'cutpoint.db-wal', 'checkpoints/x.db', 'x.db'])
      for (const parent of [folder, link])
        await expect(workspace.backup(join(parent, file), { overwrite: true })).rejects.toMatchObject({
          code: 'BACKUP_FAILED',
          message: expect.stringContaining('among the files that the workspace works with'),
        });
    mkdirSync(join(folder, 'backups'), { recursive: true });
    expect(await workspace.backup(join(folder, 'backups/x.db'), { overwrite: false })).toMatchObject({ datasets: 1 });
    workspace.close();
    expect(() => restoreStore(folder, join(folder, 'backups'))).toThrow(
      expect.objectContaining({ code: 'FILE_NOT_READABLE' }),
    );
    if (process.platform === 'linux') {
      spawnSync('mkfifo', [join(folder, 'pipe')]);
      expect(() => restoreStore(folder, join(folder, 'pipe'))).toThrow(
        expect.objectContaining({ code: 'FILE_NOT_READABLE' }),
      );
    }
  });

  test('one is kept before an update of the store, the newest five of them', () => {
    const folder = temporaryFolder();
    const old = openDatabase(join(folder, 'cutpoint.db'));
    migrate(old, folder, MIGRATIONS.slice(0, 1));
    old.prepare("INSERT INTO audit_log (at, what, object) VALUES ('', 'x', 'y')").run();
    old.close();
    mkdirSync(join(folder, 'backups'));
    for (let day = 10; day < 17; day++)
      writeFileSync(join(folder, 'backups', `before-update-of-v1-202601${day}-000000-0000.db`), '');
    writeFileSync(join(folder, 'backups', 'mine.db'), '');
    openWorkspace(folder).close();
    openWorkspace(folder).close();
    const names = readdirSync(join(folder, 'backups'));
    expect(names).toHaveLength(6);
    expect(names).toContain('mine.db');
    const newest = names
      .filter((name) => name.startsWith('before'))
      .sort()
      .at(-1)!;
    expect(inspectBackup(join(folder, 'backups', newest))).toMatchObject({ runs: 0 });
    const kept = new Sqlite(join(folder, 'backups', newest), { readonly: true });
    expect(kept.pragma('user_version', { simple: true })).toBe(1);
    expect(kept.prepare('SELECT what FROM audit_log').pluck().all()).toEqual(['x']);
    kept.close();
  });
});
