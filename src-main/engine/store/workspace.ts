import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { makeFolder } from '../../makeFolder.ts';
import { backupBefore, backupStore, type BackupContents } from './backup.ts';
import { requireWhole } from './checksum.ts';
import { openDatabase, openForReading, type Readable, type Writable } from './database.ts';
import { storeFailure } from './failures.ts';
import { lockWorkspace } from './lock.ts';
import { migrate, MIGRATIONS } from './migrate.ts';
import { makePrivate } from './privateFolder.ts';
import { interruptJobs } from './queries/jobs.ts';
import { interruptRuns } from './queries/runs.ts';
import { adoptIntoStudies } from './queries/studyMembers.ts';
import { interruptComparisons } from './queries/comparisons.ts';
import { applyWrites, openReader, openStore, type Reader, type Store, type Write } from './store.ts';
import { requireStoreFile } from './storeFile.ts';

const FOLDERS = ['cache', 'facts', 'checkpoints', 'sources', 'downloads', 'logs', 'dropped'] as const;

/** A folder with everything Cutpoint keeps, as whoever works in it sees it: all may read, changes are asked for. */
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
  store: Reader;
  /**
   * Makes changes in one transaction; when it resolves they are on the disk, and every question is answered with them.
   * @returns what each of them gives
   * @throws CutpointError as the changes do; CONNECTION_LOST where the process that owns the store is gone
   */
  commit(...writes: Write[]): Promise<unknown[]>;
}

/** A workspace in the one process that changes it. */
export interface OwnWorkspace extends Workspace {
  store: Store;
  /** What its owner should know of who else can read it; sentences. */
  notes: string[];
  /** Copies the store to a file, see {@link backupStore}. */
  backup(file: string, options: { overwrite: boolean }): Promise<BackupContents>;
  /** Closes the store and lets another engine in. */
  close(): void;
}

/**
 * Opens a workspace for this process alone, creating it where there is none. Runs and comparisons that a dead engine
 * left in the middle become `interrupted`.
 *
 * @param onChange hears what changes in the store from then on
 * @throws WORKSPACE_LOCKED, WORKSPACE_NOT_WRITABLE, DISK_FULL, STORE_NEWER, STORE_CORRUPT. Nothing stored is changed.
 */
export function openWorkspace(path: string, onChange?: Parameters<typeof openStore>[2]): OwnWorkspace {
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
    addSalt(db);
    interruptRuns(db);
    interruptComparisons(db);
    interruptJobs(db);
    adoptIntoStudies(db);
    const paths = pathsOf(folder);
    for (const each of Object.values(paths)) mkdirSync(each, { recursive: true, mode: 0o700 });
    for (const each of [paths.sources, paths.checkpoints]) removeUnfinished(each);
    const salt = storedSalt(db);
    const store = openStore(db, folder, onChange);
    return {
      folder,
      paths,
      get salt() {
        return wholeSalt(salt);
      },
      store,
      // Asynchronous for whoever asks: an error rejects.
      commit: async (...writes) => applyWrites(store, writes),
      notes,
      backup: (file, how) => backupStore(db, file, how),
      close,
    };
  } catch (error) {
    close();
    throw storeFailure(error, folder);
  }
}

/**
 * Opens a workspace whose owner is another process, which makes the changes that this one asks for. Reading never waits
 * for it: SQLite's write-ahead log lets both go on at the same time.
 * @param commit hands changes to the owner
 * @throws STORE_CORRUPT, WORKSPACE_NOT_WRITABLE
 */
export function openSharedWorkspace(path: string, commit: Workspace['commit']): Workspace & { close(): void } {
  const folder = resolve(path);
  try {
    const db = openForReading(join(folder, 'cutpoint.db'));
    const salt = storedSalt(db);
    return {
      folder,
      paths: pathsOf(folder),
      get salt() {
        return wholeSalt(salt);
      },
      store: openReader(db, folder),
      commit,
      close: () => db.close(),
    };
  } catch (error) {
    throw storeFailure(error, folder);
  }
}

const pathsOf = (folder: string): Workspace['paths'] =>
  Object.fromEntries(FOLDERS.map((name) => [name, join(folder, name)])) as Workspace['paths'];

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

function addSalt(db: Writable): void {
  db.prepare(`INSERT INTO workspace (key, value) VALUES ('salt', ?) ON CONFLICT (key) DO NOTHING`).run(randomBytes(32));
}

type StoredSalt = { value: Buffer; whole: number };

function storedSalt(db: Readable): StoredSalt {
  const salt = db.prepare<[], StoredSalt>(`SELECT value, whole FROM workspace WHERE key = 'salt'`).get();
  if (salt === undefined) throw new Error('the salt was not stored');
  return salt;
}

function wholeSalt({ value, whole }: StoredSalt): Buffer {
  requireWhole(whole, 'key with which patient identifiers are hashed');
  return value;
}
