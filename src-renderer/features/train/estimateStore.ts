import { defineStore } from 'pinia';
import { computed, ref, watch } from 'vue';
import { task } from '../../engine/task.ts';
import { useData } from '../data/dataStore.ts';
import { imagesByPart } from './plan.ts';
import { usePlan } from './planStore.ts';

/** Milliseconds without a change, after which steps of the network are timed. */
const QUIET = 900;

/** Time, memory and disk of the run to be started, asked anew when its settings have changed; only while that is on screen. */
export const useEstimate = defineStore('estimate', () => {
  const plan = usePlan();
  const data = useData();
  const looking = ref(false);
  const asking = task('run.estimate');
  let timer: ReturnType<typeof setTimeout> | undefined;
  const ask = (): void => {
    const images = data.report ? imagesByPart(data.report.images, plan.plan) : undefined;
    void asking.run({ plan: plan.plan, ...(images && { images }) });
  };
  watch(
    () => (looking.value && !plan.blocked ? JSON.stringify([plan.plan, data.report?.images]) : null),
    (asked) => {
      clearTimeout(timer);
      if (asked === null) asking.cancel();
      else timer = setTimeout(ask, QUIET);
    },
    { immediate: true },
  );
  return { looking, estimate: computed(() => asking.result), running: computed(() => asking.running) };
});
