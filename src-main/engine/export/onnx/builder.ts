import onnxProto from 'onnx-proto';
import type { onnx } from 'onnx-proto';
import { sizeOf } from '../../../backbone/parameters.ts';
import type { Shape } from '../../../backbone/graph.ts';

const { AttributeProto, TensorProto } = onnxProto.onnx;
export const { DataType } = TensorProto;

/** Whole numbers are ints; floats and strings say what they are. */
type AttributeValue = number | readonly number[] | { float: number } | { string: string };
export type OnnxAttributes = Record<string, AttributeValue>;

/** One operation; its name is also that of its only output. */
export interface OnnxNode {
  op: string;
  name: string;
  inputs: readonly string[];
  attributes: OnnxAttributes;
}

export interface OnnxConstant {
  dims: Shape;
  /** The kind of array decides the type of the tensor. */
  data: Float32Array | Float64Array | Float16Array | Int8Array | Uint8Array | Int32Array | BigInt64Array;
}

/** Collects the nodes and constants of an ONNX graph; names of values are unique. */
export class OnnxBuilder {
  readonly nodes: OnnxNode[] = [];
  readonly constants = new Map<string, OnnxConstant>();
  private readonly names = new Set<string>();

  /** Adds an operation with one output, and returns the name of that. */
  node(op: string, name: string, inputs: readonly string[], attributes: OnnxAttributes = {}): string {
    this.nodes.push({ op, name: this.claim(name), inputs, attributes });
    return name;
  }

  /** Adds a constant, and returns its name. */
  constant(name: string, dims: Shape, data: OnnxConstant['data']): string {
    if (sizeOf(dims) !== data.length) throw new Error(`'${name}': ${data.length} values are not [${dims}]`);
    this.constants.set(this.claim(name), { dims, data });
    return name;
  }

  /** Adds a float32 constant without dimensions, and returns its name. */
  scalar(name: string, value: number): string {
    return this.constant(name, [], Float32Array.of(value));
  }

  /** Reserves a name. */
  claim(name: string): string {
    if (this.names.has(name)) throw new Error(`two values of the graph are named '${name}'`);
    this.names.add(name);
    return name;
  }

  /** Nodes and constants as ONNX writes them. */
  encode(): Pick<onnx.IGraphProto, 'node' | 'initializer'> {
    return {
      node: this.nodes.map(({ op, name, inputs, attributes }) => ({
        opType: op,
        name,
        input: [...inputs],
        output: [name],
        attribute: Object.entries(attributes).map(([key, value]) => attribute(key, value)),
      })),
      initializer: [...this.constants].map(([name, { dims, data }]) => ({
        name,
        dims: [...dims],
        dataType: typeOf(data),
        // Raw data is little-endian, as is every platform that Node runs on: the bytes are used in place.
        rawData: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
      })),
    };
  }
}

function attribute(name: string, value: AttributeValue): onnx.IAttributeProto {
  const { AttributeType } = AttributeProto;
  if (typeof value === 'number') return { name, type: AttributeType.INT, i: value };
  if ('float' in value) return { name, type: AttributeType.FLOAT, f: value.float };
  if ('string' in value) return { name, type: AttributeType.STRING, s: Buffer.from(value.string) };
  return { name, type: AttributeType.INTS, ints: [...value] };
}

function typeOf(data: OnnxConstant['data']): onnx.TensorProto.DataType {
  if (data instanceof Float32Array) return DataType.FLOAT;
  if (data instanceof Float64Array) return DataType.DOUBLE;
  if (data instanceof Float16Array) return DataType.FLOAT16;
  if (data instanceof Int8Array) return DataType.INT8;
  if (data instanceof Uint8Array) return DataType.UINT8;
  return data instanceof Int32Array ? DataType.INT32 : DataType.INT64;
}
