import type { TrainingPlan } from '../../contract/plan.ts';
import { isComputing, withEngine } from '../tensor/engines.ts';
import { precisionFor } from './precision.ts';
import { timeSteps, type StepTime } from './stepTime.ts';

/** Most networks whose times are remembered. */
const MOST = 100;

/** What steps of networks take in this process: each is measured once, for a machine does not change under it. */
export class StepTimes {
  readonly #known = new Map<string, StepTime>();
  readonly #folder: string;

  /** @param folder where it is kept which precision is the faster one */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Null where something else is computed, beside which a step takes longer. */
  async of(plan: TrainingPlan, signal: AbortSignal): Promise<StepTime | null> {
    const key = JSON.stringify({ ...plan, ...NO_MATTER });
    const known = this.#known.get(key);
    if (known || isComputing()) return known ?? null;
    const time = await withEngine(plan.engine, async (engine) => {
      const precision = await precisionFor(engine, plan, { folder: this.#folder, signal });
      return timeSteps(engine, { ...plan, precision }, signal);
    });
    if (this.#known.size >= MOST) this.#known.clear();
    this.#known.set(key, time);
    return time;
  }
}

/** Settings that a step does not depend on. */
const NO_MATTER = {
  data: null,
  test: null,
  source: null,
  initialisation: null,
  epochs: null,
  earlyStopping: null,
  schedule: null,
  learningRate: null,
  accept: null,
  positive: null,
  split: null,
  seed: null,
  trainShare: null,
};
