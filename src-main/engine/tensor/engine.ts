import type { Weights } from '../../backbone/model.ts';
import { CutpointError } from '../../contract/errors.ts';
import type { Precision } from '../../contract/plan.ts';
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
  /**
   * The same with convolutions and what lies between them in bfloat16, for training; null where there is none. From when it is
   * first read on, every operation is asked for the type of its inputs.
   */
  readonly bfloat16: Ops | null;
  createVariables(weights: Weights, slots?: Slots): Variables;
}

/**
 * The operations that training steps are computed with.
 * @throws CutpointError PRECISION_UNAVAILABLE
 */
export function stepOps(engine: Engine, precision: Precision): Ops {
  if (precision === 'float32') return engine.ops;
  if (engine.bfloat16) return engine.bfloat16;
  throw new CutpointError('PRECISION_UNAVAILABLE', `The engine ${engine.name} does not compute in bfloat16.`, {
    remedy: 'Choose float32, or automatic precision.',
  });
}
