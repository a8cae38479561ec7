import { basename } from 'node:path';
import { sizeOf } from '../../backbone/parameters.ts';
import { CutpointError } from '../../contract/errors.ts';
import { corrupt, unsupportedType, type FileTensor } from './file.ts';
import { inertCalls, isForeign, isHarmful } from './inertCalls.ts';
import { denseStrides, gather } from './numbers.ts';
import { numpyArray } from './numpyArray.ts';
import { unpickle } from './pickle.ts';
import type { PickleRules } from './pickleMachine.ts';
import { damaged, PickleDict, PickleError, PickleName, PickleObject, PickleTuple } from './pickleValues.ts';
import { lengthOf, OpaqueTensor, rebuildOf, STORAGES, StorageView, TorchTensor, type TorchStorage } from './torchTensors.ts'; // prettier-ignore

/**
 * What PyTorch's two file formats share: a pickle of containers with tensors in them, whose values lie elsewhere in the
 * file in storages, which tensors refer to by key. Whatever else it carries, settings of a training or a whole model, is
 * taken as data.
 */

/**
 * Memory for the pickle alone. That of a large network has a few megabytes; with weights or predictions as arrays of NumPy
 * it holds their values too.
 */
export const MAX_PICKLE_BYTES = 256_000_000;

/** Deeper containers, or more items and characters in their names, than any checkpoint has: they hold themselves. */
const MAX_DEPTH = 48;
const MAX_VOLUME = 8_000_000;

/** Tensors whose axes repeat their values, `expand` in PyTorch, may have this many: more are made to fill the memory. */
const MAX_EXPANDED = 4_000_000;

/** Where a storage lies: how many bytes it has, and the bytes from `from` up to `to`. */
export interface StorageBytes {
  bytes: number;
  read(from: number, to: number): Promise<ArrayBuffer>;
}

/**
 * The value of the pickle at `start`, with tensors that refer to the storages (also returned, by key), the names of the
 * classes and functions that it carries beside them, and the position after it.
 * @throws CutpointError WEIGHTS_CORRUPT; WEIGHTS_FORMAT_UNKNOWN where it asks for what only a file made to do harm does.
 *   PickleError with reason `ends`, so that more bytes can be read.
 */
export async function readTorchPickle(path: string, bytes: Buffer, start = 0) {
  const storages = new Map<string, TorchStorage>();
  const foreign = new Set<string>();
  const call = inertCalls(bytes.length);
  const rules: PickleRules = {
    allows: (name) => {
      if (STORAGES.has(name)) return true;
      if (isForeign(name)) foreign.add(name);
      return !isHarmful(name);
    },
    call: (name, args) => {
      if (STORAGES.has(name)) throw damaged(`it calls '${name}'`);
      const rebuild = rebuildOf(name);
      return rebuild ? rebuild(args) : call(name, args);
    },
    persistent: (id) => persistent(id, storages),
  };
  try {
    return { ...(await unpickle(bytes, start, rules)), storages, foreign };
  } catch (error) {
    if (!(error instanceof PickleError) || error.reason === 'ends') throw error;
    if (error.reason === 'name') throw refused(path, error.message);
    if (error.reason === 'large') throw tooLarge(path);
    throw corrupt(path, error.message, error);
  }
}

/**
 * `('storage', type, key, place, elements)`, in old files with `(view's key, its offset, its elements)` or None; they also
 * have `('module', class, file, program)` for the layers of whole models.
 */
function persistent(id: unknown, storages: Map<string, TorchStorage>): unknown {
  if (typeof id === 'string')
    throw damaged('it was saved under protocol 0 of pickle, which PyTorch does not read back');
  const [kind, name] = id instanceof PickleTuple ? id.items : [];
  if (kind === 'module' && name instanceof PickleName) return name;
  return storageView(id, storages);
}

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

function refused(path: string, name: string): CutpointError {
  return new CutpointError(
    'WEIGHTS_FORMAT_UNKNOWN',
    `'${basename(path)}' asks to run '${printable(name)}', which weights do not need. Nothing of it was run.`,
    {
      remedy:
        "Where you trust whoever made it, open it in Python and save the tensors alone: torch.save(model.state_dict(), 'weights.pth'), or safetensors.torch.save_file. Where you do not, delete it.",
      details: { asks: printable(name) },
    },
  );
}

/** A checkpoint whose weights, by all that is known, are in order. */
export function tooLarge(path: string): CutpointError {
  return new CutpointError(
    'WEIGHTS_FORMAT_UNKNOWN',
    `'${basename(path)}' carries more beside its weights than Cutpoint reads: records of a training, predictions or arrays of NumPy.`,
    {
      remedy:
        "In Python, save the tensors alone: torch.save(torch.load('checkpoint.pth', weights_only=False)['state_dict'], 'weights.pth').",
    },
  );
}

function printable(name: string): string {
  return name.replace(/[^\x20-\x7e]/g, '?').slice(0, 120);
}

type AnyTensor = TorchTensor | OpaqueTensor | FileTensor;

/**
 * Every tensor in the containers of a checkpoint, under its keys joined by dots (`state_dict.layer1.0.conv1.weight`); those
 * of a whole model under the names that its `state_dict()` would give. States of optimisers are left out.
 * @throws CutpointError WEIGHTS_CORRUPT
 */
function namedTensors(path: string, root: unknown): Map<string, AnyTensor> {
  const tensors = new Map<string, AnyTensor>();
  const seen = new Set<PickleObject>();
  let volume = 0;
  const visit = (value: unknown, name: string, depth: number): void => {
    const tensor = tensorOf(value);
    if (tensor) {
      tensors.set(name, tensor);
      return;
    }
    if (value instanceof PickleObject) {
      // Objects may refer to one another in circles.
      if (seen.has(value)) return;
      seen.add(value);
    }
    const items = itemsOf(value);
    volume += name.length + items.length;
    if (depth > MAX_DEPTH || volume > MAX_VOLUME) throw corrupt(path, 'its containers are nested without end');
    for (const [key, child] of items) {
      if (typeof child !== 'object' || child === null) continue;
      if (typeof key !== 'string' && typeof key !== 'number') continue;
      if (depth === 0 && /^optim/i.test(String(key)) && !tensorOf(child)) continue;
      visit(child, name === '' ? String(key) : `${name}.${key}`, depth + 1);
    }
  };
  visit(root, '', 0);
  return tensors;
}

function tensorOf(value: unknown): AnyTensor | undefined {
  return value instanceof TorchTensor || value instanceof OpaqueTensor ? value : numpyArray(value);
}

type Items = readonly (readonly [key: unknown, value: unknown])[];

function itemsOf(value: unknown): Items {
  if (value instanceof PickleDict) return value.entries;
  if (value instanceof PickleObject) return partsOf(value);
  const list: unknown = value instanceof PickleTuple ? value.items : value;
  return Array.isArray(list) ? [...(list as readonly unknown[]).entries()] : [];
}

/**
 * Of a module its parameters, buffers and modules; of any other object its attributes and what it holds, or, without
 * either, what it was made from, as the modules are that torch.compile wraps.
 */
function partsOf({ args, state, items, entries }: PickleObject): Items {
  if (state === null && items.length === 0 && entries.length === 0) return [...args.entries()];
  const attributes = (state instanceof PickleTuple ? state.items : [state]).flatMap(entriesOf);
  const of = (name: string) => attributes.find(([key]) => key === name)?.[1];
  const [parameters, modules] = [of('_parameters'), of('_modules')];
  if (!(parameters instanceof PickleDict) || !(modules instanceof PickleDict)) {
    return [...attributes, ...entries, ...items.entries()];
  }
  const passing: unknown = of('_non_persistent_buffers_set');
  const kept = entriesOf(of('_buffers')).filter(([key]) => !Array.isArray(passing) || !passing.includes(key));
  return [...parameters.entries, ...kept, ...modules.entries];
}

const entriesOf = (value: unknown): Items => (value instanceof PickleDict ? value.entries : []);

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
    if (tensor instanceof OpaqueTensor) {
      tensors.set(name, {
        shape: tensor.shape,
        read: () => Promise.reject(unsupportedType(path, name, tensor.stored)),
      });
      continue;
    }
    if (!(tensor instanceof TorchTensor)) {
      tensors.set(name, tensor);
      continue;
    }
    const { storage, offset, shape, strides } = tensor;
    const place = locate(storage);
    if (place?.bytes !== storage.elements * storage.type.bytes) {
      throw corrupt(path, `the values of '${name}' are not where they should be`);
    }
    const elements = sizeOf(shape);
    const reach = elements === 0 ? 0 : 1 + shape.reduce((sum, length, axis) => sum + (length - 1) * strides[axis]!, 0);
    if (offset + reach > storage.elements || elements > Math.max(storage.elements, MAX_EXPANDED)) {
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
