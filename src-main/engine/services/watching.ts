import type { ComparisonEvent } from '../../contract/comparison/index.ts';
import type { Handlers } from '../../contract/index.ts';
import type { RunEvent, RunSummary } from '../../contract/run.ts';
import { once } from '../../contract/stream.ts';
import type { Training } from '../jobs/training.ts';
import type { Reader } from '../store/store.ts';

/** Follows runs and comparisons. Whoever opens one does so first, and waits for nothing that starting one needs. */
export function watchHandlers(
  { runs, comparisons }: Pick<Reader, 'runs' | 'comparisons'>,
  training: Training,
): Pick<Handlers, 'run.watch' | 'comparison.watch'> {
  return {
    async 'run.watch'({ id, after }, { signal, progress }) {
      // An epoch that is already stored may still be under way as an event.
      const tell = once<RunEvent>(progress, ({ kind }) => kind === 'epoch');
      const picture = () => soFar(runs.get(id));
      const active = training.followedRun(id);
      if (active) await active.followers.follow(tell, { ended: active.ended, signal, after, picture });
      else picture().forEach(tell);
      return runs.get(id);
    },

    async 'comparison.watch'({ id, after }, { signal, progress }) {
      const tell = once<ComparisonEvent>(progress, ({ kind }) => kind === 'finished');
      const picture = (): ComparisonEvent[] => {
        const { cells, status } = comparisons.get(id);
        return [...cells.map((record) => ({ kind: 'finished' as const, record })), { kind: 'status', status }];
      };
      const active = training.followedComparison(id);
      if (active) await active.followers.follow(tell, { ended: active.ended, signal, after, picture });
      else picture().forEach(tell);
      return comparisons.get(id);
    },
  };
}

/** What is stored of a run, as events. */
const soFar = ({ epochs, bestEpoch, status }: RunSummary): RunEvent[] => [
  ...epochs.map((record) => ({ kind: 'epoch' as const, record, bestEpoch: bestEpoch ?? record.epoch })),
  { kind: 'status', status },
];
