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

/** What one batch says: its mean loss in nats, and the gradients of all trained parameters by key, the caller's. */
export interface Gradients {
  loss: number;
  of: Record<string, Tensor>;
}

/**
 * The gradients of one batch. No weight changes; where an operation fails (for lack of memory), nothing is left behind but
 * running statistics of batch normalisation, which training does not read.
 * @param x [n, h, w, c], preprocessed, or the output of `from`; stays the caller's
 */
export function gradientsOf(network: Network, x: Tensor, options: Omit<StepOptions, 'update'>): Gradients {
  return tf.tidy(() => {
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
    return { loss, of: Object.fromEntries(gradients) };
  });
}

/** The optimiser's step by gradients, which are disposed of. */
export function updateBy(network: Network, { of }: Gradients, update: UpdateSettings): void {
  network.variables.update(new Map(Object.entries(of)), update);
  tf.dispose(of);
}

/**
 * One optimiser step on one batch.
 * @param x [n, h, w, c], preprocessed, or the output of `from`; stays the caller's
 * @returns the batch's mean loss before the step, in nats
 */
export function trainingStep(network: Network, x: Tensor, options: StepOptions): number {
  const gradients = gradientsOf(network, x, options);
  updateBy(network, gradients, options.update);
  return gradients.loss;
}
