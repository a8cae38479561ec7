import type { RunSummary } from '../../contract/run.ts';
import { operatingPoint, type OperatingPoint } from '../../contract/runChoices.ts';
import type { Reader } from '../store/store.ts';

/** The threshold that is kept with a run; null where none is. */
export interface KeptPoint extends OperatingPoint {
  at: string;
  /** Test figures of the run had been looked at before. */
  afterTest: boolean;
}

export function keptPoint(store: Reader, { id, testOpened }: Pick<RunSummary, 'id' | 'testOpened'>): KeptPoint | null {
  const kept = store.runChoices.load(id, 'operating-point');
  if (kept === null) return null;
  return {
    ...operatingPoint.parse(kept.value),
    at: kept.at,
    afterTest: testOpened !== null && testOpened.at < kept.at,
  };
}
