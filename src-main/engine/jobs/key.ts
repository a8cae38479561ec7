import { createHash } from 'node:crypto';
import { cpus } from 'node:os';
import { runChoices, type RunChoiceName } from '../../contract/runChoices.ts';
import type { JobMethod } from '../../contract/job.ts';
import { version } from '../../version.ts';
import { threadsUnder } from '../host/limits.ts';
import type { LaneClient } from '../lanes/methods.ts';
import type { Workspace } from '../store/workspace.ts';
import { placeOf } from '../../userPath.ts';
import type { Read } from './kinds.ts';

/**
 * A digest of a method, its input and what is read for it. The same key: the same answer. Another version of Cutpoint may
 * compute in another way.
 * @param files looks at folders and files
 * @throws CutpointError RUN_UNKNOWN, SOURCE_UNKNOWN, CANCELLED
 */
export async function keyOf(
  { method, input, reads }: { method: JobMethod; input: object; reads: readonly Read[] },
  { workspace, files, signal }: { workspace: Workspace; files: LaneClient; signal: AbortSignal },
): Promise<string> {
  const states = reads.map((read) => stateOf(read, workspace));
  const things = reads.flatMap((read) => ('disk' in read ? [read.disk] : []));
  const listing = things.length === 0 ? null : await files.call('lane.listing', { things }, { signal });
  // Who asks, and whether anything may be computed or written anew, is no part of the question.
  const question = { ...input, again: false, overwrite: undefined, study: undefined };
  const known = { method, version, input: question, states, listing };
  return createHash('sha256').update(JSON.stringify(known)).digest('hex');
}

/** What an answer is forgotten with, see `forgetJobsOf`. */
export const nameOf = (read: Read): string => {
  if ('machine' in read) return read.machine;
  if ('run' in read) return `run:${read.run}`;
  if ('choices' in read) return `run:${read.choices}`;
  if ('seal' in read) return `run:${read.seal}`;
  if ('source' in read) return `source:${read.source}`;
  return `folder:${placeOf('path' in read.disk ? read.disk.path : read.disk.folder)}`;
};

/** Those that change what is computed. */
const CHOICES = (Object.keys(runChoices) as RunChoiceName[]).filter((name) => name !== 'source');

/**
 * A run that is resumed has another model; the ids of its datasets are digests of their images. Weighted kappas go by the
 * order of its classes.
 */
function stateOf(read: Read, { store }: Workspace): unknown {
  if ('machine' in read) return [cpus()[0]?.model, threadsUnder(store.preferences.get())];
  if ('source' in read) return store.sources.get(read.source).sha256;
  if ('choices' in read) return CHOICES.map((name) => store.runChoices.load(read.choices, name));
  if ('seal' in read) return store.runs.get(read.seal).testOpened !== null;
  if (!('run' in read)) return null;
  const { status, bestEpoch, epochs, moved } = store.runs.get(read.run);
  const order = store.runChoices.load(read.run, 'class-order');
  return [status, bestEpoch, epochs.length, moved, store.runs.datasets(read.run), ...(order ? [order.value] : [])];
}
