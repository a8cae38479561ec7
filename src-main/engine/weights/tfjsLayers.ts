import { open, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { sizeOf } from '../../backbone/parameters.ts';
import { CutpointError } from '../../contract/errors.ts';
import { corrupt, unsupportedType, type FileTensor, type WeightFile, type WeightReader } from './file.ts';
import { fromFloat16 } from './numbers.ts';

/**
 * A TensorFlow.js layers model: `model.json` with a manifest of groups, each a run of tensors laid end to end over its
 * shard files. Models of 2018 have a group for every layer, later ones a single group; both are read alike. The model's
 * topology is not looked at.
 */
const MAX_JSON = 64_000_000;

const tensorEntry = z.object({
  name: z.string(),
  shape: z.array(z.int().nonnegative()),
  dtype: z.string(),
  quantization: z.object({ dtype: z.string(), scale: z.number().optional(), min: z.number().optional() }).optional(),
});
type TensorEntry = z.infer<typeof tensorEntry>;

const manifest = z.array(z.object({ paths: z.array(z.string()), weights: z.array(tensorEntry) }));

interface Shard {
  path: string;
  start: number;
  bytes: number;
}

interface Decoder {
  bytes: number;
  decode?: (bytes: ArrayBuffer, quantization: TensorEntry['quantization']) => Float32Array;
}

/** Quantised integers stand for `min + scale × integer`. */
const affine = (values: Uint8Array | Uint16Array, quantization: TensorEntry['quantization']) =>
  Float32Array.from(values, (value) => value * (quantization?.scale ?? 1) + (quantization?.min ?? 0));

/** By the type that is stored: the quantised one where there is one. */
const DECODERS: Readonly<Record<string, Decoder>> = {
  float32: { bytes: 4, decode: (bytes) => new Float32Array(bytes) },
  'quantised float16': { bytes: 2, decode: (bytes) => fromFloat16(new Uint16Array(bytes)) },
  'quantised uint8': { bytes: 1, decode: (bytes, quantization) => affine(new Uint8Array(bytes), quantization) },
  'quantised uint16': { bytes: 2, decode: (bytes, quantization) => affine(new Uint16Array(bytes), quantization) },
  int32: { bytes: 4 },
  uint8: { bytes: 1 },
  bool: { bytes: 1 },
  complex64: { bytes: 8 },
};

export const tfjsLayers: WeightReader = {
  format: 'tfjs-layers',
  match: (_path, head) => head.subarray(0, 64).toString('utf8').trimStart().startsWith('{'),
  open: openTfjsLayers,
};

async function openTfjsLayers(path: string): Promise<WeightFile> {
  const groups = await readManifest(path);
  const tensors = new Map<string, FileTensor>();
  for (const group of groups) {
    const shards = await findShards(path, group.paths);
    let offset = 0;
    for (const entry of group.weights) {
      const type = entry.quantization ? `quantised ${entry.quantization.dtype}` : entry.dtype;
      const decoder = DECODERS[type];
      if (!decoder) throw unsupportedType(path, entry.name, type);
      const bytes = sizeOf(entry.shape) * decoder.bytes;
      const start = offset;
      tensors.set(entry.name, {
        shape: entry.shape,
        read: async () => {
          if (!decoder.decode) throw unsupportedType(path, entry.name, type);
          return decoder.decode(await readRange(path, shards, start, bytes), entry.quantization);
        },
      });
      offset += bytes;
    }
    const held = shards.reduce((sum, shard) => sum + shard.bytes, 0);
    if (offset !== held) {
      throw corrupt(path, `its tensors need ${offset} bytes and '${group.paths.join("', '")}' hold ${held}`);
    }
  }
  return { format: 'tfjs-layers', path, tensors, metadata: {}, close: async () => undefined };
}

async function readManifest(path: string) {
  if ((await stat(path)).size > MAX_JSON) throw corrupt(path, 'it is longer than the description of any model');
  let json: unknown;
  try {
    json = JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw corrupt(path, 'it begins like JSON and is not', cause);
  }
  const raw = (json as { weightsManifest?: unknown } | null)?.weightsManifest;
  if (raw === undefined) {
    throw new CutpointError(
      'WEIGHTS_FORMAT_UNKNOWN',
      `'${basename(path)}' is JSON, but not a TensorFlow.js model: it lists no weights.`,
      { remedy: "Choose the 'model.json' of a TensorFlow.js layers model." },
    );
  }
  const parsed = manifest.safeParse(raw);
  if (!parsed.success) throw corrupt(path, 'its list of weights is not in order', parsed.error);
  return parsed.data;
}

/** The shards of a group beside the description. A name that leads out of its folder is refused. */
async function findShards(path: string, names: readonly string[]): Promise<Shard[]> {
  const shards: Shard[] = [];
  let start = 0;
  for (const name of names) {
    if (name !== basename(name) || name.includes('\\') || name === '..') {
      throw corrupt(path, `it names a part outside its folder ('${name}')`);
    }
    const shard = join(dirname(path), name);
    const bytes = await stat(shard).then(
      (found) => found.size,
      (cause: unknown) => {
        throw new CutpointError(
          'WEIGHTS_CORRUPT',
          `The part '${name}' of the weights is not beside '${basename(path)}'.`,
          {
            remedy: 'Copy all files of the TensorFlow.js model into one folder.',
            cause,
          },
        );
      },
    );
    shards.push({ path: shard, start, bytes });
    start += bytes;
  }
  return shards;
}

async function readRange(path: string, shards: readonly Shard[], start: number, length: number): Promise<ArrayBuffer> {
  const buffer = new ArrayBuffer(length);
  for (const shard of shards) {
    const from = Math.max(start, shard.start);
    const to = Math.min(start + length, shard.start + shard.bytes);
    if (from >= to) continue;
    const handle = await open(shard.path, 'r');
    try {
      const target = new Uint8Array(buffer, from - start, to - from);
      const { bytesRead } = await handle.read(target, 0, target.length, from - shard.start);
      if (bytesRead !== target.length) throw corrupt(path, `'${basename(shard.path)}' ended while it was being read`);
    } finally {
      await handle.close();
    }
  }
  return buffer;
}
