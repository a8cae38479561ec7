import type { FileTensor } from './file.ts';
import { sizeOf } from '../../backbone/parameters.ts';
import { denseStrides, gather, numberTypes, type NumberType } from './numbers.ts';
import { PickleObject, PickleTuple } from './pickleValues.ts';

/**
 * Arrays of NumPy in a pickle. `_reconstruct` makes an empty one whose state is (version, shape, type, Fortran's order?,
 * bytes); since protocol 5 `_frombuffer` has (bytes, type, shape, order) at once.
 * https://numpy.org/doc/stable/reference/generated/numpy.ndarray.__reduce__.html
 */
const RECONSTRUCT = /^numpy\.(_?core)\.multiarray\._reconstruct$/;
const FROM_BUFFER = /^numpy\.(_?core)\.numeric\._frombuffer$/;

/** numpy.ndarray has no more axes than this. */
const MAX_AXES = 64;

const TYPES: ReadonlyMap<string, NumberType> = new Map<string, NumberType>([
  ['f2', numberTypes.float16],
  ['f4', numberTypes.float32],
  ['f8', numberTypes.float64],
]);

/** An array of floating-point numbers with at least one axis; undefined for everything else, and what is not in order. */
export function numpyArray(value: unknown): FileTensor | undefined {
  if (!(value instanceof PickleObject)) return undefined;
  const parts = partsOf(value);
  const type = parts && typeOf(parts.type);
  const shape = parts && shapeOf(parts.shape);
  if (!parts || !type || !shape || parts.bytes.length !== sizeOf(shape) * type.bytes) return undefined;
  const { bytes, isFortran } = parts;
  return {
    shape,
    read: () => {
      const values = type.widen!(new Uint8Array(Buffer.from(bytes as string, 'latin1')).buffer);
      if (!isFortran || shape.length === 1) return Promise.resolve(values);
      return Promise.resolve(gather(values, shape, denseStrides(shape.toReversed()).toReversed()));
    },
  };
}

function partsOf({ name, args, state }: PickleObject) {
  if (FROM_BUFFER.test(name)) {
    const [bytes, type, shape, order] = args;
    return { shape, type, isFortran: order === 'F', bytes: bytesOf(bytes) };
  }
  if (!RECONSTRUCT.test(name) || !(state instanceof PickleTuple)) return undefined;
  const [, shape, type, isFortran, bytes] = state.items;
  return { shape, type, isFortran: isFortran === true || isFortran === 1, bytes: bytesOf(bytes) };
}

/** Python 2 wrote bytes as text, a character for each. */
const bytesOf = (value: unknown): Buffer | string => (typeof value === 'string' || Buffer.isBuffer(value) ? value : '');

/** `numpy.dtype('f4', …)`, whose state begins with (version, order of bytes). */
function typeOf(value: unknown): NumberType | undefined {
  if (!(value instanceof PickleObject) || value.name !== 'numpy.dtype') return undefined;
  const isBig = value.state instanceof PickleTuple && value.state.items[1] === '>';
  return isBig ? undefined : TYPES.get(String(value.args[0]));
}

function shapeOf(value: unknown): number[] | undefined {
  const items: readonly unknown[] = value instanceof PickleTuple ? value.items : [];
  if (items.length === 0 || items.length > MAX_AXES) return undefined;
  const isShape = items.every((length) => typeof length === 'number' && Number.isSafeInteger(length) && length >= 0);
  return isShape ? (items as number[]) : undefined;
}
