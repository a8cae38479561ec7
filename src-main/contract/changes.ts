import { z } from 'zod';
import { method } from './method.ts';
import { storedKind } from './storage.ts';
import { following, numbered } from './stream.ts';

/** What a change of the store can be of; `all`: anything may have changed. */
export const changedKind = z.enum(['all', 'preferences', 'sourceStudy', ...storedKind.options]);
export type ChangedKind = z.infer<typeof changedKind>;

/** Something in the store was added, changed or removed. */
export const changeEvent = z.object({
  kind: changedKind,
  /** Names of sources; runs of exports; of all others their ids. Empty: any of this kind. */
  ids: z.array(z.string()),
});
export type ChangeEvent = z.infer<typeof changeEvent>;

export const changesMethods = {
  /**
   * Tells what changes in the store, whoever changes it, until it is cancelled. Begins with `all`, or with what changed after
   * an event that was heard.
   */
  'changes.watch': method({ input: z.object(following), output: z.null(), progress: numbered(changeEvent) }),
};
