import type { Component } from 'vue';

export type RoomId = 'data' | 'network' | 'train' | 'compare' | 'results' | 'explain' | 'export';
export type PlaceId = 'home' | 'sources' | 'settings' | 'activity' | 'help';

interface Screen<Id extends string> {
  id: Id;
  /** Of what is shown in it, behind its own name in the address; each may be left out. */
  of: string;
  /** Comes when it is first asked for. */
  load(): Promise<{ default: Component }>;
}

/** The rooms of a study, in the order in which one goes through them; titles are `shell.rooms.ID`. */
export const rooms: readonly Screen<RoomId>[] = [
  { id: 'data', of: '', load: () => import('../data/DataScreen.vue') },
  { id: 'network', of: '', load: () => import('../network/NetworkScreen.vue') },
  { id: 'train', of: '/:run?', load: () => import('../train/TrainingScreen.vue') },
  { id: 'compare', of: '/:comparison?', load: () => import('../compare/CompareScreen.vue') },
  { id: 'results', of: '/:run?', load: () => import('../results/ResultsScreen.vue') },
  { id: 'explain', of: '/:run?', load: () => import('../explain/ExplainScreen.vue') },
  { id: 'export', of: '/:run?', load: () => import('../export/ExportScreen.vue') },
];

/** What belongs to no study. */
export const places: readonly (Screen<PlaceId> & {
  /** After `G`. */
  key: string;
})[] = [
  { id: 'home', key: 'h', of: '', load: () => import('../home/HomeScreen.vue') },
  { id: 'sources', key: 'o', of: '/:section?/:id?', load: () => import('../sources/SourcesScreen.vue') },
  { id: 'settings', key: 's', of: '/:section?', load: () => import('../settings/SettingsScreen.vue') },
  { id: 'activity', key: 'a', of: '', load: () => import('../activity/ActivityScreen.vue') },
  { id: 'help', key: '?', of: '/:topic?', load: () => import('../help/HelpScreen.vue') },
];
