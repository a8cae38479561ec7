import { basename } from 'node:path';
import type { Shape } from '../../backbone/graph.ts';
import { sizeOf } from '../../backbone/parameters.ts';
import { CutpointError } from '../../contract/errors.ts';
import { corrupt, unsupportedType, type FileTensor } from './file.ts';
import { denseStrides, gather, numberTypes, type NumberType } from './numbers.ts';
import { PickleDict, PickleError, PickleName, PickleTuple, unpickle, type PickleRules } from './pickle.ts';

/**
 * What PyTorch's two file formats share: a pickle of containers with tensors in them, whose values lie elsewhere in the
 * file in storages, which tensors refer to by key.
 */

/** Memory for the pickle alone; those of the largest published networks have a few megabytes. */
export const MAX_PICKLE_BYTES = 64_000_000;

/** torch.Tensor has no more axes than this. */
const MAX_AXES = 64;

/** Deeper containers, or more items and characters in their names, than any checkpoint has: they hold themselves. */
const MAX_DEPTH = 16;
const MAX_VOLUME = 16_000_000;

/** Values of one number type in a row, by the file's key for them. */
export interface TorchStorage {
  key: string;
  type: NumberType & { name: string };
  elements: number;
}

/** Where a storage lies: how many bytes it has, and the bytes from `from` up to `to`. */
export interface StorageBytes {
  bytes: number;
  read(from: number, to: number): Promise<ArrayBuffer>;
}

/** Steps and offset count elements, as in `torch.Tensor.stride()`. */
class TorchTensor {
  readonly storage: TorchStorage;
  readonly offset: number;
  readonly shape: Shape;
  readonly strides: readonly number[];

  constructor(storage: TorchStorage, offset: number, shape: Shape, strides: readonly number[]) {
    this.storage = storage;
    this.offset = offset;
    this.shape = shape;
    this.strides = strides;
  }
}

class StorageView {
  readonly storage: TorchStorage;
  readonly offset: number;

  constructor(storage: TorchStorage, offset: number) {
    this.storage = storage;
    this.offset = offset;
  }
}

const STORAGES: ReadonlyMap<string, TorchStorage['type']> = new Map([
  ['torch.FloatStorage', { name: 'float32', ...numberTypes.float32 }],
  ['torch.DoubleStorage', { name: 'float64', ...numberTypes.float64 }],
  ['torch.HalfStorage', { name: 'float16', ...numberTypes.float16 }],
  ['torch.BFloat16Storage', { name: 'bfloat16', ...numberTypes.bfloat16 }],
  ['torch.LongStorage', { name: 'int64', bytes: 8 }],
  ['torch.IntStorage', { name: 'int32', bytes: 4 }],
  ['torch.ShortStorage', { name: 'int16', bytes: 2 }],
  ['torch.CharStorage', { name: 'int8', bytes: 1 }],
  ['torch.ByteStorage', { name: 'uint8', bytes: 1 }],
  ['torch.BoolStorage', { name: 'bool', bytes: 1 }],
  ['torch.storage.UntypedStorage', { name: 'bytes', bytes: 1 }],
]);

/** What the calls in a state dict amount to. */
const FUNCTIONS: ReadonlyMap<string, (args: readonly unknown[]) => unknown> = new Map([
  ['collections.OrderedDict', orderedDict],
  ['torch._utils._rebuild_tensor', rebuildTensor],
  ['torch._utils._rebuild_tensor_v2', rebuildTensor],
  ['torch._utils._rebuild_parameter', ([tensor]: readonly unknown[]) => tensor],
  ['torch.Size', ([lengths]: readonly unknown[]) => lengths],
  ['torch.device', () => null],
]);

const damaged = (why: string): PickleError => new PickleError('damaged', why);

/** Python 2 gives the items as one argument, a list of pairs; Python 3 puts them in afterwards. */
function orderedDict([items]: readonly unknown[]): PickleDict {
  const dict = new PickleDict();
  if (items === undefined) return dict;
  if (!Array.isArray(items)) throw damaged('a dictionary is made of what is no list');
  for (const pair of items as readonly unknown[]) {
    const parts = pair instanceof PickleTuple ? pair.items : pair;
    if (!Array.isArray(parts) || parts.length !== 2) throw damaged('a dictionary is made of what are no pairs');
    dict.entries.push([parts[0], parts[1]]);
  }
  return dict;
}

function rebuildTensor([storage, offset, size, stride]: readonly unknown[]): TorchTensor {
  if (!(storage instanceof StorageView)) throw damaged('a tensor has no storage');
  const [shape, strides] = [lengthsOf(size), lengthsOf(stride)];
  if (shape.length !== strides.length || shape.length > MAX_AXES) throw damaged('a tensor has no shape');
  return new TorchTensor(storage.storage, storage.offset + lengthOf(offset), shape, strides);
}

function lengthsOf(value: unknown): number[] {
  const items = value instanceof PickleTuple ? value.items : value;
  if (!Array.isArray(items)) throw damaged('a tensor has no shape');
  return items.map(lengthOf);
}

function lengthOf(value: unknown): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw damaged('a tensor has no shape');
  return value;
}

/**
 * The value of the pickle at `start`, with tensors that refer to the storages (also returned, by key), and the position
 * after it.
 * @throws CutpointError WEIGHTS_CORRUPT; WEIGHTS_FORMAT_UNKNOWN where the pickle asks for any function or class that a
 *   dictionary of tensors does not need. PickleError with reason `ends`, so that more bytes can be read.
 */
export function readTorchPickle(path: string, bytes: Buffer, start = 0) {
  const storages = new Map<string, TorchStorage>();
  const rules: PickleRules = {
    allows: (name) => FUNCTIONS.has(name) || STORAGES.has(name),
    call: (name, args) => {
      const perform = FUNCTIONS.get(name);
      if (!perform) throw damaged(`it calls '${name}'`);
      return perform(args);
    },
    persistent: (id) => storageView(id, storages),
  };
  try {
    return { ...unpickle(bytes, start, rules), storages };
  } catch (error) {
    if (!(error instanceof PickleError) || error.reason === 'ends') throw error;
    if (error.reason === 'name') throw refused(path, error.message, bytes);
    throw corrupt(path, error.message, error);
  }
}

/** `('storage', type, key, place, elements)`, in old files with `(view's key, its offset, its elements)` or None. */
function storageView(id: unknown, storages: Map<string, TorchStorage>): StorageView {
  const [kind, name, key, , elements, view] = id instanceof PickleTuple ? id.items : [];
  const type = name instanceof PickleName ? STORAGES.get(name.name) : undefined;
  if (kind !== 'storage' || !type || typeof key !== 'string') throw damaged('it refers to what is not a storage');
  const storage = { key, type, elements: lengthOf(elements) };
  const known = storages.get(storage.key);
  if (known && (known.type !== type || known.elements !== storage.elements)) {
    throw damaged(`it describes the storage '${storage.key}' in two ways`);
  }
  storages.set(storage.key, known ?? storage);
  return new StorageView(known ?? storage, view instanceof PickleTuple ? lengthOf(view.items[1]) : 0);
}

/** A pickle of a whole model names the classes of its layers beside the one that stopped the reading. */
function refused(path: string, name: string, bytes: Buffer): CutpointError {
  const file = `'${basename(path)}'`;
  const asked = `'${printable(name)}'`;
  if (bytes.includes('torch.nn.modules') || name.startsWith('__torch__')) {
    return new CutpointError(
      'WEIGHTS_FORMAT_UNKNOWN',
      `${file} holds a whole model, not its weights alone: to open it, the program ${asked} would have to run, and Cutpoint runs nothing from a file.`,
      {
        remedy:
          "In Python, beside the program that made the model, save the weights alone: torch.save(model.state_dict(), 'weights.pth').",
        details: { asks: printable(name) },
      },
    );
  }
  return new CutpointError(
    'WEIGHTS_FORMAT_UNKNOWN',
    `${file} asks to run ${asked}, which weights do not need. Nothing of it was run.`,
    {
      remedy:
        "Where you trust whoever made it, open it in Python and save the tensors alone: torch.save(model.state_dict(), 'weights.pth'), or safetensors.torch.save_file. Where you do not, delete it.",
      details: { asks: printable(name) },
    },
  );
}

function printable(name: string): string {
  return name.replace(/[^\x20-\x7e]/g, '?').slice(0, 120);
}

/**
 * Every tensor in the containers of a checkpoint, under its keys joined by dots (`state_dict.layer1.0.conv1.weight`).
 * States of optimisers are left out, and so is what is no tensor.
 * @throws CutpointError WEIGHTS_CORRUPT
 */
export function namedTensors(path: string, root: unknown): Map<string, TorchTensor> {
  const tensors = new Map<string, TorchTensor>();
  let volume = 0;
  const visit = (value: unknown, name: string, depth: number): void => {
    if (value instanceof TorchTensor) tensors.set(name, value);
    const items = itemsOf(value);
    volume += name.length + items.length;
    if (depth > MAX_DEPTH || volume > MAX_VOLUME) throw corrupt(path, 'its containers are nested without end');
    for (const [key, child] of items) {
      if (typeof key !== 'string' && typeof key !== 'number') continue;
      if (depth === 0 && /^optim/i.test(String(key)) && !(child instanceof TorchTensor)) continue;
      visit(child, name === '' ? String(key) : `${name}.${key}`, depth + 1);
    }
  };
  visit(root, '', 0);
  return tensors;
}

function itemsOf(value: unknown): readonly (readonly [key: unknown, value: unknown])[] {
  if (value instanceof PickleDict) return value.entries;
  const list: unknown = value instanceof PickleTuple ? value.items : value;
  return Array.isArray(list) ? [...(list as readonly unknown[]).entries()] : [];
}

/**
 * The tensors of a checkpoint as a file's, each checked against its storage and the storage against the file.
 * @throws CutpointError WEIGHTS_CORRUPT
 */
export function fileTensors(
  path: string,
  root: unknown,
  locate: (storage: TorchStorage) => StorageBytes | undefined,
): Map<string, FileTensor> {
  const tensors = new Map<string, FileTensor>();
  for (const [name, tensor] of namedTensors(path, root)) {
    const { storage, offset, shape, strides } = tensor;
    const place = locate(storage);
    if (place?.bytes !== storage.elements * storage.type.bytes) {
      throw corrupt(path, `the values of '${name}' are not where they should be`);
    }
    const elements = sizeOf(shape);
    const reach = elements === 0 ? 0 : 1 + shape.reduce((sum, length, axis) => sum + (length - 1) * strides[axis]!, 0);
    if (offset + reach > storage.elements || elements > storage.elements) {
      throw corrupt(path, `'${name}' of shape [${shape}] is larger than what is stored for it`);
    }
    tensors.set(name, { shape, read: () => readTensor(path, name, tensor, place, reach) });
  }
  return tensors;
}

async function readTensor(path: string, name: string, tensor: TorchTensor, place: StorageBytes, reach: number) {
  const { storage, offset, shape, strides } = tensor;
  const { bytes, widen, name: typeName } = storage.type;
  if (!widen) throw unsupportedType(path, name, typeName);
  const values = widen(await place.read(offset * bytes, (offset + reach) * bytes));
  const dense = denseStrides(shape);
  const isDense = values.length === 0 || shape.every((length, axis) => length === 1 || strides[axis] === dense[axis]);
  return isDense ? values : gather(values, shape, strides);
}
