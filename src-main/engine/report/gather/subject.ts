import type { ComparisonSummary } from '../../../contract/comparison/index.ts';
import { referencesOf, smallestOf } from '../../../contract/comparison/outcome.ts';
import { CutpointError } from '../../../contract/errors.ts';
import type { ParsedInputOf } from '../../../contract/index.ts';
import type { RunSummary } from '../../../contract/run.ts';
import type { Workspace } from '../../store/workspace.ts';

/** What a report is of. */
export interface Subject {
  /** Of a comparison: the run that stands for it. */
  run: RunSummary;
  comparison: ComparisonSummary | null;
  /** Somebody asked for figures of test images. */
  tested: boolean;
}

/** @throws CutpointError RUN_UNKNOWN, COMPARISON_UNKNOWN, RUN_STATE and COMPARISON_STATE where nothing was trained yet */
export function subjectOf({ store }: Workspace, of: ParsedInputOf<'report.write'>['of']): Subject {
  const comparison = 'comparison' in of ? store.comparisons.get(of.comparison) : null;
  const run = store.runs.get(comparison ? runFor(comparison) : (of as { run: string }).run);
  if (run.bestEpoch === null) throw notTrained('RUN_STATE', `The run ${run.id}`);
  const opened = comparison ? comparison.testOpened : run.testOpened;
  return { run, comparison, tested: opened !== null && run.test !== null };
}

/** Of a tournament one of the model that it recommends, of a search one at the cut chosen, otherwise that with the best validation. */
function runFor(comparison: ComparisonSummary): string {
  const { id, cells, result } = comparison;
  const trained = cells
    .flatMap((record) => (record.run !== null && record.status === 'completed' ? [{ ...record, run: record.run }] : []))
    .sort((a, b) => (b.validationAuprc ?? 0) - (a.validationAuprc ?? 0));
  if (trained.length === 0) throw notTrained('COMPARISON_STATE', `The comparison ${id}`);
  if (result?.kind === 'search') return (trained.find(({ cell }) => cell.cut === result.cut) ?? trained[0]!).run;
  if (result?.kind === 'tournament') {
    const [reference] = referencesOf(result);
    const row = reference && (smallestOf(result.rows, reference) ?? reference);
    const own = trained.find(({ cell }) => cell.strategy === row?.strategy && cell.cut === row.cut && cell.source === row.source); // prettier-ignore
    if (own) return own.run;
  }
  return trained[0]!.run;
}

const notTrained = (code: 'RUN_STATE' | 'COMPARISON_STATE', what: string): CutpointError =>
  new CutpointError(code, `${what} has nothing to report yet: no epoch is finished.`, {
    remedy: 'Let it train for at least one epoch.',
  });
