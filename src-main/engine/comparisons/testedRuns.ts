import { appliedTo, type AppliedScale } from '../../contract/greyScale.ts';
import type { Grouping } from '../../contract/groups.ts';
import type { RunSummary } from '../../contract/run.ts';
import type { CellRecord } from '../../contract/comparison/shared.ts';
import { openTest, comparisonPatients } from '../cohort/parts.ts';
import type { ComparisonContext } from './context.ts';
import type { TestedImage, TestedRun } from './tested.ts';

/**
 * What the store has of the runs of these records: their epochs, and what they predicted on their test part.
 * @returns also what the groups are that were tested, and where their images lie and how they are shown
 */
export async function testedRuns(
  { id, workspace }: Pick<ComparisonContext, 'id' | 'workspace'>,
  records: readonly CellRecord[],
  purpose: 'comparison result' | 'difference' = 'comparison result',
): Promise<{
  runs: TestedRun[];
  grouping: Grouping;
  shown: { folder: string; greyScale: AppliedScale };
}> {
  const { store } = workspace;
  const { patients, grouping, selection, rows } = comparisonPatients(store, id);
  const hasOf = (file: string): Pick<TestedImage, 'has'> => (rows ? { has: rows(file) } : {});
  const runs: TestedRun[] = [];
  // The runs of different folds may have different ones: the images are shown on that of the first.
  let greyScale = appliedTo(selection);
  for (const record of records) {
    const { run, status } = record;
    const stored = run === null ? null : store.runs.get(run);
    if (stored && runs.every((each) => each.record.run === null)) greyScale = appliedTo(stored.plan.data);
    const part = run !== null && status === 'completed' ? await openTest(workspace, run, purpose) : null;
    const predicted = part?.predictions() ?? [];
    const test = predicted.map((row) => ({ ...row, group: patients.get(row.file)!, ...hasOf(row.file) }));
    runs.push({ record, epochs: stored?.epochs ?? [], test, ratio: stored && ratioOf(stored) });
  }
  return { runs, grouping, shown: { folder: selection.folder, greyScale } };
}

/** Null where the test images are a folder of their own, which is the same for all runs. */
function ratioOf({ split, plan }: RunSummary): number | null {
  if (!split || plan.test) return null;
  return split.test.groups / (split.train.groups * plan.trainShare);
}
