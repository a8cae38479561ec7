import Sqlite from 'better-sqlite3';
import { CutpointError } from '../../contract/errors.ts';
import { RESTORE_OR_NEW } from './storeFile.ts';

const READ_ONLY = ['SQLITE_READONLY', 'SQLITE_CANTOPEN', 'SQLITE_PERM', 'SQLITE_AUTH', 'EACCES', 'EPERM', 'EROFS'];
const NOT_A_FOLDER = ['ENOTDIR', 'EEXIST', 'ENAMETOOLONG'];
const FULL = ['SQLITE_FULL', 'SQLITE_IOERR_SHMSIZE', 'ENOSPC', 'EDQUOT'];
const CORRUPT = ['SQLITE_CORRUPT', 'SQLITE_NOTADB'];

/** SQLite's extended codes start with the plain one: `SQLITE_READONLY_DIRECTORY`. */
const among = (code: string, codes: string[]) => codes.some((known) => code === known || code.startsWith(`${known}_`));

/** What SQLite or the file system said, as an error with a sentence; anything else as it was. */
export function storeFailure(thrown: unknown, folder: string): unknown {
  if (thrown instanceof CutpointError || !(thrown instanceof Error)) return thrown;
  const code = (thrown as NodeJS.ErrnoException).code ?? '';
  if (among(code, FULL)) {
    return new CutpointError('DISK_FULL', `The disk that holds the workspace '${folder}' is full.`, {
      remedy: 'Free some space, then try again. What was stored before is undamaged.',
      cause: thrown,
    });
  }
  if (among(code, READ_ONLY) || among(code, NOT_A_FOLDER)) {
    return new CutpointError('WORKSPACE_NOT_WRITABLE', `Cutpoint cannot write to the workspace '${folder}'.`, {
      remedy: 'Choose another folder, or ask for permission to write to this one.',
      cause: thrown,
    });
  }
  if (among(code, CORRUPT) || isOfSchema(thrown)) return corrupt(folder, thrown);
  if (thrown instanceof Sqlite.SqliteError && among(code, ['SQLITE_BUSY', 'SQLITE_LOCKED'])) {
    return new CutpointError('WORKSPACE_LOCKED', `Another program is using the results stored in '${folder}'.`, {
      remedy: 'Close it, then try again.',
      cause: thrown,
    });
  }
  return thrown;
}

/** Tables, columns and functions are named by the program alone: what is not there was damaged. */
const isOfSchema = (thrown: Error): boolean =>
  thrown instanceof Sqlite.SqliteError &&
  thrown.code === 'SQLITE_ERROR' &&
  /^(no such|unknown function|.* has no column named)/.test(thrown.message);

export function corrupt(folder: string, cause: unknown): CutpointError {
  return new CutpointError('STORE_CORRUPT', `The results stored in '${folder}' are damaged and cannot be read.`, {
    remedy: RESTORE_OR_NEW,
    cause,
  });
}

/**
 * The same functions, whose SQLite and file errors are thrown as CutpointError.
 * @param isWhole asked where a row is refused for one that nobody finds: an index may be damaged
 */
export function guarded<T extends object>(folder: string, queries: T, isWhole = (): boolean => true): T {
  const wrapped = Object.entries(queries).map(([name, query]) => [
    name,
    (...args: unknown[]) => {
      try {
        return (query as (...args: unknown[]) => unknown)(...args);
      } catch (error) {
        const isRefused = error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_CONSTRAINT');
        throw isRefused && !isWhole() ? corrupt(folder, error) : storeFailure(error, folder);
      }
    },
  ]);
  return Object.fromEntries(wrapped) as T;
}
