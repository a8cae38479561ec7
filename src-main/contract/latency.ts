import { z } from 'zod';
import { answered, asked } from './job.ts';
import { method } from './method.ts';
import { trainingPlan } from './plan.ts';

/** How long a network that ends at a cut takes, its classifier included: the shorter of two medians, in milliseconds. */
export const cutLatency = z.object({
  cut: z.string(),
  /** For one image. */
  milliseconds: z.number(),
  /** For all images of a batch together. */
  batch: z.object({ images: z.int(), milliseconds: z.number() }).nullable(),
});
export type CutLatency = z.infer<typeof cutLatency>;

export const latencyInput = z.object({
  backbone: z.string(),
  /** Left out: all block ends. */
  cuts: z.array(z.string()).min(1).optional(),
  classes: z.int().min(2).max(100_000).default(2),
  input: trainingPlan.shape.input,
  channels: trainingPlan.shape.channels,
  pooling: trainingPlan.shape.pooling,
  /** Images of a batch that is measured besides. */
  batch: z.int().min(2).max(64).nullable().default(null),
});
export type LatencyInput = z.infer<typeof latencyInput>;

export const latencyReport = z.object({
  backbone: z.string(),
  input: z.int(),
  /** What computed, on what, with how many threads. */
  runtime: z.string(),
  cpu: z.string(),
  threads: z.int(),
  /** In the order of the network. */
  cuts: z.array(cutLatency),
  /** The engine computed something else meanwhile: the times may be too long, and are not kept. */
  disturbed: z.boolean(),
});
export type LatencyReport = z.infer<typeof latencyReport>;

export const latencyMethods = {
  /**
   * How long a backbone takes on this machine's processor at its cuts, as an exported ONNX file does. Time does not depend
   * on the values of weights, so none are needed.
   */
  'backbone.latency': method({
    input: latencyInput.extend(asked),
    output: latencyReport.extend(answered),
    progress: z.object({ done: z.int(), total: z.int(), measured: cutLatency.optional() }),
  }),
};
