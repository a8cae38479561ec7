import { open } from 'node:fs/promises';
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
  const file = await open(onDisk).catch(() => undefined);
  try {
    const start = await file?.read(Buffer.alloc(BEGINNING), 0, BEGINNING, 0);
    if (start) return make(start.buffer.subarray(0, start.bytesRead));
  } catch {
    // The header goes on, or is packed.
  } finally {
    await file?.close();
  }
  return make(await readBytes(path));
}
