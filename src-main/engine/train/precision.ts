import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import { z } from 'zod';
import { wholePlan } from '../../backbone/architecture.ts';
import { precision as precisionNames, type Precision, type TrainingPlan } from '../../contract/plan.ts';
import { hasBfloat16 } from '../host/bfloat16.ts';
import { threadsHere } from '../host/limits.ts';
import { stepOps, type Engine } from '../tensor/engine.ts';
import type { Ops, Window } from '../tensor/ops.ts';
import { timeTraining } from './stepTime.ts';

/** bfloat16 must take at most this share of float32's time: it has 8 bits of precision, and gives them up for a gain alone. */
const WORTH = 0.9;
/** Each is timed so often, by turns: a machine that does other things may be slow while one of them is. */
const TURNS = 2;

export interface PrecisionOptions {
  /** Where it is kept what was timed. */
  folder: string;
  signal: AbortSignal;
  /** Called before a network is timed, which takes some seconds. */
  onTiming?: () => void;
  /** Whether this machine's processor computes on bfloat16 by itself; null: not known. */
  onProcessor?: boolean | null;
}

/**
 * The precision that a plan's steps are computed in here. Where the plan leaves it open, steps of the whole network are timed in
 * both on the first time, in turns, and the answer is kept in `folder`, whatever it was: another time may say otherwise.
 * @throws CutpointError PRECISION_UNAVAILABLE; as `architectureOf` does; the signal's reason when it is aborted
 */
export async function precisionFor(
  engine: Engine,
  plan: TrainingPlan,
  { folder, signal, onTiming, onProcessor = hasBfloat16() }: PrecisionOptions,
): Promise<Precision> {
  if (plan.precision !== 'auto') {
    stepOps(engine, plan.precision);
    return plan.precision;
  }
  if (engine.onProcessor && onProcessor === false) return 'float32';
  const { backbone, channels, input, batch } = plan;
  const processor = `${cpus()[0]?.model ?? ''}, ${threadsHere()} threads, ${engine.device}, ${engine.version}`;
  const key = JSON.stringify([processor, backbone, channels, input, batch]);
  const kept = new Kept(folder);
  const known = kept.get(key);
  if (known) return known.precision;
  if (!isQuick(engine)) {
    kept.set(key, { precision: 'float32' });
    return 'float32';
  }
  onTiming?.();
  const seconds = { float32: Infinity, bfloat16: Infinity };
  for (let turn = 0; turn < TURNS; turn++)
    for (const precision of precisionNames.options) {
      const found = await timeTraining(engine, { ...wholePlan(plan), precision }, signal);
      seconds[precision] = Math.min(seconds[precision], found);
    }
  const precision = seconds.bfloat16 <= WORTH * seconds.float32 ? 'bfloat16' : 'float32';
  kept.set(key, { precision, ...seconds });
  return precision;
}

const quick = new WeakMap<Engine, boolean>();

/** Whether one small convolution's gradient is faster in bfloat16: where it is not, no network is timed. Measured once. */
function isQuick(engine: Engine): boolean {
  const known = quick.get(engine);
  if (known !== undefined) return known;
  const window: Window = { kernel: [3, 3], stride: [1, 1], padding: { top: 1, bottom: 1, left: 1, right: 1 } };
  const { bfloat16 } = engine;
  const answer =
    bfloat16 !== null &&
    tf.tidy(() => {
      const x = tf.randomNormal([4, 28, 28, 64]) as Tensor4D;
      const kernel = tf.randomNormal([3, 3, 64, 64]) as Tensor4D;
      const seconds = (ops: Ops): number => {
        const times = Array.from({ length: 4 }, () => {
          const start = performance.now();
          const y = ops.conv2dKernelGradient(x, kernel, x, window);
          y.dataSync();
          y.dispose();
          return performance.now() - start;
        });
        return Math.min(...times);
      };
      return seconds(bfloat16) < WORTH * seconds(engine.ops);
    });
  quick.set(engine, answer);
  return answer;
}

const timings = z.record(
  z.string(),
  z.object({
    precision: precisionNames,
    /** Seconds that a step takes; left out: one convolution said it, see {@link isQuick}. */
    float32: z.number().optional(),
    bfloat16: z.number().optional(),
  }),
);
type Timings = z.infer<typeof timings>;

/** What was measured, in a file of the workspace's cache: lost, it is measured again. */
class Kept {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  get(key: string): Timings[string] | undefined {
    return this.#read()[key];
  }

  set(key: string, value: Timings[string]): void {
    mkdirSync(this.#folder, { recursive: true });
    const partial = `${this.#path}.${process.pid}`;
    writeFileSync(partial, JSON.stringify({ ...this.#read(), [key]: value }));
    renameSync(partial, this.#path);
  }

  get #path(): string {
    return join(this.#folder, 'precision.json');
  }

  #read(): Timings {
    try {
      return timings.parse(JSON.parse(readFileSync(this.#path, 'utf8')));
    } catch {
      return {};
    }
  }
}
