import type { Tensor } from '@tensorflow/tfjs-core';
import type { OptimiserSettings } from '../../contract/plan.ts';
import type { Weights } from '../../backbone/model.ts';

/** What one update needs besides the gradients. */
export interface UpdateSettings {
  optimiser: OptimiserSettings;
  learningRate: number;
  /** Share of the learning rate that a parameter takes, by key; left out: 1 for all. */
  rateFactor?: ((key: string) => number) | undefined;
  /** L2 penalty added to the gradient (as torch.optim's `weight_decay`). */
  weightDecay: number;
  /** Updates done on these variables, this one included: 1, 2, … */
  step: number;
}

/** Optimiser state per slot and parameter, keyed `slot:parameter`, e.g. `m:conv1/kernel`. */
export type Slots = Weights;

/** Parameters of one network on an engine, with their optimiser slots. */
export interface Variables {
  /** The current value; owned here, valid until the next update of that parameter. Throws on an unknown key. */
  get(key: string): Tensor;
  /** Puts a value in place; takes the tensor over. */
  assign(key: string, value: Tensor): void;
  /** One optimiser step on every parameter that has a gradient; the gradients stay the caller's. */
  update(gradients: ReadonlyMap<string, Tensor>, settings: UpdateSettings): void;
  /** Copies of all values, in the layouts of `Parameter`. */
  weights(): Promise<Weights>;
  slots(): Promise<Slots>;
  dispose(): void;
}
