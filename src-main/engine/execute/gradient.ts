import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { GraphNode } from '../../backbone/graph.ts';
import { hasParameters } from '../../backbone/parameters.ts';
import { countReaders } from '../../backbone/readers.ts';
import type { TrainingContext } from './handler.ts';
import { LiveValues } from './live.ts';
import { handlerOf } from './ops/index.ts';
import { contextOf, type Network } from './run.ts';

export interface TrainingPass {
  /** Uniform in [0, 1), for dropout. */
  random(): number;
  /** Share of the old running statistics that batch normalisation keeps. */
  momentum: number;
  /** Gradient of the loss at the last node's output, which stays this pass's. */
  lossGradient(output: Tensor): Tensor;
}

/**
 * One forward and backward pass in training mode (reverse-mode differentiation over the graph, without a tape: what a
 * gradient does not read is freed during the forward pass, the rest as soon as it has been read).
 * @param x [n, h, w, c], stays the caller's
 * @returns gradients of all parameters by key; they are the caller's
 */
export function trainingPass(network: Network, x: Tensor, pass: TrainingPass): Map<string, Tensor> {
  const { nodes } = network.graph;
  const computed = nodes.slice(1);
  const learns = nodesWithGradient(nodes);
  const readers = countReaders(computed);
  for (const node of computed) {
    if (!learns.has(node.name)) continue;
    const { reads } = handlerOf(node);
    if (reads.inputs) for (const name of node.inputs) readers.set(name, (readers.get(name) ?? 0) + 1);
    if (reads.output) readers.set(node.name, (readers.get(node.name) ?? 0) + 1);
  }

  const last = nodes.at(-1)!.name;
  const values = new LiveValues();
  const flowing = new LiveValues();
  const saved = new Map<string, Tensor[]>();
  const gradients = new Map<string, Tensor>();
  try {
    values.keep(nodes[0]!.name, tf.clone(x), readers.get(nodes[0]!.name) ?? 0);
    for (const node of computed) {
      const handler = handlerOf(node);
      const inputs = node.inputs.map((name) => values.get(name));
      const context = trainingContext(network, node, pass);
      const result = handler.train?.(node, inputs, context) ?? {
        output: handler.infer(node, inputs, context),
        saved: [],
      };
      if (node.name === last) flowing.keep(last, pass.lossGradient(result.output), 1);
      values.keep(node.name, result.output, readers.get(node.name) ?? 0);
      saved.set(node.name, result.saved);
      for (const name of node.inputs) values.release(name);
    }

    for (const node of computed.toReversed()) {
      if (!learns.has(node.name)) continue;
      const handler = handlerOf(node);
      const dy = flowing.take(node.name);
      const residue = {
        inputs: handler.reads.inputs ? node.inputs.map((name) => values.get(name)) : [],
        // Types promise an output to every gradient; those that do not declare to read it never touch this.
        output: handler.reads.output ? values.get(node.name) : dy,
        saved: saved.get(node.name) ?? [],
      };
      const wanted = node.inputs.some((name) => learns.has(name));
      const result = handler.gradient(node, dy, residue, contextOf(network, node), wanted);
      dy.dispose();
      tf.dispose(residue.saved);
      saved.delete(node.name);
      if (handler.reads.inputs) for (const name of node.inputs) values.release(name);
      if (handler.reads.output) values.release(node.name);
      for (const [role, gradient] of Object.entries(result.parameters)) gradients.set(`${node.name}/${role}`, gradient);
      node.inputs.forEach((name, i) => accumulate(flowing, name, result.inputs[i]!, learns.has(name)));
    }
    return gradients;
  } catch (thrown) {
    tf.dispose([...gradients.values()]);
    throw thrown;
  } finally {
    values.dispose();
    flowing.dispose();
    tf.dispose([...saved.values()]);
  }
}

function trainingContext(network: Network, node: GraphNode, pass: TrainingPass): TrainingContext {
  return {
    ...contextOf(network, node),
    random: pass.random,
    momentum: pass.momentum,
    assign: (role, value) => network.variables.assign(`${node.name}/${role}`, value),
  };
}

/** Nodes whose output depends on a trained parameter. */
function nodesWithGradient(nodes: readonly GraphNode[]): Set<string> {
  const learns = new Set<string>();
  for (const node of nodes)
    if (hasParameters(node.op) || node.inputs.some((name) => learns.has(name))) learns.add(node.name);
  return learns;
}

/** Sums the gradients that arrive at one node over its several readers. */
function accumulate(flowing: LiveValues, name: string, gradient: Tensor | null, wanted: boolean): void {
  if (!gradient) return;
  if (!wanted) {
    gradient.dispose();
    return;
  }
  if (!flowing.has(name)) {
    flowing.keep(name, gradient, 1);
    return;
  }
  const before = flowing.take(name);
  flowing.keep(name, tf.add(before, gradient), 1);
  tf.dispose([before, gradient]);
}
