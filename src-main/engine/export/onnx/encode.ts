import onnxProto from 'onnx-proto';
import type { onnx } from 'onnx-proto';
import type { Model } from '../../../backbone/model.ts';
import { inferShapes } from '../../../backbone/shapes.ts';
import type { ExportOptions } from '../../../contract/model.ts';
import type { Fit } from '../../../contract/run.ts';
import { affine } from '../affine.ts';
import { foldBatchNorm } from '../fold.ts';
import { weightOf } from '../weights.ts';
import { DataType, OnnxBuilder } from './builder.ts';
import { writeOnnxNode } from './ops.ts';
import { writeResize } from './resize.ts';

const { ModelProto } = onnxProto.onnx;

/** Opset 17 with IR version 8: read by every ONNX runtime since 2022. */
const OPSET = 17;
const IR_VERSION = 8;

export const ONNX_INPUT = 'image';
export const ONNX_OUTPUT = 'probabilities';

export interface OnnxOptions extends ExportOptions {
  /** How pictures of any size are brought to the input size; what the run was trained with. */
  fit: Fit;
}

/**
 * The model as an ONNX file: `image`, uint8 [N, height, width, 3] RGB, to `probabilities`, float32 [N, classes], with
 * preprocessing and softmax inside. With `anySize`, height and width are any, alike for all images of a call. The same
 * model, metadata and options give the same bytes.
 */
export async function encodeOnnx(
  model: Model,
  metadata: Record<string, string>,
  options: OnnxOptions,
): Promise<Uint8Array> {
  const { graph, input, classes } = model;
  const builder = new OnnxBuilder();
  const image = preprocess(builder, model, options);
  const logits = writeNetwork(builder, image, options.foldBatchNorm ? foldBatchNorm(model) : model);
  builder.node('Softmax', ONNX_OUTPUT, [logits], { axis: -1 });
  const size = options.anySize ? ['height', 'width'] : [input.height, input.width];
  return ModelProto.encode({
    irVersion: IR_VERSION,
    opsetImport: [{ domain: '', version: OPSET }],
    producerName: 'cutpoint',
    ...(metadata.appVersion === undefined ? {} : { producerVersion: metadata.appVersion }),
    graph: {
      name: graph.name,
      ...builder.encode(),
      input: [valueInfo(ONNX_INPUT, DataType.UINT8, [...size, 3])],
      output: [valueInfo(ONNX_OUTPUT, DataType.FLOAT, [classes.length])],
    },
    metadataProps: Object.entries(metadata).map(([key, value]) => ({ key, value })),
  }).finish();
}

/** Writes every node of the graph; returns the ONNX name of the logits. */
function writeNetwork(builder: OnnxBuilder, image: string, { graph, weights, input, classes }: Model): string {
  const shapes = inferShapes(graph, input);
  const values = new Map<string, string>();
  for (const node of graph.nodes) {
    const value = writeOnnxNode(node, {
      builder,
      inputs: node.op === 'input' ? [image] : node.inputs.map((name) => values.get(name)!),
      shape: shapes.get(node.inputs[0] ?? node.name)!,
      weight: (role) => weightOf(weights, node.name, role),
    });
    values.set(node.name, value);
  }
  const last = graph.nodes.at(-1)!.name;
  if (shapes.get(last)!.join() !== String(classes.length)) {
    throw new Error(`the graph ends in [${shapes.get(last)!}], there are ${classes.length} classes`);
  }
  return values.get(last)!;
}

/** uint8 NHWC pixels to the float NCHW values that the network takes. */
function preprocess(builder: OnnxBuilder, { preprocessing, input }: Model, { anySize, fit }: OnnxOptions): string {
  const { scale, offset } = affine(preprocessing);
  const float = builder.node('Cast', 'preprocessing/float', [builder.claim(ONNX_INPUT)], { to: DataType.FLOAT });
  const nchw = builder.node('Transpose', 'preprocessing/nchw', [float], { perm: [0, 3, 1, 2] });
  const fitted = anySize ? writeResize(builder, nchw, input, fit) : nchw;
  const { grey } = preprocessing;
  const value = grey ? builder.node('ReduceMean', 'preprocessing/grey', [fitted], { axes: [1], keepdims: 1 }) : fitted;
  const perChannel = (name: string, values: Float32Array) =>
    builder.constant(`preprocessing/${name}`, [1, grey ? 1 : 3, 1, 1], grey ? values.subarray(0, 1) : values);
  const scaled = builder.node('Mul', 'preprocessing/scaled', [value, perChannel('scale', scale)]);
  return builder.node('Add', 'preprocessing', [scaled, perChannel('offset', offset)]);
}

/** A float or uint8 value whose first dimension is the batch, of any size; so are those that have a name. */
function valueInfo(name: string, elemType: number, dims: readonly (number | string)[]): onnx.IValueInfoProto {
  const dim = ['N', ...dims].map((length) =>
    typeof length === 'string' ? { dimParam: length } : { dimValue: length },
  );
  return { name, type: { tensorType: { elemType, shape: { dim } } } };
}
