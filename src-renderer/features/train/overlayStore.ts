import { defineStore } from 'pinia';
import { computed, ref, watch } from 'vue';
import { useRuns } from '../runs/runsStore.ts';
import { useStudy } from '../study/studyStore.ts';
import { useTrain } from './trainStore.ts';

/** Runs whose curves are laid over one another: those that are ticked in the table. */
export const useOverlay = defineStore('overlay', () => {
  const study = useStudy();
  const runs = useRuns();
  const train = useTrain();
  const chosen = ref<string[]>([]);
  watch(
    () => study.id,
    () => (chosen.value = []),
  );
  /** Those that are still there. */
  const shown = computed(() => runs.list.filter(({ id }) => chosen.value.includes(id)));
  watch(
    () => shown.value.map(({ id }) => id).join(),
    (ids) => void train.look('overlay', ids === '' ? [] : ids.split(',')),
    { immediate: true },
  );
  function toggle(id: string): void {
    chosen.value = chosen.value.includes(id) ? chosen.value.filter((each) => each !== id) : [...chosen.value, id];
  }
  return { chosen, shown, toggle };
});
