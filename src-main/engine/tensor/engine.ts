import type { Weights } from '../../backbone/model.ts';
import type { Ops } from './ops.ts';
import type { Slots, Variables } from './variables.ts';

export type EngineName = 'tensorflow' | 'wasm';

/** A place where tensors are computed, loaded and active. */
export interface Engine {
  name: EngineName;
  /** What it computes on, for people. */
  device: string;
  /** Whether tensors are in this machine's own memory; otherwise in that of a GPU. */
  onProcessor: boolean;
  version: string;
  ops: Ops;
  createVariables(weights: Weights, slots?: Slots): Variables;
}
