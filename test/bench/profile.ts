import * as tf from '@tensorflow/tfjs-core';
import type { Kind } from './arithmetic.ts';

interface Backend {
  binding: { executeOp(name: string, ...rest: unknown[]): unknown };
}

/**
 * Seconds that the operations of TensorFlow take while `work` is done, by their names: a kernel has ended when its call
 * returns. The binding lies behind an object of ours for so long, since its own members cannot be replaced.
 */
export function secondsByOperation(work: () => void): Map<string, number> {
  const backend = tf.backend() as unknown as Backend;
  const { binding } = backend;
  const seconds = new Map<string, number>();
  const executeOp: Backend['binding']['executeOp'] = (name, ...rest) => {
    const begun = performance.now();
    try {
      return binding.executeOp(name, ...rest);
    } finally {
      seconds.set(name, (seconds.get(name) ?? 0) + (performance.now() - begun) / 1000);
    }
  };
  backend.binding = Object.create(binding, { executeOp: { value: executeOp } }) as Backend['binding'];
  try {
    work();
  } finally {
    backend.binding = binding;
  }
  return seconds;
}

/** Multiply-accumulates a second of this machine's matrix product in float32, the best of several: what arithmetic allows. */
export function productSpeed(): number {
  const [SIDE, TIMES] = [1024, 12];
  const [a, b] = [tf.randomNormal([SIDE, SIDE]), tf.randomNormal([SIDE, SIDE])];
  let least = Infinity;
  for (let time = 0; time < TIMES; time++) {
    const begun = performance.now();
    tf.matMul(a, b).dispose();
    least = Math.min(least, (performance.now() - begun) / 1000);
  }
  tf.dispose([a, b]);
  return SIDE ** 3 / least;
}

/** What a training step took, by operations of TensorFlow, and the arithmetic of it. */
export interface Profile {
  /** By the clock, of a step. */
  seconds: number;
  operations: Record<string, number>;
  /** Multiply-accumulates of a step. */
  arithmetic: Partial<Record<Kind, number>>;
  /** Multiply-accumulates a second. */
  productSpeed: number;
}

/** Which operations belong together; the first that fits. */
const PARTS: [part: string, operations: RegExp][] = [
  ['pointwise convolutions' satisfies Kind, /^CutpointPointwise/],
  ['depthwise convolutions' satisfies Kind, /Depthwise/],
  ['other convolutions' satisfies Kind, /^(_Fused)?Conv2D|Pixels$/],
  ['dense layers' satisfies Kind, /MatMul/],
  ['batch norm with activation', /BatchNorm/],
  ['activations', /Relu|Sigmoid|Swish|Erf/],
  ['pooling', /Pool/],
  ['optimiser', /Adam|Momentum/],
];
const OTHERS = 'other operations';

/** In words: the speed of the matrix product, the arithmetic of a step, the least time it takes by these, the share reached. */
export function limitOf({ arithmetic, productSpeed: speed }: Profile, seconds: number): string {
  const macs = Object.values(arithmetic).reduce((sum, each) => sum + each, 0);
  const least = macs / speed;
  const giga = (value: number): string => ((2 * value) / 1e9).toFixed(0);
  return `product ${giga(speed)} GFLOP/s, step ${giga(macs)} GFLOP: ${least.toFixed(3)} s, ${Math.round((100 * least) / seconds)} % reached`;
}

/** In words: the three parts of a step that take the most beyond what their arithmetic takes. */
export function avoidable({ seconds, operations, arithmetic, productSpeed: speed }: Profile): string {
  const beyond = new Map<string, number>();
  const add = (part: string, more: number): void => void beyond.set(part, (beyond.get(part) ?? 0) + more);
  for (const [operation, took] of Object.entries(operations))
    add(PARTS.find(([, fits]) => fits.test(operation))?.[0] ?? OTHERS, took);
  for (const [kind, macs] of Object.entries(arithmetic)) add(kind, -macs / speed);
  add('between operations', seconds - Object.values(operations).reduce((sum, each) => sum + each, 0));
  const largest = [...beyond].toSorted(([, a], [, b]) => b - a).slice(0, 3);
  const told = largest.map(([part, more]) => `${part} ${more.toFixed(3)} s (${Math.round((100 * more) / seconds)} %)`);
  return `beyond arithmetic: ${told.join(', ')} of ${seconds.toFixed(3)} s`;
}
