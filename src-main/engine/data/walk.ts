import type { Dirent } from 'node:fs';
import { opendir, readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CutpointError } from '../../contract/errors.ts';
import type { FileProblem } from '../../contract/data.ts';

export interface Walk {
  /** Files that may be images, relative to the folder, with forward slashes, sorted. */
  files: string[];
  /** Tables (CSV, TSV), likewise. */
  tables: string[];
  problems: FileProblem[];
}

const TABLES = /\.(csv|tsv)$/i;
/** Names that are never images: documents, code, archives, what systems and tools leave behind. */
const NOT_IMAGES =
  /(\.(txt|md|rst|json|jsonl|xml|ya?ml|html?|pdf|docx?|xlsx?|ods|odt|pptx?|py|ipynb|m|r|js|ts|sh|bat|log|ini|cfg|toml|db|sqlite3?|lnk|zip|tar|7z|rar|h5|pt|pth|onnx|mat|pkl|sha256|md5|part|tmp)|^(thumbs\.db|desktop\.ini|dicomdir|readme|license|licence|copying|makefile))$/i;

const UNREACHABLE =
  'The folder cannot be reached: its name or its path is not one that can be opened, or it was removed. What is in it was left out.';
const NO_FILE = 'This is not a file but a pipe, a socket or a device; it was left out.';

const isHidden = (name: string): boolean => name.startsWith('.') || name === '__MACOSX';
/** Whether the walk leaves out a file or folder because of its name. */
export const isPassedOver = (name: string): boolean => isHidden(name) || NOT_IMAGES.test(name) || TABLES.test(name);

/**
 * Lists a folder and everything below it. Hidden files and folders are passed over; links are followed, each real
 * folder once, so that loops end. A folder below that cannot be read becomes a problem.
 * Throws FOLDER_NOT_FOUND or FOLDER_NOT_READABLE for the folder itself, CANCELLED when `signal` aborts.
 */
export async function walkFolder(folder: string, signal?: AbortSignal): Promise<Walk> {
  const walk: Walk = { files: [], tables: [], problems: [] };
  const seen = new Set<string>();

  const visit = async (relative: string, list: () => Promise<Dirent[]>): Promise<void> => {
    if (signal?.aborted) throw new CutpointError('CANCELLED', 'Reading the folder was cancelled.');
    // A name that is no text, a path that is too long, a folder that was removed meanwhile.
    const real = await realpath(join(folder, relative)).catch((cause: unknown) => {
      if (relative === '') throw folderError(folder, cause);
      walk.problems.push({ file: relative, code: 'FOLDER_NOT_READABLE', message: UNREACHABLE });
    });
    if (real === undefined || seen.has(real)) return;
    seen.add(real);
    for (const entry of (await list()).sort((a, b) => compare(a.name, b.name))) {
      if (isHidden(entry.name)) continue;
      const path = relative === '' ? entry.name : `${relative}/${entry.name}`;
      const kind = entry.isSymbolicLink() ? await kindOfTarget(join(folder, path)) : entry;
      if (kind === undefined)
        walk.problems.push({ file: path, code: 'FILE_NOT_READABLE', message: 'The link leads nowhere.' });
      else if (kind.isDirectory())
        await visit(path, () =>
          readdir(join(folder, path), { withFileTypes: true }).catch(() => {
            walk.problems.push({
              file: path,
              code: 'FOLDER_NOT_READABLE',
              message: 'You have no permission to read this folder; what is in it was left out.',
            });
            return [];
          }),
        );
      else if (!kind.isFile()) {
        if (!isPassedOver(entry.name)) walk.problems.push({ file: path, code: 'FILE_NOT_READABLE', message: NO_FILE });
      } else if (TABLES.test(entry.name)) walk.tables.push(path);
      else if (!NOT_IMAGES.test(entry.name)) walk.files.push(path);
    }
  };

  const top = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    throw folderError(folder, cause);
  });
  await visit('', () => Promise.resolve(top));
  walk.files.sort(compare);
  walk.tables.sort(compare);
  return walk;
}

/** Code-unit order: the same on every machine and in every language. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

async function kindOfTarget(path: string) {
  return stat(path).catch(() => undefined);
}

/** @throws CutpointError FOLDER_NOT_FOUND, FOLDER_NOT_READABLE */
export async function requireFolder(folder: string): Promise<void> {
  const opened = await opendir(folder).catch((cause: unknown) => {
    throw folderError(folder, cause);
  });
  await opened.close();
}

function folderError(folder: string, cause: unknown): CutpointError {
  const code = (cause as NodeJS.ErrnoException).code;
  if (code === 'ENOENT')
    return new CutpointError('FOLDER_NOT_FOUND', `The folder ${folder} does not exist.`, {
      remedy: 'Check the path; a network or removable drive may not be connected.',
      cause,
    });
  if (code === 'ENOTDIR')
    return new CutpointError('FOLDER_NOT_FOUND', `${folder} is a file, not a folder.`, {
      remedy: 'Choose the folder that holds the images.',
      cause,
    });
  return new CutpointError('FOLDER_NOT_READABLE', `You have no permission to read the folder ${folder}.`, {
    remedy: 'Ask for read permission, or copy the images to a folder of your own.',
    cause,
  });
}
