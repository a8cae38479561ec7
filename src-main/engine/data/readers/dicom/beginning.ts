import { closeSync, openSync, readSync } from 'node:fs';
import { readBytes } from '../../places/contents.ts';
import { placeAt } from '../../places/place.ts';

/** Bytes that hold the header of nearly every file up to its pixels. */
const BEGINNING = 64 * 1024;

/**
 * What a function makes of the header of a DICOM file; no more of the file is read than it has to.
 * @param make of the beginning of a file; throws where that does not suffice
 */
export async function ofHeader<T>(path: string, make: (beginning: Buffer) => T): Promise<T> {
  const { file: onDisk, member } = await placeAt(path);
  // What is packed is read whole.
  if (member !== undefined) return make(await readBytes(path));
  const beginning = beginningOf(onDisk);
  try {
    if (beginning) return make(beginning);
  } catch {
    // The header goes on, or is packed.
  }
  return make(await readBytes(path));
}

/** Undefined of what cannot be read. Without turns between, which take longer than the disk does: the thread is for this. */
function beginningOf(file: string): Buffer | undefined {
  let handle: number | undefined;
  try {
    handle = openSync(file, 'r');
    const start = Buffer.allocUnsafe(BEGINNING);
    return start.subarray(0, readSync(handle, start, 0, BEGINNING, 0));
  } catch {
    return undefined;
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}
