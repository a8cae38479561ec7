import type { Component } from 'vue';

export type StepId = 'data' | 'network' | 'training' | 'results' | 'export';

interface Step {
  id: StepId;
  title: string;
  /** Its screen, which comes when it is first asked for. */
  load(): Promise<{ default: Component }>;
}

/** The steps of the journey, in order. */
export const steps: readonly Step[] = [
  { id: 'data', title: 'Data', load: () => import('../data/DataScreen.vue') },
  { id: 'network', title: 'Network', load: () => import('../network/NetworkScreen.vue') },
  { id: 'training', title: 'Training', load: () => import('../train/TrainingScreen.vue') },
  { id: 'results', title: 'Results', load: () => import('../results/ResultsScreen.vue') },
  { id: 'export', title: 'Export', load: () => import('../export/ExportScreen.vue') },
];
