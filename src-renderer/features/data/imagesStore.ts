import { defineStore } from 'pinia';
import { computed, reactive, shallowRef, watch } from 'vue';
import type { DataSelection, FileProblem } from '../../../src-main/contract/data.ts';
import type { ImageRow } from '../../../src-main/contract/images.ts';
import { rowsOf } from '../../../src-main/contract/table.ts';
import { task } from '../../engine/task.ts';
import { useSettings } from '../train/settingsStore.ts';
import { useData } from './dataStore.ts';
import { matching, noFilter } from './filters.ts';

/** The images of the selection that was looked at, one by one, and which of them are shown. */
export const useImages = defineStore('images', () => {
  const data = useData();
  const listing = task('data.images');
  const rows = shallowRef<readonly ImageRow[]>([]);
  const leftOut = shallowRef<readonly FileProblem[]>([]);
  const splitProblem = shallowRef<{ code: string; message: string } | null>(null);
  const filter = reactive(noFilter());

  /** What the list on screen belongs to. */
  const wanted = computed(() => {
    if (data.report === null || data.audited === null) return null;
    const { split, seed } = useSettings().settings;
    return JSON.stringify({ selection: data.audited, split, seed });
  });
  watch(
    wanted,
    async (now) => {
      if (now === null) {
        listing.reset();
        Object.assign(filter, noFilter());
        return forget();
      }
      const { selection, ...plan } = JSON.parse(now) as { selection: string } & Pick<
        ReturnType<typeof useSettings>['settings'],
        'split' | 'seed'
      >;
      const found = await listing.run({ ...(JSON.parse(selection) as DataSelection), plan });
      if (!found || wanted.value !== now) return;
      rows.value = rowsOf(found.images);
      leftOut.value = found.leftOut;
      splitProblem.value = found.splitProblem;
      listing.result = null;
    },
    { immediate: true },
  );
  function forget(): void {
    rows.value = [];
    leftOut.value = [];
    splitProblem.value = null;
  }

  const shown = computed(() => matching(rows.value, filter));
  const byFile = computed(() => new Map(rows.value.map((row) => [row.file, row])));

  /** The image before or after one among those that are shown; null at the end, or where that one is not among them. */
  function beside(file: string, step: 1 | -1): string | null {
    const at = shown.value.findIndex((row) => row.file === file);
    return at < 0 ? null : (shown.value[at + step]?.file ?? null);
  }
  function show(only: Partial<ReturnType<typeof noFilter>>): void {
    Object.assign(filter, noFilter(), only);
  }

  return { listing, rows, leftOut, splitProblem, filter, shown, byFile, beside, show };
});
