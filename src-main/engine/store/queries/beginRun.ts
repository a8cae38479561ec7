import type { ComparisonCell } from '../../../contract/comparison/shared.ts';
import type { SplitName } from '../../data/types.ts';
import { atomically, type Writable } from '../database.ts';
import { createRun, setRunDataset } from './runs.ts';
import { saveSplit } from './splits.ts';
import { comparisonDatasets } from './comparisons.ts';
import { beginCell } from './comparisonCells.ts';

/**
 * A queued run for a cell, on the datasets of its comparison. All at once: a run without its data, its split or its
 * cell could never be resumed.
 * @param split pairs of file and split
 * @returns its id
 */
export function beginRun(
  db: Writable,
  comparison: string,
  cell: ComparisonCell,
  {
    split,
    ...run
  }: Omit<Parameters<typeof createRun>[1], 'comparison'> & { split: readonly (readonly [string, SplitName])[] },
): string {
  return atomically(db, () => {
    const { id } = createRun(db, { ...run, comparison });
    const { dataset, test } = comparisonDatasets(db, comparison);
    setRunDataset(db, id, dataset, test);
    saveSplit(db, id, split);
    beginCell(db, comparison, cell, id);
    return id;
  });
}
