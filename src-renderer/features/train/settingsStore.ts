import { defineStore } from 'pinia';
import { ref } from 'vue';
import type { TrainingPlan } from '../../../src-main/contract/plan.ts';
import { defaultSettings, optimiserOf, scheduleOf, settingsOf } from './plan.ts';

/** The settings of the run to be started. */
export const useSettings = defineStore('settings', () => {
  const settings = ref(defaultSettings());

  function setSchedule(kind: TrainingPlan['schedule']['kind']): void {
    settings.value.schedule = scheduleOf(kind);
  }
  function setOptimiser(kind: TrainingPlan['optimiser']['kind']): void {
    settings.value.optimiser = optimiserOf(kind);
  }
  function adopt(earlier: TrainingPlan): void {
    settings.value = settingsOf(earlier);
  }
  function reset(): void {
    settings.value = defaultSettings();
  }

  return { settings, setSchedule, setOptimiser, adopt, reset };
});
