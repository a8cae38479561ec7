import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Weights } from '../../backbone/model.ts';
import type { Slots, UpdateSettings, Variables } from './variables.ts';

/** Values and optimiser slots by name, while a step changes them. */
export interface Held {
  get(key: string): Tensor;
  /** Takes the tensor over; the one before is disposed of. */
  set(key: string, value: Tensor): void;
  slot(name: string, key: string): Tensor | undefined;
  setSlot(name: string, key: string, value: Tensor): void;
}

/** One optimiser step on every parameter that has a gradient; the gradients stay the caller's. */
export type Step = (gradients: ReadonlyMap<string, Tensor>, settings: UpdateSettings, held: Held) => void;

/** Parameters as plain tensors. */
export function tensorVariables(weights: Weights, slots: Slots, step: Step): Variables {
  const load = (map: Weights): Map<string, Tensor> =>
    new Map([...map].map(([key, { shape, data }]) => [key, tf.tensor(data.slice(), [...shape], 'float32')]));
  const values = load(weights);
  const state = load(slots);

  const replace = (map: Map<string, Tensor>, key: string, fresh: Tensor): void => {
    map.get(key)?.dispose();
    map.set(key, fresh);
  };
  const get = (key: string): Tensor => {
    const value = values.get(key);
    if (!value) throw new Error(`no parameter '${key}' on this engine`);
    return value;
  };
  const read = async (map: Map<string, Tensor>): Promise<Weights> => {
    const copies: Weights = new Map();
    for (const [key, value] of map)
      copies.set(key, { shape: value.shape, data: (await value.data<'float32'>()).slice() });
    return copies;
  };
  const held: Held = {
    get,
    set: (key, value) => replace(values, key, value),
    slot: (name, key) => state.get(`${name}:${key}`),
    setSlot: (name, key, value) => replace(state, `${name}:${key}`, value),
  };

  return {
    get,
    // A node may assign from inside tf.tidy, which must not dispose of what outlives it.
    assign: (key, value) => replace(values, key, tf.keep(value)),
    update: (gradients, settings) => step(gradients, settings, held),
    weights: () => read(values),
    slots: () => read(state),
    dispose: () => tf.dispose([...values.values(), ...state.values()]),
  };
}
