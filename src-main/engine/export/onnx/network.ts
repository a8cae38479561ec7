import type { Model } from '../../../backbone/model.ts';
import { inferShapes } from '../../../backbone/shapes.ts';
import type { Fit } from '../../../contract/plan.ts';
import { affine } from '../affine.ts';
import { weightOf } from '../weights.ts';
import { DataType, type OnnxBuilder } from './builder.ts';
import { writeOnnxNode } from './ops.ts';
import { writeResize } from './resize.ts';

export const ONNX_INPUT = 'image';

/**
 * Writes the way from `image`, uint8 NHWC, to the float NCHW values that the network takes, and returns their name.
 * @param resizing how images of any size are brought to the input size; left out where they have it already
 */
export function writePreprocessing(builder: OnnxBuilder, { preprocessing, input }: Model, resizing?: Fit): string {
  const { scale, offset } = affine(preprocessing);
  const image = builder.claim(ONNX_INPUT);
  const fitted = resizing ? writeResize(builder, image, input, resizing) : writePlanes(builder, image);
  const { grey } = preprocessing;
  const value = grey ? builder.node('ReduceMean', 'preprocessing/grey', [fitted], { axes: [1], keepdims: 1 }) : fitted;
  const perChannel = (name: string, values: Float32Array) =>
    builder.constant(`preprocessing/${name}`, [1, grey ? 1 : 3, 1, 1], grey ? values.subarray(0, 1) : values);
  const scaled = builder.node('Mul', 'preprocessing/scaled', [value, perChannel('scale', scale)]);
  return builder.node('Add', 'preprocessing', [scaled, perChannel('offset', offset)]);
}

function writePlanes(builder: OnnxBuilder, image: string): string {
  const float = builder.node('Cast', 'preprocessing/float', [image], { to: DataType.FLOAT });
  return builder.node('Transpose', 'preprocessing/nchw', [float], { perm: [0, 3, 1, 2] });
}

/** Writes every node of the graph, and returns the name of the logits. */
export function writeNetwork(builder: OnnxBuilder, image: string, { graph, weights, input, classes }: Model): string {
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
