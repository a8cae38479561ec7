import { groupingOf, type Grouping } from '../../contract/groups.ts';
import type { CellRecord } from '../../contract/study/shared.ts';
import type { StudyContext } from './context.ts';
import type { TestedRun } from './tested.ts';

/**
 * What the store has of the runs of these records: their epochs, and what they predicted on their test part.
 * @returns also what the groups are that were tested
 */
export function testedRuns(
  { id, workspace: { store } }: StudyContext,
  records: readonly CellRecord[],
): { runs: TestedRun[]; grouping: Grouping } {
  const { dataset, test } = store.studies.datasets(id);
  const { images, report } = store.datasets.load(test ?? dataset);
  const groups = new Map(images.map(({ file, group }) => [file, group]));
  const runs = records.map((record) => {
    const { run, status } = record;
    if (run === null) return { record, epochs: [], test: [] };
    const predicted = status === 'completed' ? store.predictions.load(run, 'test') : [];
    return {
      record,
      epochs: store.runs.get(run).epochs,
      test: predicted.map((row) => ({ ...row, group: groups.get(row.file)! })),
    };
  });
  return { runs, grouping: groupingOf(report) };
}
