import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { makeFolder } from '../../makeFolder.ts';
import { backupBefore, backupStore, type BackupContents } from './backup.ts';
import { requireWhole } from './checksum.ts';
import { openDatabase, type Writable } from './database.ts';
import { storeFailure } from './failures.ts';
import { lockWorkspace } from './lock.ts';
import { migrate, MIGRATIONS } from './migrate.ts';
import { makePrivate } from './privateFolder.ts';
import { interruptRuns } from './queries/runs.ts';
import { interruptStudies } from './queries/studies.ts';
import { openStore, type Store } from './store.ts';
import { requireStoreFile } from './storeFile.ts';

const FOLDERS = ['cache', 'checkpoints', 'sources', 'downloads', 'logs', 'dropped'] as const;

/** A folder with everything Cutpoint keeps: results, checkpoints, pretrained sources, decoded images, logs. */
export interface Workspace {
  /** Absolute. */
  folder: string;
  /** Absolute paths of its folders, which exist. `dropped` receives files dragged into a browser window. */
  paths: Record<(typeof FOLDERS)[number], string>;
  /**
   * 32 random bytes, made once, that patient identifiers are hashed with. Throws STORE_CORRUPT where they are not those
   * that were stored: patients would be taken for others than they were before.
   */
  readonly salt: Buffer;
  store: Store;
  /** What its owner should know of who else can read it; sentences. */
  notes: string[];
  /** Copies the store to a file, see {@link backupStore}. */
  backup(file: string, options: { overwrite: boolean }): Promise<BackupContents>;
  /** Closes the store and lets another engine in. */
  close(): void;
}

/**
 * Opens a workspace for this process alone, creating it where there is none. Runs and studies that a dead engine left in
 * the middle become `interrupted`.
 *
 * @throws WORKSPACE_LOCKED, WORKSPACE_NOT_WRITABLE, DISK_FULL, STORE_NEWER, STORE_CORRUPT. Nothing stored is changed.
 */
export function openWorkspace(path: string): Workspace {
  const folder = resolve(path);
  const opened: { close(): void }[] = [];
  const close = () => {
    while (opened.length > 0) opened.pop()?.close();
  };
  try {
    // Folders on the way, where there are none, are the application's: XDG wants them closed, too.
    makeFolder(folder, 0o700);
    const notes = makePrivate(folder);
    const lock = lockWorkspace(folder);
    opened.push({ close: lock.release });
    if (!requireStoreFile(folder)) createStore(folder);
    const db = openDatabase(join(folder, 'cutpoint.db'));
    opened.push(db);
    migrate(db, folder, MIGRATIONS, (old, version) => backupBefore(old, folder, `update-of-v${version}`));
    const salt = workspaceSalt(db);
    interruptRuns(db);
    interruptStudies(db);
    const paths = Object.fromEntries(FOLDERS.map((name) => [name, join(folder, name)])) as Workspace['paths'];
    for (const each of Object.values(paths)) mkdirSync(each, { recursive: true, mode: 0o700 });
    for (const each of [paths.sources, paths.checkpoints]) removeUnfinished(each);
    return {
      folder,
      paths,
      get salt() {
        requireWhole(salt.whole, 'key with which patient identifiers are hashed');
        return salt.value;
      },
      store: openStore(db, folder),
      notes,
      backup: (file, how) => backupStore(db, file, how),
      close,
    };
  } catch (error) {
    close();
    throw storeFailure(error, folder);
  }
}

/** The file appears once it is a store: an empty one is never ours, whenever the engine was killed or the disk full. */
function createStore(folder: string): void {
  const path = join(folder, 'cutpoint.db.new');
  for (const end of ['', '-wal', '-shm', '-journal']) rmSync(`${path}${end}`, { force: true });
  const db = openDatabase(path);
  try {
    migrate(db, folder);
    // All of it into the one file that is renamed.
    db.pragma('journal_mode = DELETE');
  } finally {
    db.close();
  }
  renameSync(path, join(folder, 'cutpoint.db'));
}

/** What a killed engine had not finished writing: `writeSafetensors` gives a file its name once it is whole. */
function removeUnfinished(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
    if (entry.isFile() && entry.name.endsWith('.partial')) rmSync(join(entry.parentPath, entry.name), { force: true });
}

function workspaceSalt(db: Writable): { value: Buffer; whole: number } {
  db.prepare(`INSERT INTO workspace (key, value) VALUES ('salt', ?) ON CONFLICT (key) DO NOTHING`).run(randomBytes(32));
  const salt = db
    .prepare<[], { value: Buffer; whole: number }>(`SELECT value, whole FROM workspace WHERE key = 'salt'`)
    .get();
  if (salt === undefined) throw new Error('the salt was not stored');
  return salt;
}
