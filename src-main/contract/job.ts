import { z } from 'zod';
import { method } from './method.ts';
import { following, numbered } from './stream.ts';

/**
 * Methods whose calls are jobs: they wait for their turn, can be watched and cancelled, continue when the window that
 * asked is gone, and their answers are kept.
 */
export const JOB_METHODS = [
  'data.audit',
  'backbone.latency',
  'probe.sweep',
  'transferability.sources',
  'similarity.compare',
  'similarity.movement',
  'distance.embed',
  'distance.measure',
  'explain.map',
  'explain.check',
  'explain.localise',
  'explain.filters',
  'run.evaluate',
  'comparison.difference',
  'sourceStudy.result',
  'model.export',
  'report.write',
  'catalogue.download',
  'study.archive',
  'study.import',
] as const;
export const jobMethod = z.enum(JOB_METHODS);
export type JobMethod = z.infer<typeof jobMethod>;

/** `interrupted`: the engine ended before it had. */
export const jobStatus = z.enum(['queued', 'running', 'completed', 'failed', 'cancelled', 'interrupted']);
export type JobStatus = z.infer<typeof jobStatus>;

/** Where an answer comes from; left out only by the process that has just computed it. */
export const origin = z.object({
  job: z.string(),
  /** When it was computed, ISO 8601. */
  at: z.string(),
  /** It was kept from an earlier call with the same input on the same data. */
  found: z.boolean(),
});
export type Origin = z.infer<typeof origin>;

/** Part of the answer of every job. */
export const answered = { origin: origin.optional() };
/** Part of its input. */
export const asked = {
  /** Computes it anew, whatever is kept. */
  again: z.boolean().default(false),
  /** The study that asks. Left out: that of the run, or the one with the same data that was opened last, if any is. */
  study: z.string().min(1).optional(),
};

/** What lists show of a job. */
export const jobRow = z.object({
  id: z.string(),
  method: jobMethod,
  status: jobStatus,
  /** What it does, in words: `Probe of efficientnet_lite0`. */
  title: z.string(),
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  error: z.object({ code: z.string(), message: z.string(), remedy: z.string().optional() }).nullable(),
  /** Its answer is kept. */
  kept: z.boolean(),
});
export type JobRow = z.infer<typeof jobRow>;

/** What a job reports is what its method reports. */
export const jobEvent = z.object({ event: z.unknown() });
export type JobEvent = z.infer<typeof jobEvent>;

const jobId = z.object({ id: z.string().min(1) });

export const jobMethods = {
  /**
   * Begins a job without waiting for it. Where one with the same input on the same data is going on, or its answer is kept,
   * that one is returned.
   */
  'job.start': method({ input: z.object({ method: jobMethod, input: z.unknown() }), output: jobRow }),
  /** Those that wait and go on, and the newest that have ended; newest first. */
  'job.list': method({ input: z.object({}), output: z.array(jobRow) }),
  /** One with its input and, where it is kept, its answer: what its method answers. */
  'job.get': method({
    input: jobId,
    output: jobRow.extend({ input: z.unknown(), output: z.unknown().nullable() }),
  }),
  /** Follows one until it has ended. Ceasing to follow does not end it. */
  'job.watch': method({ input: jobId.extend(following), output: jobRow, progress: numbered(jobEvent) }),
  /** Takes one out of the queue, or ends it; nothing where it has ended already. */
  'job.cancel': method({ input: jobId, output: jobRow }),
  /** The same again, whatever is kept: of one that was interrupted, or that failed. */
  'job.again': method({ input: jobId, output: jobRow }),
};
