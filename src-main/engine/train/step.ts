import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { trainingPass } from '../execute/gradient.ts';
import type { Network } from '../execute/run.ts';
import type { UpdateSettings } from '../tensor/variables.ts';
import type { BatchLoss } from '../task/task.ts';

/** Share of the old running statistics that batch normalisation keeps at each step, as in torchvision. */
const BATCH_NORM_MOMENTUM = 0.9;

export interface StepOptions {
  /** Node whose output the batch is: what lies up to it is frozen. Default: the input node. */
  from?: string | undefined;
  /** Of this batch. */
  loss: BatchLoss;
  /** Uniform in [0, 1), for dropout. */
  random(): number;
  update: UpdateSettings;
}

/**
 * One optimiser step on one batch.
 * @param x [n, h, w, c], preprocessed, or the output of `from`; stays the caller's
 * @returns the batch's mean loss before the step, in nats
 */
export function trainingStep(network: Network, x: Tensor, options: StepOptions): number {
  let loss = Number.NaN;
  const gradients = trainingPass(network, x, {
    from: options.from,
    random: options.random,
    momentum: BATCH_NORM_MOMENTUM,
    lossGradient(logits) {
      const result = options.loss(logits);
      loss = result.loss;
      return result.gradient;
    },
  });
  network.variables.update(gradients, options.update);
  tf.dispose([...gradients.values()]);
  return loss;
}
