import * as tf from '@tensorflow/tfjs-core';
import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import type { Graph, GraphNode, Padding } from '../../../src-main/backbone/graph.ts';
import { explicitPadding } from '../../../src-main/backbone/padding.ts';
import { graphParameters } from '../../../src-main/backbone/parameters.ts';
import type { Network } from '../../../src-main/engine/execute/run.ts';

/**
 * The same graph in training mode, written with tfjs's public operations and differentiated by tfjs's own tape: shares no
 * forward or gradient code with the executor. Class weights 1 and 3, so that they matter.
 */
export function differentiated(
  graph: Graph,
  { variables }: Network,
  labels: number[],
): { loss: number; gradients: Map<string, Float32Array> } {
  const x = tf.randomUniform([2, 32, 32, 3], -1, 1, 'float32', 7);
  const parameters = graphParameters(graph, { height: 32, width: 32 }).filter(({ trainable }) => trainable);
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
    const weights = labels.map((label) => [1, 3][label]!);
    const chosen = tf.sum(tf.mul(tf.logSoftmax(logits), tf.oneHot(tf.tensor1d(labels, 'int32'), logits.shape[1])), 1);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return tf.neg(tf.div(tf.sum(tf.mul(chosen, tf.tensor1d(weights))), total));
  };
  const values = parameters.map(({ key }) => variables.get(key));
  const { value, grads } = tf.valueAndGrads(loss)(values);
  return {
    loss: value.dataSync()[0]!,
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

function forward(node: GraphNode, [x, ...rest]: Tensor[], parameter: (role: string) => Tensor): Tensor {
  switch (node.op) {
    case 'conv':
      return tf.conv2d(
        padded(x!, node.attributes),
        parameter('kernel') as Tensor4D,
        [...node.attributes.stride],
        'valid',
      );
    case 'depthwiseConv':
      return tf.depthwiseConv2d(
        padded(x!, node.attributes),
        parameter('kernel') as Tensor4D,
        [...node.attributes.stride],
        'valid',
      );
    case 'batchNorm': {
      const centred = tf.sub(x!, tf.mean(x!, [0, 1, 2]));
      const deviation = tf.sqrt(tf.add(tf.mean(tf.square(centred), [0, 1, 2]), node.attributes.epsilon));
      return tf.add(tf.mul(tf.div(centred, deviation), parameter('gamma')), parameter('beta'));
    }
    case 'activation':
      return node.attributes.kind === 'relu6' ? tf.relu6(x!) : tf.relu(x!);
    case 'maxPool':
      return tf.maxPool(
        padded(x!, node.attributes, -1e30),
        [...node.attributes.kernel],
        [...node.attributes.stride],
        'valid',
      );
    case 'globalAveragePool':
      return tf.mean(x!, [1, 2]);
    case 'flatten':
      return tf.reshape(x!, [x!.shape[0]!, -1]);
    case 'add':
      return tf.add(x!, rest[0]!);
    case 'dense':
      return tf.add(tf.matMul(x as Tensor2D, parameter('kernel') as Tensor2D), parameter('bias'));
    default:
      throw new Error(`the reference has no '${node.op}'`);
  }
}
