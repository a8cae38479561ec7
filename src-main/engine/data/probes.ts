import { join } from 'node:path';
import { CutpointError } from '../../contract/errors.ts';
import type { HeaderCounts } from '../../contract/data.ts';
import { headersFirst } from './headersFirst.ts';
import { openFacts } from './keptFacts.ts';
import { statesOf } from './listing.ts';
import { runAll, usualSize } from './pool.ts';
import type { Probe } from './tasks.ts';

export interface ProbeOptions {
  /** Where is kept what was found earlier; left out: every file is read. */
  facts?: string | undefined;
  /** Every file is read, and what is found is kept. */
  anew?: boolean | undefined;
  /** Names of files that are kept, beside those that are probed. */
  present: readonly string[];
  /** Whether readers let others go first, see `PoolOptions`. */
  lowered?: (() => boolean) | undefined;
  signal?: AbortSignal | undefined;
  onProgress?: ((done: number, total: number) => void) | undefined;
  /** What the headers of many files say, before they are read. */
  onHeaders?: ((headers: HeaderCounts) => void) | undefined;
}

/**
 * What each file of a folder holds, or why it cannot be read: from what is kept where the file has not changed, otherwise
 * by decoding it. What was read is kept, even where reading all of it is cancelled.
 * @throws CutpointError CANCELLED
 */
export async function probeFiles(
  folder: string,
  files: readonly string[],
  { facts, anew = false, present, lowered, signal, onProgress, onHeaders }: ProbeOptions,
): Promise<Map<string, Probe | CutpointError>> {
  const found = new Map<string, Probe | CutpointError>();
  const kept = facts === undefined ? undefined : await openFacts(facts, folder);
  const states = kept ? await statesOf(folder, files, signal) : [];
  for (const [at, state] of states.entries()) {
    const probe = state && !anew && kept!.of(files[at]!, state);
    if (probe) found.set(files[at]!, probe);
  }
  const unread = files.flatMap((file, at) => (found.has(file) ? [] : [{ file, state: states[at] ?? null }]));
  const unnamed = files.filter((file) => found.has(file) && kept!.lacksIdentity(file));
  const total = files.length;
  let done = total - unread.length - unnamed.length;
  onProgress?.(0, total);
  if (done > 0) onProgress?.(done, total);
  const inFolder = (file: string) => ({ path: join(folder, file) });
  const headers = onHeaders && (await headersFirst(folder, unread.map(({ file }) => file), signal)); // prettier-ignore
  if (headers) onHeaders(headers);
  // Answers are few and short: the engine needs no core for itself.
  const size = usualSize(0);
  try {
    await runAll(
      'probe',
      unread.map(({ file }) => inFolder(file)),
      {
        size,
        lowered,
        signal,
        done: (index, outcome) => {
          const { file, state } = unread[index]!;
          found.set(file, outcome);
          if (state && !(outcome instanceof CutpointError)) kept?.add(file, state, outcome);
          onProgress?.(++done, total);
        },
      },
    );
    await runAll('identity', unnamed.map(inFolder), {
      size,
      lowered,
      signal,
      done: (index, outcome) => {
        const file = unnamed[index]!;
        const probe = found.get(file) as Probe;
        if (outcome instanceof CutpointError) found.set(file, outcome);
        else {
          kept!.name(file, outcome);
          found.set(file, { ...probe, identity: outcome });
        }
        onProgress?.(++done, total);
      },
    });
  } finally {
    await kept?.save(new Set([...files, ...present]));
  }
  return found;
}
