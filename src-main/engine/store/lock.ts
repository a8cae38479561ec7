import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { setTimeout as delay } from 'node:timers/promises';
import { CutpointError } from '../../contract/errors.ts';
import { FAREWELL } from '../host/watchdog.ts';

/** Referenced from here, so that no garbage collection closes a lock whose owner was forgotten. */
const held = new Set<Sqlite.Database>();

/**
 * Makes this process the only engine on a workspace until `release`, or the only one of another name.
 *
 * The lock is an open exclusive transaction on `workspace.lock`: the operating system frees it with the process, however
 * that ends, so it is never stale. `workspace.pid` only says who holds it. It is a file of its own because closing any
 * descriptor of a locked file drops its POSIX locks.
 *
 * @throws WORKSPACE_LOCKED where another engine holds it.
 */
export function lockWorkspace(folder: string, name = 'workspace'): { release(): void } {
  const lock = acquire(folder, name);
  held.add(lock);
  return {
    release() {
      held.delete(lock);
      lock.close();
    },
  };
}

/** How long one may take that has lost its parent, with something to spare; milliseconds. */
const PATIENCE = FAREWELL + 5_000;
const EVERY = 50;

/**
 * The same for a process that works for an engine, under a name of its own: it waits for one that is ending.
 * @throws WORKSPACE_LOCKED where that does not end
 */
export async function awaitLock(folder: string, name: string, patience = PATIENCE): Promise<{ release(): void }> {
  const end = performance.now() + patience;
  for (;;) {
    try {
      return lockWorkspace(folder, name);
    } catch (error) {
      if (CutpointError.from(error).code !== 'WORKSPACE_LOCKED' || performance.now() > end) throw error;
      await delay(EVERY);
    }
  }
}

function acquire(folder: string, name: string): Sqlite.Database {
  const pidFile = join(folder, `${name}.pid`);
  const path = join(folder, `${name}.lock`);
  const lock = new Sqlite(path, { timeout: 0 });
  try {
    begin(lock, path);
    writeFileSync(pidFile, `${process.pid}\n`);
    return lock;
  } catch (error) {
    lock.close();
    if (!(error instanceof Sqlite.SqliteError) || !error.code.startsWith('SQLITE_BUSY')) throw error;
    const pid = holder(pidFile);
    const by = pid === undefined ? 'another Cutpoint engine' : `another Cutpoint engine (process ${pid})`;
    throw new CutpointError('WORKSPACE_LOCKED', `The workspace '${folder}' is in use by ${by}.`, {
      remedy: 'Close the other Cutpoint window or command, or choose another workspace.',
      details: pid === undefined ? {} : { pid },
      cause: error,
    });
  }
}

/**
 * What the file holds means nothing: whatever another program wrote into it is discarded. That is asked only after the
 * lock was had (a file that is held answers SQLITE_BUSY before it is read), so that nobody's lock is broken by it.
 */
function begin(lock: Sqlite.Database, path: string): void {
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    const { code } = error as { code?: string };
    if (!['SQLITE_NOTADB', 'SQLITE_CORRUPT', 'SQLITE_ERROR'].some((known) => code?.startsWith(known))) throw error;
    truncateSync(path);
    lock.exec('BEGIN EXCLUSIVE');
  }
}

/** The process that has signed, if it lives: who holds the lock may not have signed yet, or not have been able to. */
function holder(pidFile: string): number | undefined {
  try {
    const text = readFileSync(pidFile, 'utf8').trim();
    const pid = /^[1-9]\d{0,9}$/.test(text) ? Number(text) : undefined;
    return pid !== undefined && isAlive(pid) ? pid : undefined;
  } catch {
    return undefined; // Locked, but not yet signed.
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
