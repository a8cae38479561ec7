import type { Dirent } from 'node:fs';
import { opendir, readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { CutpointError } from '../../contract/errors.ts';
import type { FileProblem } from '../../contract/data.ts';
import { isZip, openArchive } from './places/archive.ts';
import { indexedFiles } from './places/dicomdir.ts';
import { isIndex } from './places/place.ts';
import { walkArchive } from './walkArchive.ts';

export interface Walk {
  /** Files that may be images, relative to the folder, with forward slashes, sorted. */
  files: string[];
  /** Tables (CSV, TSV, Excel), likewise. */
  tables: string[];
  problems: FileProblem[];
  /** Every folder below, likewise. */
  folders: string[];
  /** Files that are never images by their names, tables aside; archives among them. */
  passedOver: string[];
  /** Names of what systems leave behind, each as often as it occurs. */
  system: string[];
  /** Archives that are not read because what they hold lies unpacked beside them. */
  unpacked: string[];
}

/** Deeper folders are no longer those of a person. */
const MOST_DEEP = 64;

/** Beside an open workbook lies a file of its editor, whose name begins with `~$`. */
const TABLES = /\.(csv|tsv)$|^(?!~\$).*\.xlsx$/i;
/** Names that are never images: documents, code, archives, what systems and tools leave behind. */
const NOT_IMAGES =
  /(\.(txt|md|rst|json|jsonl|xml|ya?ml|html?|pdf|docx?|xlsx?|ods|odt|pptx?|py|ipynb|m|r|js|ts|sh|bat|log|ini|cfg|toml|db|sqlite3?|lnk|zip|tar|7z|rar|h5|pt|pth|onnx|mat|pkl|sha256|md5|part|tmp)|^(thumbs\.db|desktop\.ini|dicomdir|readme|license|licence|copying|makefile))$/i;

const UNREACHABLE =
  'The folder cannot be reached: its name or its path is not one that can be opened, or it was removed. What is in it was left out.';
const TOO_DEEP = `The folder lies more than ${MOST_DEEP} folders deep; what is in it was left out.`;
const NO_NAME =
  'The name of the file is not one that can be opened: it is written in another encoding. Rename it, or copy the folder with a program that mends names.';
const NO_FILE = 'This is not a file but a pipe, a socket or a device; it was left out.';

/** Stands for bytes of a name that are no text. */
const NO_TEXT = '\ufffd';

const isHidden = (name: string): boolean => name.startsWith('.') || name === '__MACOSX';
const SYSTEM = /^(\.ds_store|\._.*|__macosx|thumbs\.db|ehthumbs\.db|desktop\.ini)$/i;
/** Whether the walk leaves out a file or folder because of its name. */
export const isPassedOver = (name: string): boolean =>
  isHidden(name) || NOT_IMAGES.test(name) || isArchive(name) || TABLES.test(name);

/**
 * Lists a folder and everything below it. Hidden files and folders are passed over; links are followed, each real
 * folder once, so that loops end. A folder below that cannot be read, or that another link led to, becomes a problem. A zip
 * archive is a folder of the files in it; one in another is not opened. In the place of the folder, the index of a disc
 * (DICOMDIR) stands for the images that it names.
 * Throws FOLDER_NOT_FOUND, FOLDER_NOT_READABLE or FILE_NOT_READABLE for the folder itself, CANCELLED when `signal` aborts.
 */
export async function walkFolder(folder: string, signal?: AbortSignal): Promise<Walk> {
  const walk: Walk = { files: [], tables: [], problems: [], folders: [], passedOver: [], system: [], unpacked: [] };
  /** Real folders, with the names under which they were found first. */
  const seen = new Map<string, string>();

  const visit = async (relative: string, list: () => Promise<Dirent[]>): Promise<void> => {
    if (signal?.aborted) throw new CutpointError('CANCELLED', 'Reading the folder was cancelled.');
    // A name that is no text, a path that is too long, a folder that was removed meanwhile.
    const real = await realpath(join(folder, relative)).catch((cause: unknown) => {
      if (relative === '') throw folderError(folder, cause);
      walk.problems.push({ file: relative, code: 'FOLDER_NOT_READABLE', message: UNREACHABLE });
    });
    if (real === undefined) return;
    if (relative !== '') walk.folders.push(relative);
    const first = seen.get(real);
    if (first !== undefined) {
      // What leads to a folder that it lies in itself says nothing new.
      if (first !== '' && !`${relative}/`.startsWith(`${first}/`))
        walk.problems.push({
          file: relative,
          code: 'FOLDER_TWICE',
          message: `This leads to the same folder as ‘${first}’, where its images are read; here they are not.`,
        });
      return;
    }
    seen.set(real, relative);
    if (relative.split('/').length > MOST_DEEP) {
      walk.problems.push({ file: relative, code: 'FOLDER_NOT_READABLE', message: TOO_DEEP });
      return;
    }
    for (const entry of (await list()).sort((a, b) => compare(a.name, b.name))) {
      if (SYSTEM.test(entry.name)) walk.system.push(entry.name);
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
      } else if (isZip(entry.name)) await visitArchive(path);
      else if (path.includes(NO_TEXT) && (await kindOfTarget(join(folder, path))) === undefined)
        walk.problems.push({ file: path, code: 'FILE_NOT_READABLE', message: NO_NAME });
      else take(path);
    }
  };

  /** By its name alone. */
  const take = (path: string): void => {
    const name = path.slice(path.lastIndexOf('/') + 1);
    if (TABLES.test(name)) walk.tables.push(path);
    else if (!NOT_IMAGES.test(name) && !isArchive(name)) walk.files.push(path);
    else if (!SYSTEM.test(name)) walk.passedOver.push(path);
  };

  /** An archive is a folder of its files. */
  const visitArchive = async (relative: string): Promise<void> => {
    const archive = await walkArchive(folder, relative, isPassedOver);
    if (archive instanceof CutpointError) {
      if (relative === '') throw archive;
      walk.problems.push({ file: relative, code: archive.code, message: archive.message });
      return;
    }
    if (archive.isUnpacked) return void walk.unpacked.push(relative);
    walk.problems.push(...archive.unread);
    if (relative !== '') walk.folders.push(relative);
    walk.folders.push(...archive.folders.filter((path) => !path.split('/').some(isHidden)));
    const system = new Set<string>();
    for (const path of archive.files) {
      const names = path.split('/');
      const hidden = names.findIndex(isHidden);
      const left = hidden < 0 ? path : names.slice(0, hidden + 1).join('/');
      if (SYSTEM.test(names.at(hidden)!)) system.add(left);
      if (hidden >= 0) continue;
      if (names.length > MOST_DEEP) walk.problems.push({ file: path, code: 'FILE_NOT_READABLE', message: TOO_DEEP });
      else take(path);
    }
    walk.system.push(...[...system].map((path) => path.slice(path.lastIndexOf('/') + 1)));
  };

  /** The images that the index of a disc names, and tables that lie beside it. */
  const visitIndex = async (): Promise<void> => {
    const indexed = await indexedFiles(folder);
    walk.files.push(...indexed.files);
    walk.problems.push(...indexed.problems);
    const beside = await readdir(dirname(folder), { withFileTypes: true }).catch(() => []);
    walk.tables.push(...beside.flatMap((entry) => (entry.isFile() && TABLES.test(entry.name) && !isHidden(entry.name) ? [entry.name] : []))); // prettier-ignore
  };

  const into = await leadsInto(folder);
  if (into === 'archive') await visitArchive('');
  else if (into === 'index') await visitIndex();
  else {
    const top = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
      throw folderError(folder, cause);
    });
    await visit('', () => Promise.resolve(top));
  }
  walk.files.sort(compare);
  walk.tables.sort(compare);
  return walk;
}

const ARCHIVES = /\.(zip|7z|rar|tar|tgz|tar\.(gz|bz2|xz)|tbz2|txz)$/i;
export const isArchive = (name: string): boolean => ARCHIVES.test(name);
export const UNPACK = 'Unpack it, and choose the folder that comes out of it.';

/** Code-unit order: the same on every machine and in every language. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

async function kindOfTarget(path: string) {
  return stat(path).catch(() => undefined);
}

/** Files that are read as folders. */
async function leadsInto(path: string): Promise<'archive' | 'index' | undefined> {
  const kind = isZip(path) ? 'archive' : isIndex(basename(path)) ? 'index' : undefined;
  return kind && (await kindOfTarget(path))?.isFile() ? kind : undefined;
}

/** A zip archive is one as well, and so is the index of a disc. @throws CutpointError FOLDER_NOT_FOUND, FOLDER_NOT_READABLE, FILE_NOT_READABLE */
export async function requireFolder(folder: string): Promise<void> {
  const into = await leadsInto(folder);
  if (into === 'archive') return void (await openArchive(folder));
  if (into === 'index') return;
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
  if (code === 'ENOTDIR' && isArchive(folder))
    return new CutpointError('FOLDER_NOT_FOUND', `${folder} is an archive, not a folder.`, {
      remedy: UNPACK,
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
