import type { Grouping } from '../../contract/groups.ts';
import type { CellRecord } from '../../contract/comparison/shared.ts';
import { openTest, comparisonPatients } from '../cohort/parts.ts';
import type { ComparisonContext } from './context.ts';
import type { TestedRun } from './tested.ts';

/**
 * What the store has of the runs of these records: their epochs, and what they predicted on their test part.
 * @returns also what the groups are that were tested
 */
export async function testedRuns(
  { id, workspace }: Pick<ComparisonContext, 'id' | 'workspace'>,
  records: readonly CellRecord[],
): Promise<{ runs: TestedRun[]; grouping: Grouping }> {
  const { store } = workspace;
  const { patients, grouping } = comparisonPatients(store, id);
  const runs: TestedRun[] = [];
  for (const record of records) {
    const { run, status } = record;
    const epochs = run === null ? [] : store.runs.get(run).epochs;
    const part = run !== null && status === 'completed' ? await openTest(workspace, run, 'comparison result') : null;
    const predicted = part?.predictions() ?? [];
    runs.push({ record, epochs, test: predicted.map((row) => ({ ...row, group: patients.get(row.file)! })) });
  }
  return { runs, grouping };
}
