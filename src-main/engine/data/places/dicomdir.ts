import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { DataSet } from 'dicom-parser';
import type { FileProblem } from '../../../contract/data.ts';
import { CutpointError } from '../../../contract/errors.ts';
import { looksLikeDicom, parseDicom } from '../readers/dicom/header.ts';

/** Larger than the index of any disc, bytes. */
const MOST_BYTES = 64e6;

/** Directory Record Sequence; Record In-use Flag, Directory Record Type and Referenced File ID of its items (PS3.3, F.3). */
const TAGS = { records: 'x00041220', inUse: 'x00041410', type: 'x00041430', file: 'x00041500' } as const;

const OUTSIDE = 'The DICOMDIR names a file outside of its folder, which is not read.';
const MISSING = 'The DICOMDIR names this file, and it is not there.';

/**
 * The images that the index of a DICOM disc names, as their files are called on the disk, relative to the folder of the
 * index, each once. Names are looked for in any case: copies of discs often have them in small letters.
 * @throws CutpointError FOLDER_NOT_READABLE where it is no such index, or damaged
 */
export async function indexedFiles(path: string): Promise<{ files: string[]; problems: FileProblem[] }> {
  const root = dirname(path);
  const [files, problems] = [new Set<string>(), new Map<string, FileProblem>()];
  const namesIn = lister(root);
  for (const parts of imagesIn(await recordsOf(path))) {
    const named = parts.join('/');
    const isOutside = parts.length === 0 || parts.some((part) => part === '' || /^\.{1,2}$|[/:]/.test(part));
    const found = isOutside ? null : await foundAs(parts, namesIn);
    if (found !== null) files.add(found);
    else problems.set(named, { file: named, code: 'FILE_NOT_READABLE', message: isOutside ? OUTSIDE : MISSING });
  }
  return { files: [...files], problems: [...problems.values()] };
}

async function recordsOf(path: string): Promise<DataSet[]> {
  try {
    if ((await stat(path)).size > MOST_BYTES) throw new Error('the index is too large');
    const bytes = await readFile(path);
    const records = looksLikeDicom(bytes) ? parseDicom(bytes).data.elements[TAGS.records] : undefined;
    if (!records) throw new Error('the file has no directory records');
    return (records.items ?? []).flatMap(({ dataSet }) => dataSet ?? []);
  } catch (cause) {
    throw new CutpointError('FOLDER_NOT_READABLE', 'The DICOMDIR cannot be read: it is damaged, or no index of a DICOM disc.', {
      remedy: 'Choose the folder that it lies in: the files beside it are read themselves.',
      cause,
    }); // prettier-ignore
  }
}

/** The parts of the path of each record of an image that is in use. */
function* imagesIn(records: readonly DataSet[]): Generator<string[]> {
  for (const record of records) {
    const isDeleted = record.elements[TAGS.inUse]?.length === 2 && record.uint16(TAGS.inUse) === 0;
    if (isDeleted || record.string(TAGS.type)?.trim() !== 'IMAGE') continue;
    // Some programs write a path with slashes where the standard has several values.
    const parts = record.string(TAGS.file)?.split(/[\\/]/).map((part) => part.trim()) ?? []; // prettier-ignore
    if (parts.join('') !== '') yield parts;
  }
}

type Names = (folder: string) => Promise<ReadonlyMap<string, string>>;

/** Names in a folder by how a disc spells them: in any case, with the point and the version that ISO 9660 puts behind. */
function lister(root: string): Names {
  const known = new Map<string, Promise<ReadonlyMap<string, string>>>();
  const list = async (folder: string): Promise<ReadonlyMap<string, string>> => {
    const names = await readdir(join(root, folder)).catch(() => []);
    return new Map([
      ...names.map((name) => [name.toUpperCase().replace(/\.?(;1)?$/, ''), name] as const),
      ...names.map((name) => [name, name] as const),
    ]);
  };
  return (folder) => {
    if (!known.has(folder)) known.set(folder, list(folder));
    return known.get(folder)!;
  };
}

async function foundAs(parts: readonly string[], namesIn: Names): Promise<string | null> {
  const way: string[] = [];
  for (const part of parts) {
    const names = await namesIn(way.join('/'));
    const name = names.get(part) ?? names.get(part.toUpperCase());
    if (name === undefined) return null;
    way.push(name);
  }
  return way.join('/');
}
