import { defineStore } from 'pinia';
import { computed, watch } from 'vue';
import { memoryProblem } from './memory.ts';
import { usePlan } from './planStore.ts';
import { useSettings } from './settingsStore.ts';
import { task } from '../../engine/task.ts';

/** Milliseconds without a change, after which the engine is asked. */
const QUIET = 250;

/** What the run to be started will take of the memory, asked anew whenever its settings change. */
export const useMemory = defineStore('memory', () => {
  const plan = usePlan();
  const settings = useSettings();
  const estimating = task('run.memory');
  let timer: ReturnType<typeof setTimeout> | undefined;

  watch(
    () => (plan.blocked ? null : JSON.stringify(plan.plan)),
    (asked) => {
      clearTimeout(timer);
      estimating.reset();
      if (asked !== null) timer = setTimeout(() => void estimating.run(plan.plan), QUIET);
    },
    { immediate: true },
  );

  const estimate = computed(() => estimating.result);
  const problem = computed(() => memoryProblem(estimate.value, settings.settings.batch));
  return { estimate, problem };
});
