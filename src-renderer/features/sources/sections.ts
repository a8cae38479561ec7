import type { Component } from 'vue';
import type { Text } from '../../text/index.ts';

export type SectionId = keyof Text['sources']['sections'];

/** The sections of the place, in the order of their tabs; titles are `sources.sections.ID`. */
export const sections: readonly { id: SectionId; load(): Promise<{ default: Component }> }[] = [
  { id: 'own', load: () => import('./own/OwnSources.vue') },
  { id: 'study', load: () => import('./study/WhichSource.vue') },
  { id: 'distance', load: () => import('./distance/DistanceSection.vue') },
  { id: 'estimates', load: () => import('./estimates/SourceEstimates.vue') },
  { id: 'tables', load: () => import('./tables/FromTables.vue') },
];
