import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { CutpointError } from '../../contract/errors.ts';

/** Referenced from here, so that no garbage collection closes a lock whose owner was forgotten. */
const held = new Set<Sqlite.Database>();

/**
 * Makes this process the only engine on a workspace until `release`.
 *
 * The lock is an open exclusive transaction on `workspace.lock`: the operating system frees it with the process, however
 * that ends, so it is never stale. `workspace.pid` only says who holds it. It is a file of its own because closing any
 * descriptor of a locked file drops its POSIX locks.
 *
 * @throws WORKSPACE_LOCKED where another engine holds it.
 */
export function lockWorkspace(folder: string): { release(): void } {
  const pidFile = join(folder, 'workspace.pid');
  const lock = new Sqlite(join(folder, 'workspace.lock'), { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
    writeFileSync(pidFile, `${process.pid}\n`);
    held.add(lock);
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
  return {
    release() {
      held.delete(lock);
      lock.close();
    },
  };
}

function holder(pidFile: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10);
    return Number.isNaN(pid) ? undefined : pid;
  } catch {
    return undefined; // Locked, but not yet signed.
  }
}
