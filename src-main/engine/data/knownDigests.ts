import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CutpointError } from '../../contract/errors.ts';
import { digestAt } from './places/contents.ts';

/** In a folder of dropped files, hidden from the audit: what arrived, one line a file. */
export const DIGESTS = '.cutpoint-sha256';

/** @param file relative to the folder, with forward slashes */
export const digestLine = (file: string, sha256: string): string => `${JSON.stringify([file, sha256])}\n`;

/** SHA-256 by file, the last of several; empty for any other folder. A damaged line tells nothing of its file. */
export async function knownDigests(folder: string): Promise<ReadonlyMap<string, string>> {
  const text = await readFile(join(folder, DIGESTS), 'utf8').catch(() => '');
  const lines = text.split('\n').flatMap((line): [string, string][] => {
    try {
      const [file, sha256] = JSON.parse(line) as unknown[];
      return typeof file === 'string' && /^[0-9a-f]{64}$/.test(String(sha256)) ? [[file, String(sha256)]] : [];
    } catch {
      return [];
    }
  });
  return new Map(lines);
}

/** @throws CutpointError FILE_NOT_READABLE where a table is not what arrived */
export async function requireArrived(folder: string, table: string, known: ReadonlyMap<string, string>): Promise<void> {
  const expected = known.get(table);
  if (expected === undefined || (await digestAt(join(folder, table))) === expected) return;
  throw new CutpointError('FILE_NOT_READABLE', `${table}: ${DAMAGED}`, {
    remedy: 'Drop the folder again.',
    details: { file: table },
  });
}

export const DAMAGED = 'The copy in the workspace is not what was dropped: it was damaged or changed. Drop it again.';
