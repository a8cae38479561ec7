import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { JobEvent, JobRow } from '../../../src-main/contract/job.ts';
import { takeUp } from '../../../src-main/rpc/takeUp.ts';
import { progressOf, type JobProgress } from './jobs.ts';
import { useChanges } from '../../engine/changesStore.ts';
import { useConnection } from '../../engine/connectionStore.ts';
import { task } from '../../engine/task.ts';

/** What the engine does beside training, whoever asked for it: this window, another one, a command. */
export const useJobs = defineStore('jobs', () => {
  const listing = task('job.list');
  const cancelling = task('job.cancel');
  const repeating = task('job.again');
  const rows = shallowRef<readonly JobRow[]>([]);
  const active = computed(() => rows.value.filter(({ status }) => status === 'queued' || status === 'running'));
  const progress = shallowRef<ReadonlyMap<string, JobProgress>>(new Map());
  const followed = new Set<string>();

  async function refresh(): Promise<void> {
    rows.value = (await listing.run({})) ?? rows.value;
    for (const { id } of active.value) void follow(id);
  }

  /** Notes how far a job is, until it has ended. */
  async function follow(id: string): Promise<void> {
    if (followed.has(id)) return;
    followed.add(id);
    const connection = useConnection();
    await takeUp<JobEvent, JobRow>(
      async (after, onProgress) => connection.call('job.watch', { id, after }, { onProgress }),
      ({ event }) => (progress.value = new Map(progress.value).set(id, progressOf(event))),
      () => connection.again(),
    ).catch(() => {
      // How it ended is in the list.
    });
    followed.delete(id);
    progress.value = new Map([...progress.value].filter(([other]) => other !== id));
  }

  useChanges().onChange(['job'], refresh);

  return {
    ...{ listing, rows, active, progress, cancelling, repeating },
    cancel: (id: string) => cancelling.run({ id }),
    repeat: (id: string) => repeating.run({ id }),
  };
});
