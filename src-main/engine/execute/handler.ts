import type { Tensor } from '@tensorflow/tfjs-core';
import type { ActivationKind, GraphNode, OpName, ParameterRole } from '../../backbone/graph.ts';
import type { Ops } from '../tensor/ops.ts';

/** What a node sees of the engine while it computes. */
export interface NodeContext {
  ops: Ops;
  /** Value of one of the node's own parameters, or of those of what it computes along; stays the engine's. */
  parameter(role: ParameterRole): Tensor;
  /** The batch normalisation that it computes: itself, or of a convolution the one behind it, whose node then passes on what it is given. */
  norm?: GraphNode<'batchNorm'> | undefined;
  /** The activation behind batch normalisation, where it is computed along; its own node then passes on what it is given. */
  activation?: ActivationKind | undefined;
}

/**
 * Which function a gradient is of. `training`: batch normalisation by the batch's own statistics, dropout; `inference`:
 * the function that predictions come from.
 */
export type Mode = 'training' | 'inference';

/** Forward with a gradient to come: in training, nodes also draw random numbers and move their running statistics. */
export interface ForwardContext extends NodeContext {
  mode: Mode;
  /** Uniform in [0, 1), seeded by run, epoch and step. */
  random(): number;
  /** Share of the old running statistics that batch normalisation keeps, [0, 1]. */
  momentum: number;
  /** Replaces a statistic; takes the tensor over. */
  assign(role: ParameterRole, value: Tensor): void;
}

export interface BackwardContext extends NodeContext {
  mode: Mode;
  /** What of the gradient is used; the rest may be left out. */
  wanted: { inputs: boolean; parameters: boolean };
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
  /** None where none were wanted. */
  parameters: Partial<Record<ParameterRole, Tensor>>;
}

/**
 * One operation: forward at inference, forward with a gradient to come, and its gradient. Results belong to the caller, inputs stay
 * the caller's.
 */
export interface Handler<K extends OpName> {
  infer(node: GraphNode<K>, inputs: Tensor[], context: NodeContext): Tensor;
  /** Where training differs from inference, or the gradient needs more than inputs and output. */
  forward?(node: GraphNode<K>, inputs: Tensor[], context: ForwardContext): { output: Tensor; saved: Tensor[] };
  /** Which forward values the gradient reads; the others are freed as soon as nobody else needs them. */
  reads: { inputs: boolean; output: boolean };
  gradient(node: GraphNode<K>, dy: Tensor, residue: Residue, context: BackwardContext): Gradients;
}
