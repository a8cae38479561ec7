import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { GraphNode, ParameterRole } from '../../backbone/graph.ts';
import { countReads, nodesWithGradient, wants } from './flow.ts';
import { fuse, unfused, type Fusion } from './fusion.ts';
import type { ForwardContext, Mode } from './handler.ts';
import { LiveValues } from './live.ts';
import { contextOf, positionOf, type Network } from './run.ts';

export interface TrainingPass {
  /** Node whose output `x` is: it and what lies before it is frozen, and not computed here. Default: the input node. */
  from?: string | undefined;
  /** Uniform in [0, 1), for dropout. */
  random(): number;
  /** Share of the old running statistics that batch normalisation keeps. */
  momentum: number;
  /** Gradient of the loss at the last node's output, which stays this pass's. */
  lossGradient(output: Tensor): Tensor;
}

/**
 * One forward and backward pass in training mode.
 * @param x [n, h, w, c], or the output of `from`; stays the caller's
 * @returns gradients of all parameters behind `from`, by key; they are the caller's
 */
export function trainingPass(network: Network, x: Tensor, pass: TrainingPass): Map<string, Tensor> {
  return differentiate(network, x, {
    ...pass,
    mode: 'training',
    parameters: true,
    at: [],
    outputGradient: pass.lossGradient,
  }).parameters;
}

export interface ActivationPass {
  /** Node whose output `x` is; default: the input node. Every path must cross it. */
  from?: string | undefined;
  /** Nodes at whose outputs the gradient is wanted; `from` or the input node may be among them. */
  at: readonly string[];
  /** Gradient of the quantity of interest at the last node's output (the logits), which stays this pass's. */
  outputGradient(output: Tensor): Tensor;
}

/**
 * Gradients of a quantity computed from the network's output by the activations inside it, at inference: stored
 * statistics in batch normalisation, no dropout. What Grad-CAM and gradient ascent need.
 * @param x [n, h, w, c], or the output of `from`; stays the caller's
 * @returns of each node in `at` its output and the gradient there, of equal shape; they are the caller's
 */
export function activationGradients(
  network: Network,
  x: Tensor,
  pass: ActivationPass,
): Map<string, { value: Tensor; gradient: Tensor }> {
  const options = { ...pass, mode: 'inference', parameters: false, random: () => 0, momentum: 1 } as const;
  return differentiate(network, x, options).activations;
}

/**
 * Gradients of a quantity computed from the network's output by the parameters of some nodes, at inference: what Fisher
 * information is made of.
 * @param x [n, h, w, c]; stays the caller's. Gradients are summed over its images
 * @param pass.of names of the nodes whose parameters are meant
 * @returns by key; they are the caller's
 */
export function parameterGradients(
  network: Network,
  x: Tensor,
  { of, outputGradient }: Pick<ActivationPass, 'outputGradient'> & { of: ReadonlySet<string> },
): Map<string, Tensor> {
  const options = { mode: 'inference', parameters: of, at: [], random: () => 0, momentum: 1 } as const;
  return differentiate(network, x, { ...options, outputGradient }).parameters;
}

interface Pass extends Pick<TrainingPass, 'from' | 'random' | 'momentum'>, Pick<ActivationPass, 'at'> {
  mode: Mode;
  /** Whether gradients of parameters are wanted: of all nodes, of none, or of those named. */
  parameters: boolean | ReadonlySet<string>;
  outputGradient(output: Tensor): Tensor;
}

/**
 * Reverse-mode differentiation over the graph, without a tape: what a gradient does not read is freed during the forward
 * pass, the rest as soon as it has been read.
 */
function differentiate(
  network: Network,
  x: Tensor,
  pass: Pass,
): { parameters: Map<string, Tensor>; activations: Map<string, { value: Tensor; gradient: Tensor }> } {
  const { nodes } = network.graph;
  const start = nodes[pass.from === undefined ? 0 : positionOf(nodes, pass.from)]!;
  const computed = nodes.slice(nodes.indexOf(start) + 1);
  const wanted = new Set(pass.at);
  const flows = nodesWithGradient(start, computed, pass);
  const last = nodes.at(-1)!.name;
  // The gradient of stored statistics has no fused form.
  const fusion = pass.mode === 'training' ? fuse(computed, network.ops, new Set([...wanted, last])) : unfused;
  const readers = countReads(computed, flows, fusion);
  const addReader = (name: string): void => void readers.set(name, (readers.get(name) ?? 0) + 1);
  wanted.forEach(addReader);
  addReader(last);

  const values = new LiveValues();
  const flowing = new LiveValues();
  const saved = new Map<string, Tensor[]>();
  const parameters = new Map<string, Tensor>();
  const activations = new Map<string, { value: Tensor; gradient: Tensor }>();
  const keepActivation = (name: string, gradient: Tensor): void => {
    activations.set(name, { value: tf.clone(values.get(name)), gradient: tf.clone(gradient) });
    values.release(name);
  };
  try {
    values.keep(start.name, tf.clone(x), readers.get(start.name) ?? 0);
    for (const node of computed) {
      const handler = fusion.handlerOf(node);
      const inputs = node.inputs.map((name) => values.get(name));
      const context = forwardContext(network, node, pass, fusion);
      const result = handler.forward?.(node, inputs, context) ?? {
        output: handler.infer(node, inputs, context),
        saved: [],
      };
      values.keep(node.name, result.output, readers.get(node.name) ?? 0);
      if (flows.has(node.name)) saved.set(node.name, result.saved);
      else tf.dispose(result.saved);
      for (const name of node.inputs) values.release(name);
    }
    flowing.keep(last, pass.outputGradient(values.get(last)), 1);
    values.release(last);

    for (const node of computed.toReversed()) {
      if (!flows.has(node.name)) continue;
      const handler = fusion.handlerOf(node);
      const dy = flowing.take(node.name);
      if (wanted.has(node.name)) keepActivation(node.name, dy);
      const residue = {
        inputs: handler.reads.inputs ? node.inputs.map((name) => values.get(name)) : [],
        // Types promise an output to every gradient; those that do not declare to read it never touch this.
        output: handler.reads.output ? values.get(node.name) : dy,
        saved: saved.get(node.name) ?? [],
      };
      const result = handler.gradient(node, dy, residue, {
        ...contextOf(network, node, fusion),
        mode: pass.mode,
        wanted: { inputs: node.inputs.some((name) => flows.has(name)), parameters: wants(pass.parameters, node.name) },
      });
      dy.dispose();
      tf.dispose(residue.saved);
      saved.delete(node.name);
      if (handler.reads.inputs) for (const name of node.inputs) values.release(name);
      if (handler.reads.output) values.release(node.name);
      for (const [role, gradient] of Object.entries(result.parameters))
        parameters.set(fusion.keyOf(node, role as ParameterRole), gradient);
      node.inputs.forEach((name, i) => accumulate(flowing, name, result.inputs[i]!, flows.has(name)));
    }
    if (wanted.has(start.name)) keepActivation(start.name, flowing.get(start.name));
    return { parameters, activations };
  } catch (thrown) {
    tf.dispose([...parameters.values()]);
    tf.dispose([...activations.values()].flatMap(({ value, gradient }) => [value, gradient]));
    throw thrown;
  } finally {
    values.dispose();
    flowing.dispose();
    tf.dispose([...saved.values()]);
  }
}

function forwardContext(
  network: Network,
  node: GraphNode,
  { mode, random, momentum }: Pass,
  fusion: Fusion,
): ForwardContext {
  return {
    ...contextOf(network, node, fusion),
    mode,
    random,
    momentum,
    assign: (role, value) => network.variables.assign(fusion.keyOf(node, role), value),
  };
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
