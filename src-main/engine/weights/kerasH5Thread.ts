import { statSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import type { Dataset, Group } from 'h5wasm';
import { CutpointError } from '../../contract/errors.ts';
import { corrupt, unsupportedType } from './file.ts';
import type { H5Answer, H5Source, H5Tensor } from './kerasH5.ts';
import { fromBfloat16, fromFloat16 } from './numbers.ts';

/**
 * The thread in which the HDF5 library (h5wasm) reads one file of Keras weights. A legacy file has one group per layer;
 * a file of a whole model has them under `model_weights`; Keras 3 has a group `vars` in one group per layer. The model's
 * description is not looked at.
 */
const { path, bytes } = workerData as H5Source;

/** Deeper or larger trees than any model has are links that go round, or nonsense. */
const MAX_DEPTH = 16;
const MAX_OBJECTS = 40_000;

/** HDF5's classes of types. */
const FLOAT_CLASS = 1;
const STRING_CLASS = 3;

/** A layer's name that is longer was not given by Keras. */
const MAX_NAME = 1024;

/** Of the two builds of the library, the one with a file system in memory can never reach the disk. */
const library = bytes ? await import('h5wasm') : await import('h5wasm/node');
const module = await library.ready;
// Without this, errors inside the library become text on stderr and invalid handles.
module.activate_throwing_error_handler();

const datasets = new Map<string, Dataset>();
tell(() => ({ tensors: collect() }));
parentPort!.on('message', (name: string) => tell(() => ({ name, values: values(name, datasets.get(name)!) })));

function collect(): H5Tensor[] {
  const file = openFile();
  const fileBytes = bytes ? bytes.length : statSync(path).size;
  const root = file.keys().includes('model_weights') ? file.get('model_weights') : file;
  if (!isGroup(root)) throw corrupt(path, "its 'model_weights' is not a group");
  const tensors: H5Tensor[] = [];
  let plainBytes = 0;
  let objects = 0;
  const visit = (group: Group, prefix: string, depth: number): void => {
    if (depth > MAX_DEPTH) throw corrupt(path, 'its groups are nested without end');
    const layer = prefix.endsWith('vars/') ? layerName(group) : undefined;
    for (const key of group.keys()) {
      if (++objects > MAX_OBJECTS) throw corrupt(path, 'it lists more than any network has');
      if (isLink(group, key)) continue;
      const child = group.get(key);
      if (isGroup(child)) visit(child, `${prefix}${key}/`, depth + 1);
      if (!(child instanceof library.Dataset) || child.metadata.virtual_sources !== undefined) continue;
      const { size, total_size: length, chunks } = child.metadata;
      // Compressed values (in chunks) may be more than the file; plain ones never.
      if (chunks === null) plainBytes += size * length;
      if (plainBytes > fileBytes) throw corrupt(path, 'it is too short for the tensors it lists');
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

/** The values as float32, read in the file's own number type: the library knows no half precision. */
function values(name: string, dataset: Dataset): Float32Array {
  const { type, size, total_size: length, littleEndian } = dataset.metadata;
  if (type !== FLOAT_CLASS || ![2, 4, 8].includes(size)) throw unsupportedType(path, name, String(dataset.dtype));
  const raw = rawBytes(dataset, size * length);
  if (!littleEndian) swap(raw, size);
  if (size === 4) return new Float32Array(raw.buffer);
  if (size === 8) return Float32Array.from(new Float64Array(raw.buffer));
  const halves = new Uint16Array(raw.buffer);
  return dataset.attrs['dtype']?.json_value === 'bfloat16' ? fromBfloat16(halves) : fromFloat16(halves);
}

function rawBytes(dataset: Dataset, length: number): Uint8Array<ArrayBuffer> {
  const pointer = module._malloc(length);
  if (pointer === 0) throw new Error(`no memory for ${length} bytes`);
  try {
    module.get_dataset_data(dataset.file_id, dataset.path, null, null, null, BigInt(pointer));
    return new Uint8Array(module.HEAPU8.slice(pointer, pointer + length));
  } finally {
    module._free(pointer);
  }
}

function swap(raw: Uint8Array, size: number): void {
  const buffer = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  if (size === 2) buffer.swap16();
  else if (size === 4) buffer.swap32();
  else buffer.swap64();
}

/** Posts the answer, or what the library threw as the user's error. */
function tell(work: () => H5Answer): void {
  let answer: H5Answer;
  try {
    answer = work();
  } catch (error) {
    const known = error instanceof CutpointError ? error : corrupt(path, 'the HDF5 library cannot read it');
    answer = { error: known.toReply() };
  }
  parentPort!.postMessage(answer, 'values' in answer ? [answer.values.buffer as ArrayBuffer] : []);
}
