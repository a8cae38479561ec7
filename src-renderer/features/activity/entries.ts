import type { RouteLocationRaw } from 'vue-router';
import type { ActivityEntry } from '../../../src-main/contract/activity.ts';

/** Where that can be looked at which a line speaks of; null: nowhere, or it is gone. */
export function placeOfEntry({ what, object, study }: ActivityEntry): RouteLocationRaw | null {
  if (study === null) return null;
  if (what === 'test.opened') return { name: 'results', params: { study, run: object } };
  if (what === 'run.exported') return { name: 'export', params: { study, run: object } };
  if (what.startsWith('run.')) return { name: 'train', params: { study, run: object } };
  if (what.startsWith('comparison.')) return { name: 'compare', params: { study, comparison: object } };
  return { name: 'data', params: { study } };
}
