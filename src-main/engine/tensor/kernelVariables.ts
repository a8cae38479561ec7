import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Weights } from '../../backbone/model.ts';
import { attributesOf, type OpAttribute, type TensorflowBackend } from './tensorflowBackend.ts';
import { tensorVariables, type Held } from './tensorVariables.ts';
import type { Slots, UpdateSettings, Variables } from './variables.ts';

/** An optimiser as one kernel for all parameters. */
interface Optimiser {
  op: string;
  slots: readonly string[];
  attributes: OpAttribute[];
  /** What the learning rate is multiplied by at this step. */
  correction: number;
}

/** Parameters as plain tensors, which one kernel of Cutpoint's own changes in place, all at once. */
export function kernelVariables(backend: TensorflowBackend, weights: Weights, slots: Slots): Variables {
  const { number, int } = attributesOf(backend);
  /** Tensors whose memory is nobody else's: others may lie over memory of JavaScript's, or be shared by several. */
  const own = new WeakSet<Tensor>();
  const asOwn = (value: Tensor): Tensor => {
    const copy = tf.keep(tf.tidy(() => tf.add(value, 0)));
    own.add(copy);
    return copy;
  };
  const valueOf = (held: Held, key: string): Tensor => {
    if (!own.has(held.get(key))) held.set(key, asOwn(held.get(key)));
    return held.get(key);
  };
  const slotOf = (held: Held, name: string, key: string): Tensor => {
    const before = held.slot(name, key);
    if (before && own.has(before)) return before;
    const fresh = tf.tidy(() => asOwn(before ?? tf.zerosLike(held.get(key))));
    held.setSlot(name, key, fresh);
    return fresh;
  };

  return tensorVariables(weights, slots, (gradients, settings, held) => {
    const keys = [...gradients.keys()];
    if (keys.length === 0) return;
    const { op, slots: names, attributes, correction } = optimiserOf(settings, number);
    const rates = tf.tensor1d(
      keys.map((key) => settings.learningRate * (settings.rateFactor?.(key) ?? 1) * correction),
      'float32',
    );
    const inputs = [
      ...keys.map((key) => valueOf(held, key)),
      ...names.flatMap((name) => keys.map((key) => slotOf(held, name, key))),
      ...keys.map((key) => gradients.get(key)!),
      rates,
    ];
    const all = [int('N', keys.length), number('weight_decay', settings.weightDecay), ...attributes];
    backend.executeMultipleOutputs(op, all, inputs, 0);
    rates.dispose();
  });
}

function optimiserOf(
  { optimiser, step }: UpdateSettings,
  number: (name: string, value: number) => OpAttribute,
): Optimiser {
  if (optimiser.kind === 'adam') {
    const { beta1, beta2, epsilon } = optimiser;
    return {
      op: 'CutpointAdam',
      slots: ['m', 'v'],
      attributes: [number('beta1', beta1), number('beta2', beta2), number('epsilon', epsilon)],
      correction: Math.sqrt(1 - beta2 ** step) / (1 - beta1 ** step),
    };
  }
  const { momentum, nesterov } = optimiser;
  return {
    op: 'CutpointMomentum',
    slots: ['momentum'],
    attributes: [number('momentum', momentum), number('nesterov', nesterov ? 1 : 0)],
    correction: 1,
  };
}
