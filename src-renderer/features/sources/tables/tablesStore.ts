import { defineStore } from 'pinia';
import { reactive } from 'vue';
import { task } from '../../../engine/task.ts';

/** The tables that were named, and what came of them; both stay while the window is open. */
export const useSourceTables = defineStore('sourceTables', () => {
  const form = reactive({ results: '', distances: '' });
  const analysing = task('sourceStudy.analyse');
  async function analyse(): Promise<void> {
    const distances = form.distances.trim();
    await analysing.run({ results: form.results.trim(), ...(distances && { distances }) });
  }
  return { form, analysing, analyse };
});
