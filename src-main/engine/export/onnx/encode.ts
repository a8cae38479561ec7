import onnxProto from 'onnx-proto';
import type { onnx } from 'onnx-proto';
import type { Model } from '../../../backbone/model.ts';
import { inferShapes } from '../../../backbone/shapes.ts';
import { affine } from '../affine.ts';
import { weightOf } from '../weights.ts';
import { OnnxBuilder } from './builder.ts';
import { writeOnnxNode } from './ops.ts';

const { ModelProto, TensorProto } = onnxProto.onnx;

/** Opset 17 with IR version 8: read by every ONNX runtime since 2022. */
const OPSET = 17;
const IR_VERSION = 8;

export const ONNX_INPUT = 'image';
export const ONNX_OUTPUT = 'probabilities';

/**
 * The model as an ONNX file: `image`, uint8 [N, height, width, 3] RGB, to `probabilities`, float32 [N, classes], with
 * preprocessing and softmax inside. The same model and metadata give the same bytes.
 */
export function encodeOnnx(model: Model, metadata: Record<string, string>): Uint8Array {
  const { graph, weights, input, classes } = model;
  const builder = new OnnxBuilder();
  const shapes = inferShapes(graph, input);
  const image = preprocess(builder, model);
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
  builder.node('Softmax', ONNX_OUTPUT, [values.get(last)!], { axis: -1 });

  const { FLOAT, UINT8 } = TensorProto.DataType;
  return ModelProto.encode({
    irVersion: IR_VERSION,
    opsetImport: [{ domain: '', version: OPSET }],
    producerName: 'cutpoint',
    ...(metadata.appVersion === undefined ? {} : { producerVersion: metadata.appVersion }),
    graph: {
      name: graph.name,
      node: builder.nodes,
      initializer: builder.constants,
      input: [valueInfo(ONNX_INPUT, UINT8, [input.height, input.width, 3])],
      output: [valueInfo(ONNX_OUTPUT, FLOAT, [classes.length])],
    },
    metadataProps: Object.entries(metadata).map(([key, value]) => ({ key, value })),
  }).finish();
}

/** uint8 NHWC pixels to the float NCHW values that the network takes. */
function preprocess(builder: OnnxBuilder, { preprocessing }: Model): string {
  const { scale, offset } = affine(preprocessing);
  const float = builder.node('Cast', 'preprocessing/float', [builder.claim(ONNX_INPUT)], {
    to: TensorProto.DataType.FLOAT,
  });
  const nchw = builder.node('Transpose', 'preprocessing/nchw', [float], { perm: [0, 3, 1, 2] });
  const factor = builder.constant('preprocessing/scale', [1, 3, 1, 1], scale);
  const scaled = builder.node('Mul', 'preprocessing/scaled', [nchw, factor]);
  return builder.node('Add', 'preprocessing', [scaled, builder.constant('preprocessing/offset', [1, 3, 1, 1], offset)]);
}

/** A float or uint8 value whose first dimension is the batch, of any size. */
function valueInfo(name: string, elemType: number, dims: readonly number[]): onnx.IValueInfoProto {
  const dim = [{ dimParam: 'N' }, ...dims.map((dimValue) => ({ dimValue }))];
  return { name, type: { tensorType: { elemType, shape: { dim } } } };
}
