import { z } from 'zod';
import { method } from './method.ts';

/** What Cutpoint may take of the machine; null: what there is. In force where the processes that work begin anew. */
export const limits = z.object({
  /** Threads that compute, and those that read images. */
  threads: z.int().min(1).max(1024).nullable(),
  /** Bytes that the process which computes may come to hold: what is estimated to need more is refused. */
  memoryBytes: z
    .int()
    .min(1e9)
    .max(2 ** 50)
    .nullable(),
});
export type Limits = z.infer<typeof limits>;

/** How the window is shown, and what the engine may take; of the workspace, not of one browser. */
export const preferences = z.object({
  /** Null: the language of the system, where the window speaks it. */
  language: z.enum(['en', 'de']).nullable(),
  theme: z.enum(['system', 'light', 'dark']),
  ...limits.shape,
});
export type Preferences = z.infer<typeof preferences>;

/** Where nobody has chosen. */
export const NO_PREFERENCES: Preferences = { language: null, theme: 'system', threads: null, memoryBytes: null };

export const preferencesMethods = {
  'preferences.get': method({ input: z.object({}), output: preferences }),
  /**
   * What is left out stays as it is. Limits are in force at once, or as soon as what computes now has ended.
   * Throws INPUT_INVALID for more than this machine has.
   */
  'preferences.set': method({ input: preferences.partial(), output: preferences }),
};
