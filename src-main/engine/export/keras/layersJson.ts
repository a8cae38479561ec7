import type { KerasLayer } from './layer.ts';

type Described = Omit<KerasLayer, 'variables'>;

interface LegacyLayer {
  class_name: string;
  name: string;
  config: Record<string, unknown>;
  inbound_nodes: [from: string, node: 0, tensor: 0, options: object][][];
}

export interface LegacyConfig {
  class_name: string;
  config: { name: string; layers: LegacyLayer[]; input_layers: unknown; output_layers: unknown };
}

/** A model of layers as Keras 2 described it, which TensorFlow.js and Keras 3 read. */
export function legacyConfig(name: string, layers: readonly Described[]): LegacyConfig {
  return {
    class_name: 'Model',
    config: {
      name,
      layers: layers.map((layer) => ({
        class_name: layer.className,
        name: layer.name,
        config: layer.config,
        inbound_nodes: layer.inputs.length === 0 ? [] : [layer.inputs.map((from) => [from, 0, 0, {}])],
      })),
      ...ends(layers),
    },
  };
}

export function fromLegacyConfig({ config }: LegacyConfig): Described[] {
  return config.layers.map((layer) => ({
    className: layer.class_name,
    name: layer.name,
    config: layer.config,
    inputs: layer.inbound_nodes.flat().map(([from]) => from),
  }));
}

interface KerasTensor {
  class_name: '__keras_tensor__';
  config: { shape: null[]; dtype: 'float32'; keras_history: [from: string, node: 0, tensor: 0] };
}

interface ModernLayer {
  module: string;
  class_name: string;
  config: Record<string, unknown>;
  registered_name: null;
  name: string;
  inbound_nodes: { args: [KerasTensor | KerasTensor[]]; kwargs: object }[];
}

export interface KerasConfig {
  module: string;
  class_name: string;
  config: { name: string; trainable: true; layers: ModernLayer[]; input_layers: unknown; output_layers: unknown };
  registered_name: null;
}

/** A model of layers as Keras 3 describes it in a `.keras` archive. */
export function kerasConfig(name: string, layers: readonly Described[]): KerasConfig {
  return {
    module: 'keras.src.models.functional',
    class_name: 'Functional',
    config: {
      name,
      trainable: true,
      layers: layers.map((layer) => ({
        module: 'keras.layers',
        class_name: layer.className,
        config: renamed(layer.config, 'batch_input_shape', 'batch_shape'),
        registered_name: null,
        name: layer.name,
        inbound_nodes: layer.inputs.length === 0 ? [] : [{ args: [argument(layer.inputs)], kwargs: {} }],
      })),
      ...ends(layers),
    },
    registered_name: null,
  };
}

export function fromKerasConfig({ config }: KerasConfig): Described[] {
  return config.layers.map((layer) => ({
    className: layer.class_name,
    name: layer.name,
    config: renamed(layer.config, 'batch_shape', 'batch_input_shape'),
    inputs: layer.inbound_nodes.flatMap(({ args }) => args.flat().map((tensor) => tensor.config.keras_history[0])),
  }));
}

/** A tensor alone, or a list of them. */
function argument(inputs: readonly string[]): KerasTensor | KerasTensor[] {
  // Keras finds a tensor by the layer that gives it, and computes its shape itself.
  const tensors = inputs.map((from): KerasTensor => {
    return { class_name: '__keras_tensor__', config: { shape: [null], dtype: 'float32', keras_history: [from, 0, 0] } };
  });
  return tensors.length === 1 ? tensors[0]! : tensors;
}

function renamed(config: Record<string, unknown>, from: string, to: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(config).map(([key, value]) => [key === from ? to : key, value]));
}

function ends(layers: readonly Described[]) {
  return { input_layers: [[layers[0]!.name, 0, 0]], output_layers: [[layers.at(-1)!.name, 0, 0]] };
}
