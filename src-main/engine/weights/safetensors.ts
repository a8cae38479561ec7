import { open, type FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import type { Weights } from '../../backbone/model.ts';
import { sizeOf } from '../../backbone/parameters.ts';
import { corrupt, unsupportedType, type FileTensor, type WeightFile, type WeightReader } from './file.ts';
import { numberTypes, type NumberType } from './numbers.ts';
import { readAt } from './readAt.ts';

/**
 * The format of Hugging Face's `safetensors`: eight bytes of header length, a JSON header, and the tensors, little
 * endian and row-major, without gaps. https://github.com/huggingface/safetensors#format
 */
const MAX_HEADER = 25_000_000;

const header = z.record(
  z.string(),
  z.object({
    dtype: z.string(),
    shape: z.array(z.int().nonnegative()),
    data_offsets: z.tuple([z.int().nonnegative(), z.int().nonnegative()]),
  }),
);

const TYPES: Readonly<Record<string, NumberType>> = {
  F32: numberTypes.float32,
  F64: numberTypes.float64,
  F16: numberTypes.float16,
  BF16: numberTypes.bfloat16,
  ...Object.fromEntries(['I64', 'U64', 'C64'].map((name) => [name, { bytes: 8 }])),
  ...Object.fromEntries(['I32', 'U32'].map((name) => [name, { bytes: 4 }])),
  ...Object.fromEntries(['I16', 'U16'].map((name) => [name, { bytes: 2 }])),
  ...Object.fromEntries(['I8', 'U8', 'BOOL', 'F8_E4M3', 'F8_E5M2'].map((name) => [name, { bytes: 1 }])),
};

export const safetensors: WeightReader = {
  format: 'safetensors',
  match: (path, head, bytes) => {
    if (head.length < 9) return path.endsWith('.safetensors');
    const length = head.readBigUInt64LE(0);
    return head[8] === 0x7b && (length <= BigInt(bytes) || path.endsWith('.safetensors'));
  },
  open: openSafetensors,
};

/**
 * Opens a safetensors file. Close it after reading.
 * @throws CutpointError WEIGHTS_CORRUPT
 */
export async function openSafetensors(path: string): Promise<WeightFile> {
  const handle = await open(path, 'r');
  try {
    const { head, tensors, metadata } = await readHeader(handle, path);
    const read = (name: string, { dtype, data_offsets: [start, end] }: HeaderEntry): FileTensor['read'] => {
      const { widen } = TYPES[dtype]!;
      if (!widen) return () => Promise.reject(unsupportedType(path, name, dtype));
      return async () => widen(await readAt(handle, path, head.length + start, end - start));
    };
    return {
      format: 'safetensors',
      path,
      tensors: new Map(tensors.map(([name, entry]) => [name, { shape: entry.shape, read: read(name, entry) }])),
      metadata,
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/**
 * Every tensor of a safetensors file, by name, with the file's metadata and the CRC-32 of all its bytes, of which each is
 * read once.
 * @param wanted names of tensors that are kept; left out: all
 * @throws CutpointError WEIGHTS_CORRUPT, WEIGHTS_FORMAT_UNKNOWN
 */
export async function readSafetensors(
  path: string,
  wanted?: ReadonlySet<string>,
): Promise<{ tensors: Weights; metadata: Readonly<Record<string, string>>; crc32: number }> {
  const handle = await open(path, 'r');
  try {
    const header = await readHeader(handle, path);
    const { head, metadata } = header;
    const tensors: Weights = new Map();
    let sum = crc32(head);
    // Without gaps, and in the order of their bytes.
    for (const [
      name,
      {
        shape,
        dtype,
        data_offsets: [start, end],
      },
    ] of header.tensors) {
      const { widen } = TYPES[dtype]!;
      if (!widen) throw unsupportedType(path, name, dtype);
      const bytes = await readAt(handle, path, head.length + start, end - start);
      sum = crc32(new Uint8Array(bytes), sum);
      if (wanted?.has(name) ?? true) tensors.set(name, { shape, data: widen(bytes) });
    }
    return { tensors, metadata, crc32: sum };
  } finally {
    await handle.close();
  }
}

/** The bytes before the tensors, and what they say. */
async function readHeader(handle: FileHandle, path: string) {
  const { size } = await handle.stat();
  const lengthBytes = size >= 8 ? Buffer.from(await readAt(handle, path, 0, 8)) : undefined;
  if (!lengthBytes) throw corrupt(path, 'it is too short to have a header');
  const length = Number(lengthBytes.readBigUInt64LE(0));
  if (length > size - 8) throw corrupt(path, 'its header reaches beyond its end');
  if (length > MAX_HEADER) throw corrupt(path, 'its header is longer than any real one');
  const head = Buffer.from(await readAt(handle, path, 0, 8 + length));
  return { head, ...parseHeader(path, head.subarray(8), size - head.length) };
}

type HeaderEntry = z.infer<typeof header>[string];

function parseHeader(path: string, bytes: Buffer, dataBytes: number) {
  let parsed: unknown;
  try {
    parsed = JSON.parse(bytes.toString('utf8'));
  } catch (cause) {
    throw corrupt(path, 'its header is not JSON', cause);
  }
  const { __metadata__: rawMetadata = {}, ...rest } = (parsed ?? {}) as Record<string, unknown>;
  const metadata = z.record(z.string(), z.string()).safeParse(rawMetadata);
  const entries = header.safeParse(rest);
  if (!metadata.success || !entries.success) throw corrupt(path, 'its header does not describe tensors');
  const tensors = Object.entries(entries.data).sort((a, b) => a[1].data_offsets[0] - b[1].data_offsets[0]);
  let end = 0;
  for (const [name, entry] of tensors) {
    const type = TYPES[entry.dtype];
    if (!type) throw unsupportedType(path, name, entry.dtype);
    const [from, to] = entry.data_offsets;
    if (from !== end || to < from) throw corrupt(path, `'${name}' does not begin where the tensor before it ends`);
    if (sizeOf(entry.shape) * type.bytes !== to - from) {
      throw corrupt(path, `'${name}' of shape [${entry.shape}] does not fill the bytes it is given`);
    }
    end = to;
  }
  if (end !== dataBytes) {
    throw corrupt(path, `its tensors need ${end} bytes and it holds ${dataBytes}`);
  }
  return { tensors, metadata: metadata.data };
}
