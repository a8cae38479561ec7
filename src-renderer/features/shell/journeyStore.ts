import { defineStore } from 'pinia';
import { ref } from 'vue';

export const steps = [
  { id: 'data', title: 'Data', lead: 'Which images, which labels, whose images.' },
  { id: 'network', title: 'Network', lead: 'A pretrained network, and where to cut it.' },
  { id: 'training', title: 'Training', lead: 'How it is fine-tuned, and how it goes.' },
  { id: 'results', title: 'Results', lead: 'What was measured, and on what.' },
  { id: 'export', title: 'Export', lead: 'A file that computes the same elsewhere.' },
] as const;

export type StepId = (typeof steps)[number]['id'];

/** Which step is on screen. */
export const useJourney = defineStore('journey', () => {
  const step = ref<StepId>('data');
  function go(to: StepId): void {
    step.value = to;
  }
  return { step, go };
});
