import { open, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, posix, sep, win32 } from 'node:path';
import { sizeOf } from '../../backbone/parameters.ts';
import { CutpointError } from '../../contract/errors.ts';
import { corrupt, unsupportedType, type FileTensor, type WeightFile, type WeightReader } from './file.ts';
import { numberTypes, type NumberType } from './numbers.ts';
import { ProtoError, ProtoFile, varintAt, type ProtoField } from './protobuf.ts';
import { readAt } from './readAt.ts';

/**
 * The initialisers of an ONNX model: the tensors that its nodes refer to by name. Exporters keep the names of the network
 * they export, except of what they fold together. The nodes are not looked at.
 * https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
 */

/** A protocol buffer holds no more. */
const MAX_BYTES = 2 ** 31;

/** The first field of every model, with the versions of the format there have been or may be. */
const IR_VERSION_TAG = 0x08;
const MAX_IR_VERSION = 31;
/** The first byte of each field that may follow. */
const NEXT_TAGS: ReadonlySet<number | undefined> = new Set([0x12, 0x1a, 0x22, 0x28, 0x32, 0x3a, 0x42, 0x72]);

const MODEL = { graph: 7 };
const GRAPH = { initializer: 5 };
const TENSOR = {
  dims: 1,
  dataType: 2,
  segment: 3,
  floatData: 4,
  int32Data: 5,
  name: 8,
  rawData: 9,
  doubleData: 10,
  externalData: 13,
  dataLocation: 14,
};
const ENTRY = { key: 1, value: 2 };
const EXTERNAL = 1n;

const LONGEST_TEXT = 4096;
const MAX_AXES = 64;

/** By TensorProto.DataType; `field` is where the values are when they are not raw bytes. */
const TYPES: ReadonlyMap<number, NumberType & { field: number }> = new Map([
  [1, { ...numberTypes.float32, field: TENSOR.floatData }],
  [10, { ...numberTypes.float16, field: TENSOR.int32Data }],
  [11, { ...numberTypes.float64, field: TENSOR.doubleData }],
  [16, { ...numberTypes.bfloat16, field: TENSOR.int32Data }],
]);

const OTHER_TYPES: ReadonlyMap<number, string> = new Map(
  Object.entries({ uint8: 2, int8: 3, uint16: 4, int16: 5, int32: 6, int64: 7, text: 8, bool: 9, uint32: 12 }).map(
    ([name, number]) => [number, name],
  ),
);

export const onnxInitialisers: WeightReader = {
  format: 'onnx',
  match: (path, head) =>
    head[0] === IR_VERSION_TAG && head[1]! <= MAX_IR_VERSION && (NEXT_TAGS.has(head[2]) || path.endsWith('.onnx')),
  open: openOnnx,
};

async function openOnnx(path: string): Promise<WeightFile> {
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    if (size >= MAX_BYTES) {
      throw new CutpointError(
        'WEIGHTS_FORMAT_UNKNOWN',
        `'${basename(path)}' is larger than an ONNX file can be (2 GB).`,
        {
          remedy: 'Save the model with its weights as external data, in a file beside it.',
        },
      );
    }
    const tensors = await readInitialisers(path, new ProtoFile(handle, path, size)).catch((error: unknown) => {
      throw error instanceof ProtoError ? corrupt(path, `it holds ${error.message}`, error) : error;
    });
    if (tensors.size === 0) {
      throw new CutpointError('WEIGHTS_FORMAT_UNKNOWN', `The ONNX model '${basename(path)}' holds no named weights.`, {
        remedy: 'Export the model again with its parameters as initialisers.',
      });
    }
    return { format: 'onnx', path, tensors, metadata: {}, close: () => handle.close() };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function readInitialisers(path: string, file: ProtoFile): Promise<Map<string, FileTensor>> {
  const tensors = new Map<string, FileTensor>();
  const neighbours = new Neighbours(path);
  for await (const graph of file.fields(0, file.bytes)) {
    if (graph.number !== MODEL.graph) continue;
    for await (const initialiser of file.fields(graph.start, graph.end)) {
      if (initialiser.number !== GRAPH.initializer) continue;
      const { name, tensor } = await readInitialiser(path, file, initialiser, neighbours);
      if (tensors.has(name)) throw corrupt(path, `it lists '${name}' twice`);
      tensors.set(name, tensor);
    }
  }
  return tensors;
}

async function readInitialiser(path: string, file: ProtoFile, { start, end }: ProtoField, neighbours: Neighbours) {
  const shape: number[] = [];
  const external = new Map<string, string>();
  const data = new Map<number, ProtoField>();
  let name = '';
  let typeNumber = 0;
  let isExternal = false;
  for await (const field of file.fields(start, end)) {
    if (field.number === TENSOR.dims) shape.push(...(await lengths(path, file, field)));
    else if (field.number === TENSOR.dataType) typeNumber = Number(field.value);
    else if (field.number === TENSOR.name) name = await text(path, file, field);
    else if (field.number === TENSOR.dataLocation) isExternal = field.value === EXTERNAL;
    else if (field.number === TENSOR.externalData) external.set(...(await keyAndValue(path, file, field)));
    else if (field.number === TENSOR.segment) throw corrupt(path, 'it holds a tensor in parts');
    else data.set(field.number, field);
    if (shape.length > MAX_AXES) throw corrupt(path, 'it holds a tensor with more axes than any has');
  }
  if (name === '') throw corrupt(path, 'it holds a tensor without a name');
  const type = TYPES.get(typeNumber);
  if (!type) {
    const typeName = OTHER_TYPES.get(typeNumber) ?? `the ONNX type ${typeNumber}`;
    return { name, tensor: { shape, read: () => Promise.reject(unsupportedType(path, name, typeName)) } };
  }
  const bytes = sizeOf(shape) * type.bytes;
  const wrong = () => corrupt(path, `'${name}' of shape [${shape}] does not fill the bytes it is given`);
  const raw = data.get(TENSOR.rawData);
  const typed = data.get(type.field);
  if (isExternal) {
    const read = await neighbours.locate(external, bytes, name);
    return { name, tensor: { shape, read: async () => type.widen!(await read()) } };
  }
  if (raw || !typed || type.field !== TENSOR.int32Data) {
    const place = raw ?? typed ?? { start: 0, end: 0 };
    if (place.end - place.start !== bytes) throw wrong();
    return { name, tensor: { shape, read: async () => type.widen!(await file.read(place.start, place.end)) } };
  }
  // Each half is an integer of at least one byte.
  if (typed.end - typed.start < sizeOf(shape)) throw wrong();
  const read = async (): Promise<Float32Array> => {
    const halves = unpackHalves(new Uint8Array(await file.read(typed.start, typed.end)), sizeOf(shape));
    if (!halves) throw wrong();
    return type.widen!(halves);
  };
  return { name, tensor: { shape, read } };
}

/** One dimension, or several packed into one field. */
async function lengths(path: string, file: ProtoFile, { value, start, end }: ProtoField): Promise<number[]> {
  const values = value === undefined ? [] : [value];
  if (end - start > MAX_AXES * 10) throw corrupt(path, 'it holds a tensor with more axes than any has');
  const packed = new Uint8Array(await file.read(start, end));
  for (let at = 0; at < packed.length;) {
    const next = varintAt(packed, at);
    values.push(next.value);
    at = next.end;
  }
  if (values.some((length) => length > Number.MAX_SAFE_INTEGER)) throw corrupt(path, 'it holds a tensor of no size');
  return values.map(Number);
}

async function text(path: string, file: ProtoFile, { start, end }: ProtoField): Promise<string> {
  if (end - start > LONGEST_TEXT) throw corrupt(path, 'it holds a name longer than any real one');
  return Buffer.from(await file.read(start, end)).toString('utf8');
}

async function keyAndValue(path: string, file: ProtoFile, { start, end }: ProtoField): Promise<[string, string]> {
  let [key, value] = ['', ''];
  for await (const field of file.fields(start, end)) {
    if (field.number === ENTRY.key) key = await text(path, file, field);
    if (field.number === ENTRY.value) value = await text(path, file, field);
  }
  return [key, value];
}

/** 16-bit integers of variable length; undefined unless there are exactly `count`. */
function unpackHalves(packed: Uint8Array, count: number): ArrayBuffer | undefined {
  const halves = new Uint16Array(count);
  let at = 0;
  for (let i = 0; i < count; i++) {
    let byte = 0x80;
    for (let shift = 0; byte >= 0x80; shift += 7) {
      if (at === packed.length || shift > 63) return undefined;
      byte = packed[at++]!;
      if (shift < 16) halves[i]! |= (byte & 0x7f) << shift;
    }
  }
  return at === packed.length ? halves.buffer : undefined;
}

/** Files in the model's own folder that hold values of its tensors. */
class Neighbours {
  readonly #model: string;
  readonly #found = new Map<string, Promise<{ path: string; bytes: number }>>();

  constructor(model: string) {
    this.#model = model;
  }

  /** How to read a tensor's bytes from where its `external_data` says. @throws CutpointError WEIGHTS_CORRUPT */
  async locate(
    external: ReadonlyMap<string, string>,
    bytes: number,
    name: string,
  ): Promise<() => Promise<ArrayBuffer>> {
    const location = external.get('location') ?? '';
    let finding = this.#found.get(location);
    if (!finding) this.#found.set(location, (finding = this.#find(location)));
    const file = await finding;
    const [offset, length] = [external.get('offset') ?? '0', external.get('length') ?? String(bytes)];
    const isInside = /^\d{1,15}$/.test(offset) && Number(offset) + bytes <= file.bytes;
    if (!isInside || length !== String(bytes)) {
      throw corrupt(this.#model, `'${name}' is not in '${basename(location)}' where it should be`);
    }
    return async () => {
      const handle = await open(file.path, 'r');
      try {
        return await readAt(handle, file.path, Number(offset), bytes);
      } finally {
        await handle.close();
      }
    };
  }

  async #find(location: string): Promise<{ path: string; bytes: number }> {
    const outside = () => corrupt(this.#model, `it asks for a file outside its folder ('${location.slice(0, 200)}')`);
    const isLocal = !posix.isAbsolute(location) && !win32.isAbsolute(location) && !location.includes('\0');
    if (location === '' || !isLocal || location.split(/[\\/]/).includes('..')) throw outside();
    const folder = await realpath(dirname(this.#model));
    try {
      const path = await realpath(join(folder, location));
      if (!path.startsWith(folder.endsWith(sep) ? folder : folder + sep)) throw outside();
      const found = await stat(path);
      if (!found.isFile()) throw outside();
      return { path, bytes: found.size };
    } catch (cause) {
      if (cause instanceof CutpointError) throw cause;
      throw new CutpointError(
        'WEIGHTS_CORRUPT',
        `'${basename(location)}', which holds weights of '${basename(this.#model)}', is not beside it.`,
        { remedy: 'Copy all files of the ONNX model into one folder.', cause },
      );
    }
  }
}
