import type { StudyCell } from '../../../contract/study/shared.ts';
import type { SplitName } from '../../data/types.ts';
import { atomically, type Writable } from '../database.ts';
import { createRun, setRunDataset } from './runs.ts';
import { saveSplit } from './splits.ts';
import { studyDatasets } from './studies.ts';
import { beginCell } from './studyCells.ts';

/**
 * A queued run for a cell, on the datasets of its study. All at once: a run without its data, its split or its cell could
 * never be resumed.
 * @param split pairs of file and split
 * @returns its id
 */
export function beginRun(
  db: Writable,
  study: string,
  cell: StudyCell,
  {
    split,
    ...run
  }: Omit<Parameters<typeof createRun>[1], 'study'> & { split: readonly (readonly [string, SplitName])[] },
): string {
  return atomically(db, () => {
    const { id } = createRun(db, { ...run, study });
    const { dataset, test } = studyDatasets(db, study);
    setRunDataset(db, id, dataset, test);
    saveSplit(db, id, split);
    beginCell(db, study, cell, id);
    return id;
  });
}
