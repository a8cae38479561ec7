import { z } from 'zod';
import { method } from './method.ts';

/** A line of the log of what was done. */
export const activityEntry = z.object({
  /** Its place in the log; later ones are higher. */
  id: z.int(),
  at: z.string(),
  /** What it happened to, and what did: `run.completed`, `test.opened`. */
  what: z.string(),
  /** The id of what it happened to; of a source its name. */
  object: z.string(),
  /** What a person calls it; null: nothing, or it is gone. */
  name: z.string().nullable(),
  /** The study that it belongs to; null: none, or it is gone. */
  study: z.string().nullable(),
  sentence: z.string(),
  /** Of an opening of a test set: what for, and why in a person's words; null: not said, or something else. */
  purpose: z.string().nullable(),
  reason: z.string().nullable(),
});
export type ActivityEntry = z.infer<typeof activityEntry>;

export const activityMethods = {
  /** What was done in the workspace, the newest first, from the log that nothing is ever taken out of. */
  'activity.list': method({
    input: z.object({
      /** Only what came before this line of the log. */
      before: z.int().optional(),
      limit: z.int().min(1).max(500).default(100),
    }),
    output: z.object({
      entries: z.array(activityEntry),
      /** There is more before the last of them. */
      more: z.boolean(),
    }),
  }),
};
