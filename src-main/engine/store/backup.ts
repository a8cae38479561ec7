import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import Sqlite from 'better-sqlite3';
import { CutpointError } from '../../contract/errors.ts';
import { makeFolder } from '../../makeFolder.ts';
import type { Writable } from './database.ts';
import { storeFailure } from './failures.ts';
import { lockWorkspace } from './lock.ts';
import { APPLICATION_ID, MIGRATIONS } from './migrate.ts';
import { makePrivate } from './privateFolder.ts';

/** Backups that Cutpoint makes by itself, of which the newest are kept. */
const KEPT = 5;
const AUTOMATIC = /^before-.*\.db$/;

/** How many there are of what a backup holds. */
export interface BackupContents {
  studies: number;
  runs: number;
  comparisons: number;
  sources: number;
  datasets: number;
}

/** `20261128-201503`, UTC. */
const stamp = (): string =>
  new Date()
    .toISOString()
    .replace(/[-:]|\..*/g, '')
    .replace('T', '-');

/**
 * Copies the store with SQLite's own backup, while it is in use, to a file that appears once it is whole and was read
 * back. Only its owner can read it.
 * @throws CutpointError FILE_EXISTS unless it may be replaced, DISK_FULL, BACKUP_FAILED, also among the workspace's own files
 */
export async function backupStore(
  db: Writable,
  file: string,
  { overwrite }: { overwrite: boolean },
): Promise<BackupContents> {
  const path = resolve(file);
  requireOutside(dirname(db.name), path);
  if (existsSync(path) && !overwrite) {
    throw new CutpointError('FILE_EXISTS', `There is already a file '${path}'.`, {
      remedy: 'Choose another name, or say that it may be replaced.',
    });
  }
  const partial = join(dirname(path), `.${randomBytes(4).toString('hex')}.partial`);
  try {
    // Made by us, so that nobody else can read it while it grows.
    closeSync(openSync(partial, 'wx', 0o600));
    await db.backup(partial);
    const contents = inspectBackup(partial);
    sync(partial);
    renameSync(partial, path);
    return contents;
  } catch (thrown) {
    throw notWritten(thrown, path);
  } finally {
    for (const end of ['', '-journal', '-wal', '-shm']) rmSync(`${partial}${end}`, { force: true });
  }
}

/** A copy in the place of the store in use would be lost with all that is written later; `backups` is there for copies. */
function requireOutside(workspace: string, path: string): void {
  const parent = dirname(path);
  // What is not there is refused when it is written.
  if (!existsSync(parent)) return;
  const inside = relative(realpathSync(workspace), realpathSync(parent));
  if (inside === 'backups' || inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)) return;
  throw new CutpointError('BACKUP_FAILED', `'${path}' is among the files that the workspace works with.`, {
    remedy: 'Choose a folder outside of the workspace, best on another disk, or its folder `backups`.',
  });
}

/** Keeps the store as it is now in the workspace's folder `backups`, before something changes all of it. */
export function backupBefore(db: Writable, folder: string, what: string): void {
  const backups = join(folder, 'backups');
  const path = join(backups, `before-${what}-${stamp()}-${randomBytes(2).toString('hex')}.db`);
  try {
    mkdirSync(backups, { recursive: true, mode: 0o700 });
    closeSync(openSync(path, 'wx', 0o600));
    // SQLite's backup in one step: opening does not wait for anything.
    db.prepare('VACUUM INTO ?').run(path);
    inspectBackup(path);
  } catch (thrown) {
    rmSync(path, { force: true });
    throw thrown;
  }
  const automatic = readdirSync(backups).filter((name) => AUTOMATIC.test(name));
  const byAge = automatic.sort((a, b) =>
    a.replace(/^.*-(\d{8}-\d{6})/, '$1').localeCompare(b.replace(/^.*-(\d{8}-\d{6})/, '$1')),
  );
  for (const name of byAge.slice(0, -KEPT)) rmSync(join(backups, name), { force: true });
}

/**
 * Puts a backup in the place of the store. What was there before, damaged or not, is moved to `backups`.
 * @throws CutpointError WORKSPACE_LOCKED while an engine works on the workspace; BACKUP_FAILED, STORE_NEWER where the
 *   file is no store that this version can read. Nothing is changed then.
 */
export function restoreStore(folder: string, file: string): BackupContents & { replaced: string | null } {
  const path = resolve(file);
  const workspace = resolve(folder);
  if (!existsSync(path)) {
    throw new CutpointError('FILE_NOT_READABLE', `There is no file '${path}'.`, { remedy: 'Check its path.' });
  }
  if (!statSync(path).isFile()) {
    throw new CutpointError('FILE_NOT_READABLE', `'${path}' is not a file.`, {
      remedy: 'Name a file that `cutpoint backup` has written.',
    });
  }
  try {
    makeFolder(workspace, 0o700);
    makePrivate(workspace);
    const lock = lockWorkspace(workspace);
    try {
      return exchange(workspace, path);
    } finally {
      lock.release();
    }
  } catch (thrown) {
    throw storeFailure(thrown, workspace);
  }
}

function exchange(workspace: string, file: string): BackupContents & { replaced: string | null } {
  const store = join(workspace, 'cutpoint.db');
  const incoming = join(workspace, 'cutpoint.db.restoring');
  const remove = () => ['', '-journal'].forEach((end) => rmSync(`${incoming}${end}`, { force: true }));
  remove();
  try {
    const contents = inspectBackup(file);
    closeSync(openSync(incoming, 'wx', 0o600));
    // Through SQLite, so that a log beside the file (a copied workspace) is taken along.
    withDatabase(file, (db) => db.prepare('VACUUM INTO ?').run(incoming));
    inspectBackup(incoming);
    sync(incoming);
    const former = join(workspace, 'backups', `replaced-${stamp()}-${randomBytes(2).toString('hex')}.db`);
    mkdirSync(dirname(former), { recursive: true, mode: 0o700 });
    let replaced: string | null = null;
    for (const end of ['-wal', '-shm', '']) {
      if (!existsSync(`${store}${end}`)) continue;
      renameSync(`${store}${end}`, `${former}${end}`);
      replaced = former;
    }
    renameSync(incoming, store);
    return { ...contents, replaced };
  } catch (thrown) {
    throw thrown instanceof CutpointError ? thrown : storeFailure(thrown, workspace);
  } finally {
    remove();
  }
}

/**
 * Reads a backup throughout.
 * @throws CutpointError BACKUP_FAILED, STORE_NEWER
 */
export function inspectBackup(file: string): BackupContents {
  try {
    return withDatabase(file, (db) => {
      const number = (pragma: string) => db.pragma(pragma, { simple: true }) as number;
      if (number('application_id') !== APPLICATION_ID) throw notABackup(file, 'it is not a store of Cutpoint');
      const [version, newest] = [number('user_version'), MIGRATIONS.at(-1)!.version];
      if (version > newest) {
        throw new CutpointError('STORE_NEWER', `'${file}' was written by a newer version of Cutpoint.`, {
          remedy: 'Install the newer version. Nothing was changed.',
          details: { found: version, understood: newest },
        });
      }
      const problem = db.pragma('integrity_check(1)', { simple: true });
      if (problem !== 'ok') throw notABackup(file, 'it is damaged');
      const tables = new Set(db.prepare<[], string>('SELECT name FROM sqlite_schema').pluck().all());
      const count = (table: string) =>
        tables.has(table) ? (db.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0) : 0;
      return {
        // Before version 10 comparisons were called studies, and there was no other study before version 11.
        studies: version < 11 ? 0 : count('studies'),
        ...{ runs: count('runs'), comparisons: count(version < 10 ? 'studies' : 'comparisons') },
        ...{ sources: count('sources'), datasets: count('datasets') },
      };
    });
  } catch (thrown) {
    if (thrown instanceof Sqlite.SqliteError) throw notABackup(file, 'it cannot be read as a database', thrown);
    throw thrown;
  }
}

function withDatabase<T>(file: string, work: (db: Sqlite.Database) => T): T {
  const db = new Sqlite(file, { readonly: true, fileMustExist: true });
  try {
    return work(db);
  } finally {
    db.close();
  }
}

function sync(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function notABackup(file: string, why: string, cause?: unknown): CutpointError {
  return new CutpointError('BACKUP_FAILED', `'${file}' cannot serve as a backup: ${why}.`, {
    remedy: 'Nothing was changed. Choose another file.',
    cause,
  });
}

function notWritten(thrown: unknown, path: string): unknown {
  if (thrown instanceof CutpointError) return thrown;
  const code = String((thrown as NodeJS.ErrnoException).code ?? '');
  if (['ENOSPC', 'EDQUOT', 'SQLITE_FULL'].includes(code)) {
    return new CutpointError('DISK_FULL', `The disk is full: the backup could not be written to '${path}'.`, {
      remedy: 'Free some space, or choose another disk. Nothing was left behind.',
      cause: thrown,
    });
  }
  if (code === '') return thrown;
  return new CutpointError('BACKUP_FAILED', `The backup could not be written to '${path}' (${code}).`, {
    remedy: 'Choose a folder that exists, in which you may create files.',
    cause: thrown,
  });
}
