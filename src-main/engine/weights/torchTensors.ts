import type { Shape } from '../../backbone/graph.ts';
import { numberTypes, type NumberType } from './numbers.ts';
import { damaged, PickleDict, PickleName, PickleObject, PickleTuple } from './pickleValues.ts';

/** torch.Tensor has no more axes than this. */
const MAX_AXES = 64;

/** Values of one number type in a row, by the file's key for them. */
export interface TorchStorage {
  key: string;
  type: NumberType & { name: string };
  elements: number;
}

/** Steps and offset count elements, as in `torch.Tensor.stride()`. */
export class TorchTensor {
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

/** A tensor that is listed with its shape, but whose values are not there or not plain numbers. */
export class OpaqueTensor {
  readonly shape: Shape;
  /** How it is stored, in words. */
  readonly stored: string;

  constructor(shape: Shape, stored: string) {
    this.shape = shape;
    this.stored = stored;
  }
}

export class StorageView {
  readonly storage: TorchStorage;
  readonly offset: number;

  constructor(storage: TorchStorage, offset: number) {
    this.storage = storage;
    this.offset = offset;
  }
}

export const STORAGES: ReadonlyMap<string, TorchStorage['type']> = new Map([
  ['torch.FloatStorage', { name: 'float32', ...numberTypes.float32 }],
  ['torch.DoubleStorage', { name: 'float64', ...numberTypes.float64 }],
  ['torch.HalfStorage', { name: 'float16', ...numberTypes.float16 }],
  ['torch.BFloat16Storage', { name: 'bfloat16', ...numberTypes.bfloat16 }],
  ['torch.ComplexFloatStorage', { name: 'complex64', bytes: 8 }],
  ['torch.ComplexDoubleStorage', { name: 'complex128', bytes: 16 }],
  ['torch.LongStorage', { name: 'int64', bytes: 8 }],
  ['torch.IntStorage', { name: 'int32', bytes: 4 }],
  ['torch.ShortStorage', { name: 'int16', bytes: 2 }],
  ['torch.CharStorage', { name: 'int8', bytes: 1 }],
  ['torch.ByteStorage', { name: 'uint8', bytes: 1 }],
  ['torch.BoolStorage', { name: 'bool', bytes: 1 }],
  ['torch.QInt8Storage', { name: 'quantised int8', bytes: 1 }],
  ['torch.QUInt8Storage', { name: 'quantised uint8', bytes: 1 }],
  ['torch.QInt32Storage', { name: 'quantised int32', bytes: 4 }],
  ['torch.storage.UntypedStorage', { name: 'bytes', bytes: 1 }],
  ['torch.UntypedStorage', { name: 'bytes', bytes: 1 }],
]);

type Rebuild = (args: readonly unknown[]) => unknown;

/** The first argument, which is a tensor already: what is around it does not change its values. */
const inner: Rebuild = ([tensor]) => tensor;

/** How tensors are put together, in `torch._utils` and `torch._tensor`, whichever of them a version of PyTorch names. */
const REBUILDS: ReadonlyMap<string, Rebuild> = new Map<string, Rebuild>([
  ['_rebuild_tensor', rebuildTensor],
  ['_rebuild_tensor_v2', rebuildTensor],
  ['_rebuild_tensor_v3', rebuildTyped],
  ['_rebuild_parameter', inner],
  ['_rebuild_parameter_with_state', inner],
  ['_rebuild_device_tensor_from_numpy', inner],
  ['_rebuild_xla_tensor', inner],
  ['_rebuild_device_tensor_from_cpu_tensor', inner],
  ['_rebuild_from_type', rebuildSubclass],
  ['_rebuild_from_type_v2', rebuildSubclass],
  ['_rebuild_qtensor', ([, , size]) => new OpaqueTensor(lengthsOf(size), 'quantised integers')],
  ['_rebuild_sparse_tensor', ([, data]) => new OpaqueTensor(sparseShape(data), 'a sparse tensor')],
  ['_rebuild_sparse_csr_tensor', ([, data]) => new OpaqueTensor(sparseShape(data), 'a sparse tensor')],
  ['_rebuild_meta_tensor_no_storage', ([, size]) => new OpaqueTensor(lengthsOf(size), WITHOUT_VALUES)],
  ['_rebuild_wrapper_subclass', ([, , size]) => new OpaqueTensor(lengthsOf(size), WITHOUT_VALUES)],
]);

const WITHOUT_VALUES = 'a shape without values (of the meta device or a wrapper)';

/** What puts a tensor together under this name; undefined where nothing does. */
export function rebuildOf(name: string): Rebuild | undefined {
  const [, own] = /^torch\.(?:_utils|_tensor|tensor|_prims_common)\.(\w+)$/.exec(name) ?? [];
  return own === undefined ? undefined : REBUILDS.get(own);
}

function rebuildTensor([storage, offset, size, stride, , , notes]: readonly unknown[]): TorchTensor | OpaqueTensor {
  // The imaginary part of a conjugate: its values are stored with the other sign.
  if (notes instanceof PickleDict && notes.entries.length > 0) return new OpaqueTensor(lengthsOf(size), 'a lazy view');
  if (storage instanceof PickleObject && storage.name === 'torch.storage._load_from_bytes') {
    return new OpaqueTensor(lengthsOf(size), 'a file within a file (pickle.dump instead of torch.save)');
  }
  if (!(storage instanceof StorageView)) throw damaged('a tensor has no storage');
  const [shape, strides] = [lengthsOf(size), lengthsOf(stride)];
  if (shape.length !== strides.length) throw damaged('a tensor has no shape');
  return new TorchTensor(storage.storage, storage.offset + lengthOf(offset), shape, strides);
}

/** Its number type stands beside a storage of bytes; those that have storages of their own are not saved so. */
function rebuildTyped([, , size, , , , type]: readonly unknown[]): OpaqueTensor {
  return new OpaqueTensor(lengthsOf(size), type instanceof PickleName ? type.name.replace('torch.', '') : 'bytes');
}

/** `(function, class, its arguments, state)`: a tensor of a class that says more about it. */
function rebuildSubclass([made, , args]: readonly unknown[]): unknown {
  const rebuild = made instanceof PickleName ? rebuildOf(made.name) : undefined;
  if (!rebuild || !(args instanceof PickleTuple)) throw damaged('a tensor is made in an unknown way');
  return rebuild(args.items);
}

/** `(indices, values, size)`, or of compressed rows `(rows, columns, values, size)`. */
function sparseShape(data: unknown): number[] {
  const items = data instanceof PickleTuple ? data.items : [];
  return lengthsOf(items.findLast((item) => item instanceof PickleTuple || Array.isArray(item)));
}

function lengthsOf(value: unknown): number[] {
  const items = value instanceof PickleTuple ? value.items : value;
  if (!Array.isArray(items) || items.length > MAX_AXES) throw damaged('a tensor has no shape');
  return items.map(lengthOf);
}

export function lengthOf(value: unknown): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw damaged('a tensor has no shape');
  return value;
}
