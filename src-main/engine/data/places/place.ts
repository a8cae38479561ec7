import { stat } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { isZip, openArchive, type Member } from './archive.ts';
import type { FileState } from './fileState.ts';
import { withoutFrame } from './frameNames.ts';

/**
 * What a path leads to. It may go on into a file: `study.zip/NORMAL/a.png` is a file in an archive, `DICOMDIR/IMAGES/IM1`
 * one that an index beside it names, and `scan.dcm/frame 00003` one frame of a file.
 */
export interface Place {
  /** On the disk. */
  file: string;
  /** In the archive that the file is. */
  member?: string;
  /** From 0. */
  frame?: number;
}

export const isIndex = (name: string): boolean => /^dicomdir$/i.test(name);

/** Paths that may lead into a file; all others need no look at the disk. */
const MAY_LEAD_IN = /\.zip[\\/]|(^|[\\/])dicomdir[\\/]/i;

/** What a path leads to, whether it is there or not. */
export async function placeAt(path: string): Promise<Place> {
  const whole = await wholeAt(path);
  if (whole !== null) return whole;
  const { file, frame } = withoutFrame(path);
  if (frame === undefined) return { file: path };
  const around = (await wholeAt(file)) ?? ((await isFile(file)) ? { file } : null);
  return around ? { ...around, frame } : { file: path };
}

/** A member of an archive or a file of an index; null: the path leads into neither. */
async function wholeAt(path: string): Promise<Place | null> {
  if (!MAY_LEAD_IN.test(path)) return null;
  const names = path.split(/[\\/]/);
  for (const [at, name] of names.entries()) {
    if (at === names.length - 1 || !(isZip(name) || isIndex(name))) continue;
    const file = names.slice(0, at + 1).join(sep);
    if (!(await isFile(file))) continue;
    const inner = names.slice(at + 1).join('/');
    if (isIndex(name)) return placeAt(join(dirname(file), inner));
    const isThere = await openArchive(file).then(({ members }) => members.has(inner), () => false); // prettier-ignore
    // A frame of a member is looked for by the name without it.
    return isThere || withoutFrame(inner).frame === undefined ? { file, member: inner } : null;
  }
  return null;
}

const isFile = (path: string): Promise<boolean> => stat(path).then((found) => found.isFile(), () => false); // prettier-ignore

/** Whether there is a file, or a member of an archive. */
export async function isFileAt(path: string): Promise<boolean> {
  const { file, member } = await placeAt(path);
  return member === undefined ? isFile(file) : (await memberAt(file, member).catch(() => undefined)) !== undefined;
}

/** Size and times: of a member those of its archive, with its own size. Null where nothing is there. */
export async function stateAt(path: string): Promise<FileState | null> {
  const { file, member } = await placeAt(path);
  const found = await stat(file).catch(() => null);
  if (!found || member === undefined) return found;
  const own = await memberAt(file, member).catch(() => undefined);
  const { mtimeMs, ctimeMs, ino } = found;
  return own ? { size: own.bytes, mtimeMs, ctimeMs, ino } : null;
}

/** @throws CutpointError FILE_NOT_READABLE where nothing of the archive can be read */
export const memberAt = async (file: string, member: string): Promise<Member | undefined> =>
  (await openArchive(file)).members.get(member);
