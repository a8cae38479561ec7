import type { Handlers } from '../../contract/index.ts';
import { RUN_FIELDS } from '../../contract/run.ts';
import { toTable } from '../../contract/table.ts';
import type { Reader } from '../store/store.ts';

/** What is only looked up. */
export function listHandlers({
  runs,
  studies,
}: Reader): Pick<Handlers, 'run.list' | 'run.get' | 'study.list' | 'study.get'> {
  return {
    'run.list': () => toTable(RUN_FIELDS, runs.list()),
    'run.get': ({ id }) => runs.get(id),
    'study.list': () => studies.list(),
    'study.get': ({ id }) => studies.get(id),
  };
}
