import { isDeepStrictEqual } from 'node:util';
import { CutpointError } from '../../contract/errors.ts';
import type { RunSummary } from '../../contract/run.ts';
import { newestFirst } from '../store/database.ts';
import { wholeRows } from '../store/json.ts';
import type { Workspace } from '../store/workspace.ts';

/**
 * Runs whose maps a run's can be compared with: those named, or else all finished ones of the same plan but for the seed.
 * @throws CutpointError RUN_UNKNOWN, RUN_STATE, INPUT_INVALID where plans differ in more than the seed
 */
export function siblingsOf({ store }: Workspace, run: RunSummary, named?: readonly string[]): RunSummary[] {
  if (named === undefined) return allSiblings(store, run);
  const others = [...new Set(named)].filter((id) => id !== run.id).map((id) => store.runs.get(id));
  for (const other of others) {
    if (!alike(run, other))
      throw new CutpointError('INPUT_INVALID', `The run ${other.id} differs from ${run.id} in more than its seed.`, {
        remedy: 'Repeatability compares runs of one plan; train it again with another seed.',
      });
    if (other.bestEpoch === null)
      throw new CutpointError('RUN_STATE', `The run ${other.id} has no model yet: no epoch of it is finished.`, {
        remedy: 'Let it train for at least one epoch, or leave it out.',
      });
  }
  return others;
}

/** Those that can be read, newest first. */
function allSiblings({ runs }: Workspace['store'], run: RunSummary): RunSummary[] {
  const others = runs.plans().filter((other) => other.id !== run.id && alike(run, other));
  return wholeRows(others, ({ id }) => runs.get(id))
    .filter(({ bestEpoch }) => bestEpoch !== null)
    .sort(newestFirst);
}

type Compared = Pick<RunSummary, 'plan' | 'classes'>;

function alike(a: Compared, b: Compared): boolean {
  const { seed: _a, ...own } = a.plan;
  const { seed: _b, ...other } = b.plan;
  return isDeepStrictEqual(own, other) && isDeepStrictEqual(a.classes, b.classes);
}
