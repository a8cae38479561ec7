import { statSync } from 'node:fs';
import type { Dataset, Group } from 'h5wasm';
import { corrupt, largestUnpacked, unsupportedType } from './file.ts';
import type { H5Source, H5Tensor } from './h5Messages.ts';
import { fromBfloat16, fromFloat16 } from './numbers.ts';

/**
 * The HDF5 library (h5wasm) on one file of Keras weights. A legacy file has one group per layer; a file of a whole model
 * has them under `model_weights`; Keras 3 has a group `vars` in one group per layer. The model's description is not
 * looked at. A malformed file may leave the library unusable, so that it belongs into a thread that ends with the file.
 */
export interface KerasH5 {
  /**
   * @param onObject called before each object is looked at
   * @throws CutpointError WEIGHTS_CORRUPT, or what the library throws
   */
  list(onObject?: () => void): H5Tensor[];
  /** The values of a tensor that was listed. @throws CutpointError WEIGHTS_FORMAT_UNKNOWN, or what the library throws */
  values(name: string): Float32Array;
}

/** Deeper or larger trees than any model has are links that go round, or nonsense. */
const MAX_DEPTH = 16;
const MAX_OBJECTS = 40_000;

/** HDF5's classes of types. */
const FLOAT_CLASS = 1;
const STRING_CLASS = 3;

/** A layer's name that is longer was not given by Keras. */
const MAX_NAME = 1024;

/** Loads the library for one file; the file is opened when its tensors are listed. */
export async function readKerasH5({ path, bytes }: H5Source): Promise<KerasH5> {
  // Of the two builds of the library, the one with a file system in memory can never reach the disk.
  const library = bytes ? await import('h5wasm') : await import('h5wasm/node');
  const module = await library.ready;
  // Without this, errors inside the library become text on stderr and invalid handles.
  module.activate_throwing_error_handler();
  const datasets = new Map<string, Dataset>();

  return { list, values };

  function list(onObject?: () => void): H5Tensor[] {
    const file = openFile();
    const fileBytes = bytes ? bytes.length : statSync(path).size;
    const root = file.keys().includes('model_weights') ? file.get('model_weights') : file;
    if (!isGroup(root)) throw corrupt(path, "its 'model_weights' is not a group");
    const tensors: H5Tensor[] = [];
    let [plainBytes, packedBytes] = [0, 0];
    let objects = 0;
    const visit = (group: Group, prefix: string, depth: number): void => {
      if (depth > MAX_DEPTH) throw corrupt(path, 'its groups are nested without end');
      const layer = prefix.endsWith('vars/') ? layerName(group) : undefined;
      for (const key of group.keys()) {
        onObject?.();
        if (++objects > MAX_OBJECTS) throw corrupt(path, 'it lists more than any network has');
        if (isLink(group, key)) continue;
        const child = group.get(key);
        if (isGroup(child)) visit(child, `${prefix}${key}/`, depth + 1);
        if (!(child instanceof library.Dataset) || child.metadata.virtual_sources !== undefined) continue;
        const { size, total_size: length, chunks } = child.metadata;
        // Compressed values (in chunks) may be more than the file; plain ones never.
        if (chunks === null) plainBytes += size * length;
        else packedBytes += size * length;
        if (plainBytes > fileBytes || packedBytes > largestUnpacked(fileBytes)) {
          throw corrupt(path, 'it is too short for the tensors it lists');
        }
        const name = `${prefix}${key}`;
        datasets.set(name, child);
        tensors.push({ name, shape: child.shape ?? [], ...(layer === undefined ? {} : { layer }) });
      }
    };
    visit(root, '', 0);
    return tensors;
  }

  function openFile(): Group {
    if (!bytes) return new library.File(path, 'r');
    const inMemory = '/weights.h5';
    // Emscripten's file system keeps these bytes instead of a copy; its types do not say so.
    const options = { flags: 'w', canOwn: true };
    module.FS.writeFile(inMemory, bytes, options);
    return new library.File(inMemory, 'r');
  }

  function isGroup(entity: unknown): entity is Group {
    return entity instanceof library.Group;
  }

  /** The values as float32, read in the file's own number type: the library knows no half precision. */
  function values(name: string): Float32Array {
    const dataset = datasets.get(name)!;
    const { type, size, total_size: length, littleEndian } = dataset.metadata;
    if (type !== FLOAT_CLASS || ![2, 4, 8].includes(size)) throw unsupportedType(path, name, String(dataset.dtype));
    const raw = rawBytes(dataset, size * length);
    if (!littleEndian) swap(raw, size);
    if (size === 4) return new Float32Array(raw.buffer);
    if (size === 8) return new Float32Array(new Float64Array(raw.buffer));
    const halves = new Uint16Array(raw.buffer);
    return dataset.attrs['dtype']?.json_value === 'bfloat16' ? fromBfloat16(halves) : fromFloat16(halves);
  }

  function rawBytes(dataset: Dataset, length: number): Uint8Array<ArrayBuffer> {
    const pointer = module._malloc(length);
    if (pointer === 0) throw new Error(`no memory for ${length} bytes`);
    try {
      module.get_dataset_data(dataset.file_id, dataset.path, null, null, null, BigInt(pointer));
      return module.HEAPU8.slice(pointer, pointer + length) as Uint8Array<ArrayBuffer>;
    } finally {
      module._free(pointer);
    }
  }
}

/** Keras writes no soft or external links; following one could lead to another file. */
function isLink(group: Group, key: string): boolean {
  const link = `${group.path}/${key}`;
  return group.get_link(link) !== null || group.get_external_link(link).filename !== undefined;
}

/** The name of the layer whose variables these are, which Keras writes beside them since 3.6. */
function layerName(group: Group): string | undefined {
  const name = group.attrs['name'];
  if (name?.metadata.type !== STRING_CLASS || name.metadata.total_size !== 1) return undefined;
  const value = name.json_value;
  return typeof value === 'string' && value !== '' && value.length <= MAX_NAME ? value : undefined;
}

function swap(raw: Uint8Array, size: number): void {
  const buffer = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  if (size === 2) buffer.swap16();
  else if (size === 4) buffer.swap32();
  else buffer.swap64();
}
