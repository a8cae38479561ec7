import type { Graph, Shape } from './graph.ts';

/** Parameters by key `node/role`, in the layouts of {@link Parameter}. Plain memory, owned by nobody's engine. */
export type Weights = Map<string, { shape: Shape; data: Float32Array }>;

/** From 8-bit RGB to what the network takes: `(value / 255 - mean) / std` per channel. */
export interface Preprocessing {
  mean: readonly [number, number, number];
  std: readonly [number, number, number];
  /** The three colours, which have the same mean and deviation here, are then averaged into one channel. */
  grey?: true;
}

/** What makes probabilities of the last node's logits: one class of several, or each label on its own. */
export type Outputs = 'softmax' | 'sigmoid';

/** A classifier that can be run, evaluated and exported: truncated backbone with its head, ending in logits. */
export interface Model {
  /** From `input` to the last node of the head (logits, see `outputs`). */
  graph: Graph;
  /** Applied by whoever needs probabilities; left out: softmax. */
  outputs?: Outputs;
  weights: Weights;
  input: { height: number; width: number };
  preprocessing: Preprocessing;
  classes: readonly string[];
}
