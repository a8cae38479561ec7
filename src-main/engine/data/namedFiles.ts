import { stat } from 'node:fs/promises';
import { isAbsolute, join, relative } from 'node:path';
import { isPassedOver } from './walk.ts';

/** The file of a folder that a row of a table means; `byName`: it names it without its folder or file type. */
export type FindNamed = (named: string) => Promise<{ file: string; byName: boolean } | undefined>;

/**
 * Finds what tables name: paths relative to the folder or whole ones, with either slash, accents composed or not; and a
 * name alone, where one file only has it.
 * @param files of the folder, as `walk` writes them
 */
export function namedFiles(folder: string, files: readonly string[]): FindNamed {
  // macOS stores accents decomposed, tables mostly composed: compared in one form.
  const found = new Map(files.map((file) => [file.normalize('NFC'), file]));
  const unique = filesByName(files);
  return async (named) => {
    const exact = await fileInFolder(folder, named, found);
    if (exact !== undefined) return { file: exact, byName: false };
    const file = unique.get(named.normalize('NFC')) ?? undefined;
    return file === undefined ? undefined : { file, byName: true };
  };
}

/** Files by their name alone, with and without file type; null where there are several of one name. */
function filesByName(files: readonly string[]): Map<string, string | null> {
  const names = new Map<string, string | null>();
  for (const file of files) {
    const name = file.slice(file.lastIndexOf('/') + 1).normalize('NFC');
    for (const key of new Set([name, name.replace(/\.[^.]+$/, '')])) names.set(key, names.has(key) ? null : file);
  }
  return names;
}

/** Path below the folder as `walk` writes it; undefined for what is not there or outside. */
async function fileInFolder(folder: string, named: string, found: Map<string, string>): Promise<string | undefined> {
  if (named === '') return undefined;
  const inside = isAbsolute(named) ? relative(folder, named) : named;
  const tidy = inside
    .replaceAll('\\', '/')
    .split('/')
    .filter((part) => part !== '' && part !== '.');
  if (tidy.includes('..')) return undefined;
  const file = tidy.join('/');
  const listed = found.get(file.normalize('NFC'));
  // What the walk passed over (hidden files) may still be meant when it is named.
  if (listed !== undefined || !tidy.some(isPassedOver)) return listed;
  const isFile = await stat(join(folder, file)).then((stats) => stats.isFile(), () => false); // prettier-ignore
  return isFile ? file : undefined;
}
