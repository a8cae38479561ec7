import type { SourceSummary } from '../../contract/source.ts';
import { counted, orNone } from './units.ts';

/** Where a run's first weights came from, and how many arrays a partial source lacks. */
export function describeSource(name: string | null, sources: readonly SourceSummary[]): string {
  if (name === null) return orNone(name);
  const missing = sources.find((source) => source.name === name)?.missing ?? 0;
  return missing === 0 ? name : `${name} (${counted(missing, 'array')} at random)`;
}
