import onnxProto from 'onnx-proto';
import type { onnx } from 'onnx-proto';
import { sizeOf } from '../../../backbone/parameters.ts';
import type { Shape } from '../../../backbone/graph.ts';

const { AttributeProto, TensorProto } = onnxProto.onnx;

type AttributeValue = number | readonly number[] | { float: number };

/** Collects the nodes and constants of an ONNX graph; names of values are unique. */
export class OnnxBuilder {
  readonly nodes: onnx.INodeProto[] = [];
  readonly constants: onnx.ITensorProto[] = [];
  private readonly names = new Set<string>();

  /** Adds an operation with one output, and returns the name of that. Whole numbers are ints, `{ float }` is a float. */
  node(opType: string, output: string, inputs: string[], attributes: Record<string, AttributeValue> = {}): string {
    this.nodes.push({
      opType,
      name: this.claim(output),
      input: inputs,
      output: [output],
      attribute: Object.entries(attributes).map(([name, value]) => attribute(name, value)),
    });
    return output;
  }

  /** Adds a float32 constant, and returns its name. */
  constant(name: string, dims: Shape, data: Float32Array): string {
    if (sizeOf(dims) !== data.length) throw new Error(`'${name}': ${data.length} values are not [${dims}]`);
    // Raw data is little-endian, as is every platform that Node runs on: the bytes are used in place.
    const rawData = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    this.constants.push({ name: this.claim(name), dims: [...dims], dataType: TensorProto.DataType.FLOAT, rawData });
    return name;
  }

  /** Reserves a name. */
  claim(name: string): string {
    if (this.names.has(name)) throw new Error(`two values of the graph are named '${name}'`);
    this.names.add(name);
    return name;
  }
}

function attribute(name: string, value: AttributeValue): onnx.IAttributeProto {
  const { AttributeType } = AttributeProto;
  if (typeof value === 'number') return { name, type: AttributeType.INT, i: value };
  if ('float' in value) return { name, type: AttributeType.FLOAT, f: value.float };
  return { name, type: AttributeType.INTS, ints: [...value] };
}
