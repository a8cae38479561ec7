import { readdir, stat } from 'node:fs/promises';
import { CutpointError } from '../../contract/errors.ts';
import { EXPORT_EXTENSIONS, type ExportFormat } from '../../contract/model.ts';
import { formats } from './formats.ts';

/** Where an export goes: a file always ends in the extension of its format. */
export function destinationOf(format: ExportFormat, out: string): string {
  const extension = EXPORT_EXTENSIONS[format];
  return out.toLowerCase().endsWith(extension) ? out : `${out}${extension}`;
}

/**
 * Makes sure that writing to `path` destroys nothing: only an earlier export of the same run may be replaced.
 * @returns whether one is there
 * @throws CutpointError EXPORT_WRITE_FAILED
 */
export async function checkDestination(format: ExportFormat, path: string, run: string): Promise<boolean> {
  const found = await stat(path).catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code === 'ENOENT') return undefined;
    throw refused(`The model cannot be written to '${path}' (${thrown.code}).`, thrown);
  });
  if (!found) return false;
  const isEarlier = async () => (await formats[format].runOf(path).catch(() => undefined)) === run;
  if (EXPORT_EXTENSIONS[format] !== '') {
    if (found.isDirectory()) throw refused(`'${path}' is a folder, but the model is to be a file.`);
    if (!(await isEarlier())) throw refused(`'${path}' exists already and is not an earlier export of this run.`);
    return true;
  }
  if (!found.isDirectory()) throw refused(`'${path}' is a file, but a TensorFlow.js model needs a folder.`);
  if ((await readdir(path)).length === 0) return false;
  if (!(await isEarlier()))
    throw refused(`The folder '${path}' is not empty, and holds more than an earlier export of this run.`);
  return true;
}

/**
 * The same, and that an earlier export is replaced only where that was asked for.
 * @throws CutpointError EXPORT_EXISTS, EXPORT_WRITE_FAILED
 */
export async function requireFree(
  format: ExportFormat,
  path: string,
  { run, overwrite }: { run: string; overwrite: boolean },
): Promise<void> {
  if (!(await checkDestination(format, path, run)) || overwrite) return;
  throw new CutpointError('EXPORT_EXISTS', `'${path}' exists already; it is an earlier export of this run.`, {
    remedy: 'Choose another name, or have it replaced (--overwrite).',
    details: { path },
  });
}

function refused(sentence: string, cause?: unknown): CutpointError {
  return new CutpointError('EXPORT_WRITE_FAILED', sentence, {
    remedy: 'Choose another name, or remove what is there.',
    cause,
  });
}
