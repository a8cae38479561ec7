import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import type { ActivityEntry } from '../../../src-main/contract/activity.ts';
import { useChanges } from '../../engine/changesStore.ts';
import { task } from '../../engine/task.ts';

const PAGE = 100;

/** The log that nobody can change, read page by page. */
export const useActivity = defineStore('activity', () => {
  const listing = task('activity.list');
  const entries = shallowRef<readonly ActivityEntry[]>([]);
  /** Whether there is an older page. */
  const more = ref(false);

  async function read(before?: number): Promise<void> {
    const found = await listing.run({ limit: PAGE, ...(before === undefined ? {} : { before }) });
    if (!found) return;
    entries.value = before === undefined ? found.entries : [...entries.value, ...found.entries];
    more.value = found.more;
  }
  useChanges().onChange(['run', 'comparison', 'export', 'study', 'source', 'dataset'], () => read());

  return { listing, entries, more, older: () => read(entries.value.at(-1)?.id) };
});
