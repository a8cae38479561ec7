import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import type { Shape } from '../../backbone/graph.ts';
import { sizeOf } from '../../backbone/parameters.ts';
import { CutpointError } from '../../contract/errors.ts';

/** Tensors by name, single or half precision. */
export type Tensors = ReadonlyMap<string, { shape: Shape; data: Float32Array | Float16Array }>;

/**
 * Writes tensors in the safetensors format. The file appears under its name only when all of it is on the disk, so that a
 * crash or a full disk leaves what stood there before. The values are written from where they lie; they must not change
 * until the promise resolves.
 * @returns the CRC-32 of all its bytes, to be kept elsewhere: `readSafetensors` gives that of what it read
 * @throws CutpointError DISK_FULL, WORKSPACE_NOT_WRITABLE, CHECKPOINT_WRITE_FAILED
 */
export async function writeSafetensors(
  path: string,
  tensors: Tensors,
  metadata: Readonly<Record<string, string>> = {},
): Promise<number> {
  const partial = `${path}.partial`;
  let sum = 0;
  function* summed(): Generator<Uint8Array> {
    for (const chunk of safetensorsChunks(tensors, metadata)) {
      sum = crc32(chunk, sum);
      yield chunk;
    }
  }
  try {
    const handle = await open(partial, 'w');
    try {
      await handle.writeFile(summed());
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(partial, path);
    await syncFolder(dirname(path));
    return sum;
  } catch (error) {
    await rm(partial, { force: true }).catch(() => undefined);
    throw writeError(path, error);
  }
}

/** The bytes of a safetensors file: header first, then each tensor's own bytes. Nothing is copied. */
export function* safetensorsChunks(
  tensors: Tensors,
  metadata: Readonly<Record<string, string>>,
): Generator<Uint8Array> {
  const header: Record<string, unknown> = Object.keys(metadata).length > 0 ? { __metadata__: metadata } : {};
  let end = 0;
  for (const [name, { shape, data }] of tensors) {
    if (sizeOf(shape) !== data.length) throw new Error(`'${name}' has ${data.length} values for shape [${shape}]`);
    header[name] = {
      dtype: data instanceof Float16Array ? 'F16' : 'F32',
      shape,
      data_offsets: [end, (end += data.byteLength)],
    };
  }
  const json = Buffer.from(JSON.stringify(header));
  const padded = Math.ceil(json.length / 8) * 8;
  const head = Buffer.alloc(8 + padded, ' ');
  head.writeBigUInt64LE(BigInt(padded), 0);
  json.copy(head, 8);
  yield head;
  for (const { data } of tensors.values()) yield new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

/** Makes the rename itself durable; Windows neither needs nor allows it. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function writeError(path: string, cause: unknown): unknown {
  const code = (cause as NodeJS.ErrnoException).code;
  if (code === undefined) return cause;
  const file = `'${basename(path)}'`;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new CutpointError('DISK_FULL', `The disk is full: ${file} could not be written.`, {
      remedy: 'Free some space on the disk of the workspace and try again. What was stored before is unharmed.',
      cause,
    });
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new CutpointError('WORKSPACE_NOT_WRITABLE', `Cutpoint may not write ${file} into its folder.`, {
      remedy: 'Give yourself permission to write there, or choose another workspace.',
      cause,
    });
  }
  return new CutpointError('CHECKPOINT_WRITE_FAILED', `${file} could not be written (${code}).`, {
    remedy: 'Check that the disk of the workspace is connected and healthy, and try again.',
    cause,
  });
}
