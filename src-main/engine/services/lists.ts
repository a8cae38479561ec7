import { activitySentence } from '../../contract/activitySentence.ts';
import type { Handlers } from '../../contract/index.ts';
import { RUN_FIELDS } from '../../contract/run.ts';
import { isMultiLabel } from '../../contract/task/index.ts';
import { operatingPoint } from '../../contract/runChoices.ts';
import { toTable } from '../../contract/table.ts';
import { keptPoints } from '../cohort/operatingPoint.ts';
import { chosenMethod } from '../cohort/scaling.ts';
import type { Store } from '../store/store.ts';

/** What is looked up, named and noted. */
export function listHandlers(
  store: Store,
): Pick<
  Handlers,
  | 'activity.list'
  | 'run.list'
  | 'run.get'
  | 'run.curves'
  | 'run.choices'
  | 'run.edit'
  | 'run.openTest'
  | 'comparison.list'
  | 'comparison.get'
  | 'comparison.edit'
  | 'comparison.openTest'
> {
  const { runs, epochs, comparisons, log } = store;
  return {
    'activity.list': ({ before, limit }) => {
      const lines = log.recent({ before, limit: limit + 1 });
      const entries = lines.slice(0, limit).map((line) => ({ ...line, sentence: activitySentence(line) }));
      return { entries, more: lines.length > limit };
    },
    'run.list': () => toTable(RUN_FIELDS, runs.list()),
    'run.get': ({ id }) => runs.get(id),
    'run.curves': ({ ids }) => epochs.curves(ids),
    'run.choices': ({ id }) => {
      const run = runs.get(id);
      const [several, kept] = [
        isMultiLabel(run.plan),
        keptPoints(store, run).map((point) => operatingPoint.parse(point)),
      ];
      return {
        calibration: chosenMethod(store, id),
        operatingPoint: several ? null : (kept[0] ?? null),
        labelPoints: several ? kept : [],
      };
    },
    'run.edit': ({ id, ...changes }) => {
      runs.edit(id, changes);
      return runs.get(id);
    },
    'run.openTest': ({ id, reason }) => {
      runs.openTest(id, { purpose: 'figures', reason });
      return runs.get(id).testOpened!;
    },
    'comparison.list': () => comparisons.list(),
    'comparison.get': ({ id }) => comparisons.get(id),
    'comparison.edit': ({ id, ...changes }) => {
      comparisons.edit(id, changes);
      return comparisons.get(id);
    },
    'comparison.openTest': ({ id, reason }) => {
      comparisons.openTest(id, { purpose: 'figures', reason });
      return comparisons.get(id).testOpened!;
    },
  };
}
