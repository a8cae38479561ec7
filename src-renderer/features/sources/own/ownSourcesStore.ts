import { defineStore } from 'pinia';
import { useChanges } from '../../../engine/changesStore.ts';
import { task } from '../../../engine/task.ts';

/** The sources of the workspace, read again whenever one changed. */
export const useOwnSources = defineStore('ownSources', () => {
  const list = task('source.list');
  useChanges().onChange(['source'], () => list.run({}));
  return { list };
});
