import type { ParameterRole, Shape } from '../../../backbone/graph.ts';
import type { WeightArray } from '../weights.ts';

/** One layer as Keras writes it in JSON, with the names of the layers it reads. */
export interface KerasLayer {
  className: string;
  name: string;
  inputs: readonly string[];
  config: Record<string, unknown>;
  /** By Keras's names, in the order in which the layer creates them. */
  variables: readonly KerasVariable[];
}

/** A model as a file of Keras holds it. */
export interface KerasModel {
  layers: readonly KerasLayer[];
  /** Cutpoint's, text by name. */
  metadata: Readonly<Record<string, string>>;
}

export type KerasVariable = readonly [name: string, value: WeightArray];

/** What a handler knows of the node it describes, besides the node. */
export interface LayerContext {
  /** Layers that give the node's inputs. */
  inputs: readonly string[];
  /** Shape of the first input, [height, width, channels] or [features]; the node's own for `input`. */
  shape: Shape;
  /** Shape that the node gives. */
  output: Shape;
  /** No value of the first input is below zero, by what its node computes. */
  nonNegative: boolean;
  weight(role: ParameterRole): WeightArray;
}

// Every parameter comes from the file. Any other initialiser would draw numbers for nothing while the model is loaded.
export const ZEROS = { class_name: 'Zeros', config: {} };

/** A layer with its name, trainable. */
export function layer(
  className: string,
  name: string,
  inputs: readonly string[],
  config: object,
  variables: readonly KerasVariable[] = [],
): KerasLayer {
  return { className, name, inputs, config: { name, trainable: true, ...config }, variables };
}

/** The names of a layer's variables, in the order in which it creates them. */
export function variableNames({ className, config }: Pick<KerasLayer, 'className' | 'config'>): readonly string[] {
  if (className === 'BatchNormalization') {
    return [...(config.scale ? ['gamma'] : []), 'beta', 'moving_mean', 'moving_variance'];
  }
  if (className === 'LayerNormalization') return ['gamma', 'beta'];
  return [className === 'DepthwiseConv2D' ? 'depthwise_kernel' : 'kernel', 'bias'];
}
