import type { FileHandle } from 'node:fs/promises';
import { corrupt } from './file.ts';

/** Node reads at most 2 GiB at once. */
const AT_ONCE = 2 ** 30;

/**
 * Reads exactly these bytes of a file into memory of their own.
 * @throws CutpointError WEIGHTS_CORRUPT where the file ends before them
 */
export async function readAt(handle: FileHandle, path: string, position: number, length: number): Promise<ArrayBuffer> {
  const buffer = new ArrayBuffer(length);
  let done = 0;
  while (done < length) {
    const wanted = Math.min(length - done, AT_ONCE);
    const { bytesRead } = await handle.read(new Uint8Array(buffer, done, wanted), 0, wanted, position + done);
    if (bytesRead === 0) throw corrupt(path, 'it ended while it was being read');
    done += bytesRead;
  }
  return buffer;
}
