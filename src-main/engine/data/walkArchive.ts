import type { FileProblem } from '../../contract/data.ts';
import { CutpointError } from '../../contract/errors.ts';
import { type Archive, openArchive } from './places/archive.ts';
import { stateAt } from './places/place.ts';
import { join } from 'node:path';

/** A zip archive as a folder: its files, sorted, with the path of the archive before each. */
export interface WalkedArchive {
  files: string[];
  folders: string[];
  unread: FileProblem[];
  /** All that it holds lies unpacked beside it, under the same names in the same sizes. */
  isUnpacked: boolean;
}

/**
 * @param relative of the archive in `folder`; empty: the folder is the archive
 * @returns its reason where nothing of it can be read
 */
export async function walkArchive(
  folder: string,
  relative: string,
  isPassedOver: (name: string) => boolean,
): Promise<WalkedArchive | CutpointError> {
  const opened = await openArchive(join(folder, relative)).catch((thrown: unknown) => {
    const error = CutpointError.from(thrown);
    if (error.kind !== 'user') throw thrown;
    return error;
  });
  if (opened instanceof CutpointError) return opened;
  const inside = (name: string): string => (relative === '' ? name : `${relative}/${name}`);
  return {
    files: [...opened.members.keys()].map(inside),
    folders: opened.folders.map(inside),
    unread: opened.unread.map(({ name, reason }) => ({ file: inside(name), code: 'FILE_NOT_READABLE', message: reason })), // prettier-ignore
    isUnpacked: relative !== '' && (await isUnpackedBeside(join(folder, relative), opened, isPassedOver)),
  };
}

/** Beside the archive itself, or in the folder that programs make for it. */
async function isUnpackedBeside(
  file: string,
  { members }: Archive,
  isPassedOver: (name: string) => boolean,
): Promise<boolean> {
  const own = [...members].filter(([name]) => !name.split('/').some(isPassedOver));
  for (const folder of [join(file, '..'), file.replace(/\.zip$/i, '')]) if (await areIn(folder)) return true;
  return false;

  async function areIn(folder: string): Promise<boolean> {
    for (const [name, { bytes }] of own) if ((await stateAt(join(folder, name)))?.size !== bytes) return false;
    return own.length > 0;
  }
}
