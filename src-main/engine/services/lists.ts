import type { Handlers } from '../../contract/index.ts';
import { RUN_FIELDS } from '../../contract/run.ts';
import { toTable } from '../../contract/table.ts';
import type { Reader } from '../store/store.ts';

/** What is only looked up. */
export function listHandlers({
  runs,
  comparisons,
}: Reader): Pick<Handlers, 'run.list' | 'run.get' | 'comparison.list' | 'comparison.get'> {
  return {
    'run.list': () => toTable(RUN_FIELDS, runs.list()),
    'run.get': ({ id }) => runs.get(id),
    'comparison.list': () => comparisons.list(),
    'comparison.get': ({ id }) => comparisons.get(id),
  };
}
