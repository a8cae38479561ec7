import type { Reader } from '../store/store.ts';

/** Names of the sources in this workspace that the plans of a study name. */
export function sourcesOf(store: Reader, study: string): string[] {
  const runs = new Set(store.runs.list(study).map(({ id }) => id));
  const comparisons = new Set(store.comparisons.list(study).map(({ id }) => id));
  const plans = [
    ...store.runs.plans().filter(({ id }) => runs.has(id)),
    ...store.comparisons.plans().filter(({ id }) => comparisons.has(id)),
  ].map(({ plan }) => plan);
  const named = new Set(plans.flatMap((plan) => [...namesIn(plan)]));
  return store.sources.list().flatMap(({ name }) => (named.has(name) ? [name] : []));
}

/** What a plan, or a part of it, names as a source. */
function* namesIn(plan: unknown): Generator<string> {
  if (typeof plan !== 'object' || plan === null) return;
  for (const [key, value] of Object.entries(plan)) {
    if (key === 'source' || key === 'sources') {
      for (const each of [value].flat()) if (typeof each === 'string') yield each;
    } else yield* namesIn(value);
  }
}
