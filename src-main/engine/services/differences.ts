import { CutpointError } from '../../contract/errors.ts';
import { isSameRow, recordsByRow, type RowKey } from '../../contract/comparison/rows.ts';
import { titleOf } from '../../contract/strategies.ts';
import { testSealed } from '../cohort/seal.ts';
import { pairedDifference } from '../comparisons/pairedDifference.ts';
import { testedRuns } from '../comparisons/testedRuns.ts';
import type { Handlers } from '../../contract/index.ts';
import type { Workspace } from '../store/workspace.ts';

/** As many as a table has that was not made yet. */
const RESAMPLES = 2000;

/** Sets two rows of a comparison against each other. */
export function differenceHandlers(workspace: Workspace): Pick<Handlers, 'comparison.difference'> {
  return {
    async 'comparison.difference'({ id, a, b }, { signal }) {
      const { plan, cells, classes, result, testOpened } = workspace.store.comparisons.get(id);
      if (plan.kind === 'search') {
        throw new CutpointError('INPUT_INVALID', 'A search chooses by validation; its cuts are not tested.', {
          remedy: 'Compare two cuts in a tournament: their difference is measured on test patients there.',
        });
      }
      if (testOpened === null) throw testSealed('comparison', id);
      const rows = recordsByRow(cells).map(({ row }) => row);
      for (const asked of [a, b]) requireRow(asked, rows);
      const { runs, grouping, shown } = await testedRuns({ id, workspace }, cells, 'difference');
      const resamples = result !== null && 'resamples' in result ? result.resamples : RESAMPLES;
      const { confidence } = plan;
      return pairedDifference(runs, { a, b }, { classes, confidence, resamples, grouping, shown, signal });
    },
  };
}

/** @throws CutpointError INPUT_INVALID */
function requireRow(asked: RowKey, rows: readonly RowKey[]): void {
  if (rows.some((row) => isSameRow(row, asked))) return;
  throw new CutpointError('INPUT_INVALID', `No run of this comparison is ${titleOf(asked)}.`, {
    remedy: `Choose two of: ${rows.map(titleOf).join(', ')}.`,
    details: { rows },
  });
}
