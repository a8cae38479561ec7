import type { Tensor } from '@tensorflow/tfjs-core';
import type { GraphNode, OpName, ParameterRole } from '../../backbone/graph.ts';
import type { Ops } from '../tensor/ops.ts';

/** What a node sees of the engine while it computes. */
export interface NodeContext {
  ops: Ops;
  /** Value of one of the node's own parameters; stays the engine's. */
  parameter(role: ParameterRole): Tensor;
}

/** In training, nodes also draw random numbers and move their running statistics. */
export interface TrainingContext extends NodeContext {
  /** Uniform in [0, 1), seeded by run, epoch and step. */
  random(): number;
  /** Share of the old running statistics that batch normalisation keeps, [0, 1]. */
  momentum: number;
  /** Replaces a statistic; takes the tensor over. */
  assign(role: ParameterRole, value: Tensor): void;
}

/** What the forward pass left behind for the gradient. */
export interface Residue {
  inputs: Tensor[];
  output: Tensor;
  saved: Tensor[];
}

export interface Gradients {
  /** One for each input; null where none was wanted. */
  inputs: (Tensor | null)[];
  parameters: Partial<Record<ParameterRole, Tensor>>;
}

/**
 * One operation: forward at inference, forward in training, and its gradient. Results belong to the caller, inputs stay
 * the caller's.
 */
export interface Handler<K extends OpName> {
  infer(node: GraphNode<K>, inputs: Tensor[], context: NodeContext): Tensor;
  /** Where training differs from inference, or the gradient needs more than inputs and output. */
  train?(node: GraphNode<K>, inputs: Tensor[], context: TrainingContext): { output: Tensor; saved: Tensor[] };
  /** Which forward values the gradient reads; the others are freed as soon as nobody else needs them. */
  reads: { inputs: boolean; output: boolean };
  /** @param wanted false where the input's gradient would be thrown away */
  gradient(node: GraphNode<K>, dy: Tensor, residue: Residue, context: NodeContext, wanted: boolean): Gradients;
}
