import { open } from 'node:fs/promises';
import { readBytes } from '../bytes.ts';
import type { Identity } from '../picture.ts';
import { identityIn } from './dicom.ts';

/** Bytes that hold the header of nearly every file up to its pixels. */
const BEGINNING = 64 * 1024;

/** Who the image of a DICOM file is of; reads no more of it than it has to. Throws as `readImage` does. */
export async function readIdentity(path: string): Promise<Identity> {
  const file = await open(path).catch(() => undefined);
  try {
    const start = await file?.read(Buffer.alloc(BEGINNING), 0, BEGINNING, 0);
    if (start) return identityIn(start.buffer.subarray(0, start.bytesRead));
  } catch {
    // The header goes on, or is packed.
  } finally {
    await file?.close();
  }
  return identityIn(await readBytes(path));
}
