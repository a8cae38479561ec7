import { z } from 'zod';
import { method } from './method.ts';

/** A run or a comparison that trains or waits; the runs of a comparison are not in the queue. */
export const queueEntry = z.object({
  kind: z.enum(['run', 'comparison']),
  id: z.string(),
  /** `queued` while it waits. */
  status: z.enum(['running', 'paused', 'queued']),
});
export type QueueEntry = z.infer<typeof queueEntry>;

export const queueMethods = {
  /** What trains, and after it what waits, in the order in which it will train. */
  'queue.list': method({ input: z.object({}), output: z.array(queueEntry) }),
  /** Puts one that waits at another place among those that wait, from 1; beyond the last: at the end. Answers with the queue. */
  'queue.move': method({ input: z.object({ id: z.string().min(1), to: z.int().min(1) }), output: z.array(queueEntry) }),
};
