import { z } from 'zod';
import { method } from './method.ts';

/** How the window is shown; of the workspace, not of one browser. */
export const preferences = z.object({
  /** Null: the language of the system, where the window speaks it. */
  language: z.enum(['en', 'de']).nullable(),
  theme: z.enum(['system', 'light', 'dark']),
});
export type Preferences = z.infer<typeof preferences>;

export const preferencesMethods = {
  'preferences.get': method({ input: z.object({}), output: preferences }),
  /** What is left out stays as it is. */
  'preferences.set': method({ input: preferences.partial(), output: preferences }),
};
