import { defineStore } from 'pinia';
import { computed, reactive, ref, watch } from 'vue';
import type { ExpertRow } from '../../../../src-main/contract/distance.ts';
import { EXPERT_FEATURES } from '../../../../src-main/contract/expertFeatures.ts';
import { task } from '../../../engine/task.ts';
import { csvOf, saveText } from '../../../ui/save.ts';

const COLUMNS = ['dataset', 'observer', ...EXPERT_FEATURES] as const;

/** Nobody has answered anything yet. */
const empty = (): ExpertRow => Object.fromEntries(COLUMNS.map((name) => [name, ''])) as ExpertRow;

/**
 * What observers say of data sets. The answers are the user's table: loaded from it, and saved to it; what was typed and
 * not saved is gone with the window.
 */
export const useExperts = defineStore('experts', () => {
  const rows = ref<ExpertRow[]>([]);
  const typed = reactive(empty());
  /** Path of a table to load. */
  const file = ref('');
  const voting = task('distance.experts');
  const loading = task('distance.experts');
  const complete = computed(() => typed.dataset.trim() !== '' && typed.observer.trim() !== '');
  const sets = computed(() => new Set(rows.value.map(({ dataset }) => dataset)).size);

  // A distance is between two data sets.
  watch(rows, async (now) => {
    if (sets.value < 2) voting.reset();
    else await voting.run({ rows: now.map((row) => ({ ...row })) });
  });

  /** Takes the answers that were typed; those of the same observer on the same data set are replaced. */
  function add(): void {
    const row = { ...typed, dataset: typed.dataset.trim(), observer: typed.observer.trim() };
    const others = rows.value.filter(({ dataset, observer }) => dataset !== row.dataset || observer !== row.observer);
    rows.value = [...others, row];
    Object.assign(typed, empty(), { observer: row.observer });
  }

  function remove({ dataset, observer }: ExpertRow): void {
    rows.value = rows.value.filter((row) => row.dataset !== dataset || row.observer !== observer);
  }

  async function load(): Promise<void> {
    const found = await loading.run({ csv: file.value.trim() });
    if (found) rows.value = found.rows;
  }

  const save = (): void =>
    saveText(csvOf([[...COLUMNS], ...rows.value.map((row) => COLUMNS.map((name) => row[name]))]), 'experts.csv', 'text/csv'); // prettier-ignore

  return { rows, typed, file, voting, loading, complete, add, remove, load, save };
});
