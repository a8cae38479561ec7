import onnxProto from 'onnx-proto';
import type { onnx } from 'onnx-proto';
import type { OnnxBuilder } from './builder.ts';

const { ModelProto } = onnxProto.onnx;

/** Opset 17 with IR version 8: read by every ONNX runtime since 2022. */
const OPSET = 17;
const IR_VERSION = 8;

/** A value that goes in or comes out. */
export interface OnnxPort {
  name: string;
  type: onnx.TensorProto.DataType;
  /** Lengths that have a name are free; without dims nothing is said of them. */
  dims?: readonly (number | string)[];
}

/** A whole ONNX file. */
export function encodeFile(
  builder: OnnxBuilder,
  {
    name,
    inputs,
    outputs,
    metadata,
  }: { name: string } & Record<'inputs' | 'outputs', readonly OnnxPort[]> & {
      metadata: Record<string, string>;
    },
): Uint8Array {
  return ModelProto.encode({
    irVersion: IR_VERSION,
    opsetImport: [{ domain: '', version: OPSET }],
    producerName: 'cutpoint',
    ...(metadata.version === undefined ? {} : { producerVersion: metadata.version }),
    graph: { name, ...builder.encode(), input: inputs.map(valueInfo), output: outputs.map(valueInfo) },
    metadataProps: Object.entries(metadata).map(([key, value]) => ({ key, value })),
  }).finish();
}

function valueInfo({ name, type, dims }: OnnxPort): onnx.IValueInfoProto {
  const dim = dims?.map((length) => (typeof length === 'string' ? { dimParam: length } : { dimValue: length }));
  return { name, type: { tensorType: { elemType: type, ...(dim ? { shape: { dim } } : {}) } } };
}
