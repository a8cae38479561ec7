import * as tf from '@tensorflow/tfjs-core';
import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import type { ActivationKind, Graph, GraphNode, Padding } from '../../../src-main/backbone/graph.ts';
import { explicitPadding } from '../../../src-main/backbone/padding.ts';
import { graphParameters } from '../../../src-main/backbone/parameters.ts';
import type { ImageSize } from '../../../src-main/backbone/shapes.ts';
import type { Network } from '../../../src-main/engine/execute/run.ts';

/** Two images of this size, always the same. */
export function imagesOf({ height, width }: ImageSize): Tensor4D {
  return tf.randomUniform([2, height, width, 3], -1, 1, 'float32', 7);
}

/**
 * The same graph in training mode, written with tfjs's public operations and differentiated by tfjs's own tape: shares no
 * forward or gradient code with the executor. Class weights 1 and 3, so that they matter.
 */
export function differentiated(
  graph: Graph,
  { variables }: Network,
  { labels, image }: { labels: number[]; image: ImageSize },
): { loss: number; logits: Float32Array; gradients: Map<string, Float32Array> } {
  const x = imagesOf(image);
  const parameters = graphParameters(graph, image).filter(({ trainable }) => trainable);
  let output = new Float32Array();
  const loss = (...given: Tensor[]): tf.Scalar => {
    const named = new Map(parameters.map(({ key }, i) => [key, given[i]!]));
    const outputs = new Map<string, Tensor>([[graph.nodes[0]!.name, x]]);
    for (const node of graph.nodes.slice(1)) {
      const inputs = node.inputs.map((name) => outputs.get(name)!);
      outputs.set(
        node.name,
        forward(node, inputs, (role) => named.get(`${node.name}/${role}`)!),
      );
    }
    const logits = outputs.get(graph.nodes.at(-1)!.name) as Tensor2D;
    output = logits.dataSync<'float32'>().slice();
    const weights = labels.map((label) => [1, 3][label]!);
    const chosen = tf.sum(tf.mul(tf.logSoftmax(logits), tf.oneHot(tf.tensor1d(labels, 'int32'), logits.shape[1])), 1);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return tf.neg(tf.div(tf.sum(tf.mul(chosen, tf.tensor1d(weights))), total));
  };
  const values = parameters.map(({ key }) => variables.get(key));
  const { value, grads } = tf.valueAndGrads(loss)(values);
  return {
    loss: value.dataSync()[0]!,
    logits: output,
    gradients: new Map(parameters.map(({ key }, i) => [key, grads[i]!.dataSync<'float32'>().slice()])),
  };
}

function padded(
  x: Tensor,
  a: { kernel: readonly [number, number]; stride: readonly [number, number]; padding: Padding },
  value = 0,
): Tensor4D {
  const p = explicitPadding(a.padding, [x.shape[1]!, x.shape[2]!], a.kernel, a.stride);
  return tf.pad(x as Tensor4D, [[0, 0], [p.top, p.bottom], [p.left, p.right], [0, 0]], value); // prettier-ignore
}

const activations: Record<ActivationKind, (x: Tensor) => Tensor> = {
  relu: (x) => tf.relu(x),
  relu6: (x) => tf.relu6(x),
  sigmoid: (x) => tf.div(1, tf.add(1, tf.exp(tf.neg(x)))),
  hardSigmoid: (x) => tf.clipByValue(tf.add(tf.div(x, 6), 0.5), 0, 1),
  swish: (x) => tf.div(x, tf.add(1, tf.exp(tf.neg(x)))),
  hardSwish: (x) => tf.mul(x, tf.clipByValue(tf.add(tf.div(x, 6), 0.5), 0, 1)),
  gelu: (x) => tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.div(x, Math.sqrt(2))), 1)),
  logSigmoid: (x) => tf.sub(tf.minimum(x, 0), tf.log1p(tf.exp(tf.neg(tf.abs(x))))),
};

function standardised(x: Tensor, axes: number[], epsilon: number): Tensor {
  const centred = tf.sub(x, tf.mean(x, axes, true));
  return tf.div(centred, tf.sqrt(tf.add(tf.mean(tf.square(centred), axes, true), epsilon)));
}

/** A mean by strided slices of the padded image and of as many ones. */
function averagePool(x: Tensor4D, attributes: Extract<GraphNode, { op: 'averagePool' }>['attributes']): Tensor {
  const { kernel, stride, countPadding } = attributes;
  const image = padded(x, attributes);
  const counted = countPadding ? tf.onesLike(image) : padded(tf.onesLike(x), attributes);
  const total = (of: Tensor4D): Tensor => {
    const [oh, ow] = [0, 1].map((i) => Math.floor((of.shape[1 + i]! - kernel[i]!) / stride[i]!) + 1) as [
      number,
      number,
    ];
    const rows = Array.from({ length: oh }, (_, i) =>
      tf.stack(
        Array.from({ length: ow }, (__, j) =>
          tf.sum(tf.slice(of, [0, i * stride[0], j * stride[1], 0], [-1, ...kernel, -1]), [1, 2]),
        ),
        1,
      ),
    );
    return tf.stack(rows, 1);
  };
  return tf.div(total(image), total(counted));
}

function forward(node: GraphNode, [x, ...rest]: Tensor[], parameter: (role: string) => Tensor): Tensor {
  switch (node.op) {
    case 'conv': {
      const { groups, stride, bias } = node.attributes;
      const parts = (all: Tensor): Tensor4D[] =>
        Array.from({ length: groups }, (_, i) => {
          const width = all.shape[3]! / groups;
          return tf.slice(all as Tensor4D, [0, 0, 0, i * width], [-1, -1, -1, width]);
        });
      const [images, kernels] = [parts(padded(x!, node.attributes)), parts(parameter('kernel'))];
      const y = tf.concat(
        images.map((image, i) => tf.conv2d(image, kernels[i]!, [...stride], 'valid')),
        3,
      );
      return bias ? tf.add(y, parameter('bias')) : y;
    }
    case 'depthwiseConv':
      return tf.depthwiseConv2d(
        padded(x!, node.attributes),
        parameter('kernel') as Tensor4D,
        [...node.attributes.stride],
        'valid',
      );
    case 'batchNorm': {
      const y = standardised(x!, [0, 1, 2], node.attributes.epsilon);
      return tf.add(node.attributes.scale ? tf.mul(y, parameter('gamma')) : y, parameter('beta'));
    }
    case 'layerNorm': {
      const y = standardised(x!, [x!.rank - 1], node.attributes.epsilon);
      return tf.add(tf.mul(y, parameter('gamma')), parameter('beta'));
    }
    case 'channelScale':
      return tf.mul(x!, parameter('gamma'));
    case 'activation':
      return activations[node.attributes.kind](x!);
    case 'maxPool':
      return tf.maxPool(
        padded(x!, node.attributes, -1e30),
        [...node.attributes.kernel],
        [...node.attributes.stride],
        'valid',
      );
    case 'averagePool':
      return averagePool(x as Tensor4D, node.attributes);
    case 'upsample': {
      const { factor } = node.attributes;
      // Of each place in the large map, the place that it repeats.
      const places = (length: number) =>
        tf.tensor1d(
          Array.from({ length: length * factor }, (_, place) => Math.floor(place / factor)),
          'int32',
        );
      return tf.gather(tf.gather(x!, places(x!.shape[1]!), 1), places(x!.shape[2]!), 2);
    }
    case 'globalAveragePool':
      return tf.mean(x!, [1, 2], node.attributes.keepSpatial);
    case 'flatten':
      return tf.reshape(x!, [x!.shape[0]!, -1]);
    case 'add':
      return tf.addN([x!, ...rest]);
    case 'multiply':
      return tf.mul(x!, rest[0]!);
    case 'concat':
      return tf.concat([x!, ...rest], x!.rank - 1);
    case 'softmax':
      return tf.softmax(x!);
    case 'dense': {
      // A dot product at every position, by broadcasting; shares nothing with a matrix product of reshaped rows.
      const kernel = parameter('kernel');
      const y = tf.sum(tf.mul(tf.expandDims(x!, -1), kernel), -2);
      return node.attributes.bias ? tf.add(y, parameter('bias')) : y;
    }
    default:
      throw new Error(`the reference has no '${node.op}'`);
  }
}
