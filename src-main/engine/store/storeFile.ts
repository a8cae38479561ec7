import { closeSync, existsSync, fstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { CutpointError } from '../../contract/errors.ts';

const MAGIC = 'SQLite format 3\0';
/** SQLite's smallest page. What is shorter, SQLite itself takes for a new, empty database. */
const SMALLEST = 512;
/** Folders that are empty before there is a store, and files of the store beside its main one. */
const EVIDENCE = ['checkpoints', 'sources', 'backups'] as const;

/**
 * Looks at the file of the store before SQLite does, which would silently make a new one out of nothing.
 * @returns whether it is there; false only where nothing in the folder tells of an earlier one
 * @throws CutpointError STORE_CORRUPT where it is empty, cut off, something else, or gone
 */
export function requireStoreFile(folder: string): boolean {
  const path = join(folder, 'cutpoint.db');
  if (!existsSync(path)) {
    const left = evidence(folder);
    if (left === undefined) return false;
    throw unusable(folder, `is missing, but there is '${left}', which came with one`);
  }
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    if (size === 0) throw unusable(folder, 'is empty (0 bytes)');
    const head = Buffer.alloc(MAGIC.length);
    readSync(file, head, 0, head.length, 0);
    if (head.toString('latin1') !== MAGIC) throw unusable(folder, 'is not a database');
    if (size < SMALLEST) throw unusable(folder, `was cut off (${size} bytes are left)`);
  } finally {
    closeSync(file);
  }
  return true;
}

/** What shows that the workspace once had a store. */
function evidence(folder: string): string | undefined {
  const wal = readdirSync(folder).find((name) => name === 'cutpoint.db-wal');
  if (wal !== undefined) return wal;
  return EVIDENCE.find((name) => existsSync(join(folder, name)) && readdirSync(join(folder, name)).length > 0);
}

function unusable(folder: string, what: string): CutpointError {
  return new CutpointError('STORE_CORRUPT', `The file of the results, '${join(folder, 'cutpoint.db')}', ${what}.`, {
    remedy: RESTORE_OR_NEW,
  });
}

/** The ways on for a store that cannot be used. */
export const RESTORE_OR_NEW =
  'Nothing was changed. Put a backup back with `cutpoint restore FILE` (earlier states are in the folder `backups` of the workspace), or choose another workspace.';
