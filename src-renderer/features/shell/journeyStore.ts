import { defineStore } from 'pinia';
import { ref } from 'vue';
import type { StepId } from './steps.ts';

/** Which step is on screen. */
export const useJourney = defineStore('journey', () => {
  const step = ref<StepId>('data');
  function go(to: StepId): void {
    step.value = to;
  }
  return { step, go };
});
