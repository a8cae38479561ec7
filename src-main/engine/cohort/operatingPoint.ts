import { labelPoints, operatingPoint, type OperatingPoint } from '../../contract/runChoices.ts';
import type { RunSummary } from '../../contract/run.ts';
import type { Reader } from '../store/store.ts';

/** A threshold that is kept with a run. */
export interface KeptPoint extends OperatingPoint {
  at: string;
  /** Test figures of the run had been looked at before. */
  afterTest: boolean;
}

type Of = Pick<RunSummary, 'id' | 'testOpened'>;

/** The threshold by which a class is called; null where none is kept, and of several labels. */
export function keptPoint(store: Reader, run: Of): KeptPoint | null {
  const kept = store.runChoices.load(run.id, 'operating-point');
  return kept && dated(run, { ...operatingPoint.parse(kept.value), at: kept.at });
}

/** All thresholds that are kept: of classes one at most, of several labels one each at most. */
export function keptPoints(store: Reader, run: Of): KeptPoint[] {
  const one = keptPoint(store, run);
  const ofLabels = labelPoints.parse(store.runChoices.load(run.id, 'label-points')?.value ?? []);
  return [...(one ? [one] : []), ...ofLabels.map((point) => dated(run, point))];
}

const dated = ({ testOpened }: Of, point: OperatingPoint & { at: string }): KeptPoint => ({
  ...point,
  afterTest: testOpened !== null && testOpened.at < point.at,
});
