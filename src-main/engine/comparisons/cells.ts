import type { Evaluation } from '../../contract/evaluation.ts';
import type { RunSummary } from '../../contract/run.ts';
import type { TrainingPlan } from '../../contract/plan.ts';
import { STRATEGIES } from '../../contract/strategies.ts';
import { comparisonCell, type CellRecord, type ComparisonCell } from '../../contract/comparison/shared.ts';
import type { Workspace } from '../store/workspace.ts';
import { withPreprocessing } from '../transfer/source.ts';

/** Equal for equal cells, in whatever order their settings were written down. */
export const cellKey = (cell: ComparisonCell): string => JSON.stringify(comparisonCell.parse(cell));

/**
 * The plan of one run of a comparison.
 * @throws CutpointError SOURCE_UNKNOWN, WEIGHTS_MISMATCH
 */
export function cellPlan(base: TrainingPlan, cell: ComparisonCell, workspace: Workspace): TrainingPlan {
  const { strategy, cut, source, seed, share, epochs } = cell;
  const { cut: _cut, ...shared } = base;
  const plan: TrainingPlan = {
    ...shared,
    ...STRATEGIES[strategy].plan,
    ...(cut === null ? {} : { cut }),
    source,
    seed,
    trainShare: share,
    epochs,
  };
  return withPreprocessing(plan, workspace);
}

/** How the run of a cell has ended. @param test what was measured on its test part, unseen */
export function recordOf(cell: ComparisonCell, run: RunSummary, test: Evaluation | null): CellRecord {
  const best = run.epochs.find(({ epoch }) => epoch === run.bestEpoch);
  return {
    cell,
    status: run.status === 'completed' ? 'completed' : 'failed',
    run: run.id,
    validationAuprc: best?.validationAuprc ?? null,
    validationAuroc: best?.validationAuroc ?? null,
    testAuroc: test?.metrics.auroc ?? null,
    testAuprc: test?.metrics.auprc ?? null,
    parameters: run.parameters,
    macs: run.macs,
    trainingSeconds: run.epochs.reduce((sum, { seconds }) => sum + seconds, 0),
    epochs: run.epochs.length,
    error: run.error,
  };
}

/** A cell that could not even become a run. */
export function failedRecord(cell: ComparisonCell, error: NonNullable<CellRecord['error']>): CellRecord {
  const nothing = { validationAuprc: null, validationAuroc: null, testAuroc: null, testAuprc: null };
  return {
    cell,
    status: 'failed',
    run: null,
    ...nothing,
    parameters: 0,
    macs: 0,
    trainingSeconds: 0,
    epochs: 0,
    error,
  };
}
