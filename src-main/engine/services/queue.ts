import { CutpointError } from '../../contract/errors.ts';
import type { Handlers } from '../../contract/index.ts';
import { queueEntry, type QueueEntry } from '../../contract/queue.ts';
import type { Changes } from '../jobs/changes.ts';
import type { Training } from '../jobs/training.ts';
import type { Reader } from '../store/store.ts';

/** What trains and what waits for it. */
export function queueHandlers(
  { runs, comparisons }: Reader,
  { training, changes }: { training: Training; changes: Changes },
): Pick<Handlers, 'queue.list' | 'queue.move'> {
  const list = (): QueueEntry[] =>
    training.queue.flatMap(({ kind, id }) => {
      const { status } = (kind === 'run' ? runs : comparisons).get(id);
      const { data } = queueEntry.safeParse({ kind, id, status });
      // One that has just ended is not in it any more.
      return data ?? [];
    });
  return {
    'queue.list': () => list(),
    'queue.move': ({ id, to }) => {
      const kind = training.queue.find((each) => each.id === id)?.kind;
      if (!kind || !training.isWaiting(id)) {
        throw new CutpointError('RUN_STATE', `${id} does not wait for its turn.`, {
          remedy: 'Only what waits can be moved; reload the queue.',
        });
      }
      training.move(id, to);
      // Nothing in the store has changed; other windows shall see it all the same.
      changes.note([{ kind, id }]);
      return list();
    },
  };
}
