import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Weights } from '../../backbone/model.ts';
import { tensorVariables } from './tensorVariables.ts';
import type { Slots, UpdateSettings, Variables } from './variables.ts';

/** New values of a parameter and its slots after one step. */
type Rule = (
  value: Tensor,
  gradient: Tensor,
  slot: (name: string) => Tensor,
  settings: UpdateSettings,
) => {
  value: Tensor;
  slots: Record<string, Tensor>;
};

/** Adam (Kingma and Ba 2015) in the form of TensorFlow's kernel: epsilon is added to the uncorrected root. */
const adam: Rule = (value, gradient, slot, { optimiser, learningRate, step }) => {
  if (optimiser.kind !== 'adam') throw new Error('adam rule called with other settings');
  const { beta1, beta2, epsilon } = optimiser;
  const rate = (learningRate * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step);
  const m = tf.add(tf.mul(slot('m'), beta1), tf.mul(gradient, 1 - beta1));
  const v = tf.add(tf.mul(slot('v'), beta2), tf.mul(tf.square(gradient), 1 - beta2));
  return { value: tf.sub(value, tf.div(tf.mul(m, rate), tf.add(tf.sqrt(v), epsilon))), slots: { m, v } };
};

/** SGD with (Nesterov) momentum, as torch.optim.SGD without dampening. */
const sgd: Rule = (value, gradient, slot, { optimiser, learningRate }) => {
  if (optimiser.kind !== 'sgd') throw new Error('sgd rule called with other settings');
  const { momentum, nesterov } = optimiser;
  const velocity = tf.add(tf.mul(slot('momentum'), momentum), gradient);
  const direction = nesterov ? tf.add(gradient, tf.mul(velocity, momentum)) : velocity;
  return { value: tf.sub(value, tf.mul(direction, learningRate)), slots: { momentum: velocity } };
};

/** Parameters as plain tensors, the optimiser as elementwise arithmetic: for engines without optimiser kernels. */
export const plainVariables = (weights: Weights, slots: Slots): Variables =>
  tensorVariables(weights, slots, (gradients, settings, held) => {
    const rule = settings.optimiser.kind === 'adam' ? adam : sgd;
    for (const [key, gradient] of gradients) {
      const old = held.get(key);
      const learningRate = settings.learningRate * (settings.rateFactor?.(key) ?? 1);
      const fresh = tf.tidy(() => {
        const total = settings.weightDecay > 0 ? tf.add(gradient, tf.mul(old, settings.weightDecay)) : gradient;
        return rule(old, total, (name) => held.slot(name, key) ?? tf.zerosLike(old), { ...settings, learningRate });
      });
      held.set(key, fresh.value);
      for (const [name, slot] of Object.entries(fresh.slots)) held.setSlot(name, key, slot);
    }
  });
