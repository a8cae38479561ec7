import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { CutpointError } from '../contract/errors.ts';
import { giveUsersMode } from '../userFiles.ts';
import { pathOf } from '../userPath.ts';

/** A file that a command is to write: its absolute path, once it is known that nothing would be lost. @throws CutpointError FILE_EXISTS */
export function outFile(out: string, { overwrite = false }: { overwrite?: boolean | undefined }): string {
  const path = pathOf(out);
  if (overwrite || !existsSync(path)) return path;
  throw new CutpointError('FILE_EXISTS', `There is already a file '${path}'.`, {
    remedy: 'Choose another name with --out, or replace it with --overwrite.',
  });
}

/** @throws CutpointError DISK_FULL, FOLDER_NOT_WRITABLE */
export async function writeOut(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text);
    await giveUsersMode(path);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOSPC')
      throw new CutpointError('DISK_FULL', 'The disk is full.', {
        remedy: 'Free some space, then do it again.',
        cause,
      });
    throw new CutpointError('FOLDER_NOT_WRITABLE', `'${path}' cannot be written.`, {
      remedy: 'Choose another place with --out.',
      cause,
    });
  }
}

/** Rows as a table in CSV (RFC 4180), with a header. */
export const csvText = (header: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string =>
  `${[header, ...rows].map((row) => row.map(cell).join(',')).join('\n')}\n`;

function cell(value: string | number | null): string {
  const text = String(value ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
