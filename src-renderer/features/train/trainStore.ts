import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import { CutpointError } from '../../../src-main/contract/errors.ts';
import type { QueueEntry } from '../../../src-main/contract/queue.ts';
import type { RunCurves } from '../../../src-main/contract/run.ts';
import { useChanges } from '../../engine/changesStore.ts';
import { useConnection } from '../../engine/connectionStore.ts';
import { task } from '../../engine/task.ts';

/** The queue, and the curves of runs that are laid over one another. */
export const useTrain = defineStore('train', () => {
  const listing = task('queue.list');
  const queue = shallowRef<readonly QueueEntry[]>([]);
  const error = shallowRef<CutpointError | null>(null);
  const waiting = computed(() => queue.value.filter(({ status }) => status === 'queued'));

  async function refresh(): Promise<void> {
    queue.value = (await listing.run({})) ?? queue.value;
  }

  async function attempt(act: () => Promise<unknown>): Promise<void> {
    error.value = null;
    try {
      await act();
    } catch (thrown) {
      error.value = CutpointError.from(thrown);
    }
    await refresh();
  }
  const move = (id: string, to: number): Promise<void> =>
    attempt(async () => (queue.value = await useConnection().call('queue.move', { id, to })));
  /** Takes what waits out of the queue, and ends what trains. */
  const leave = ({ kind, id }: QueueEntry): Promise<void> =>
    attempt(() => useConnection().call(kind === 'run' ? 'run.stop' : 'comparison.stop', { id }));

  /** Curves by run, those of runs that train among them: read again when they change and somebody looks. */
  const curves = shallowRef<ReadonlyMap<string, RunCurves>>(new Map());
  const wanted = new Map<string, readonly string[]>();
  /** @param who looks, in place of what it looked at before */
  async function look(who: string, ids: readonly string[]): Promise<void> {
    wanted.set(who, ids);
    await read();
  }
  const looked = (): string[] => [...new Set([...wanted.values()].flat())];
  async function read(): Promise<void> {
    const ids = looked();
    const found =
      ids.length === 0
        ? []
        : await useConnection()
            .call('run.curves', { ids })
            .catch(() => null);
    // One that was asked later knows of all.
    if (found && looked().join() === ids.join()) curves.value = new Map(found.map((each) => [each.id, each]));
  }

  useChanges().onChange(['run', 'comparison'], async (ids) => {
    await refresh();
    if (ids.length === 0 || looked().some((id) => ids.includes(id))) await read();
  });

  return { queue, waiting, error, refresh, move, leave, curves, look };
});
