import { CutpointError } from '../../contract/errors.ts';
import type { Handlers } from '../../contract/index.ts';
import type { ComparisonPlan, ComparisonSummary } from '../../contract/comparison/index.ts';
import type { OwnWorkspace } from '../store/workspace.ts';
import { withTask } from '../../contract/task/index.ts';
import { cellPlan } from '../comparisons/cells.ts';
import { checkComparison } from '../comparisons/check.ts';
import { courseOf } from '../comparisons/courses.ts';
import { asKept, saveLevels, undecided } from '../comparisons/levels.ts';
import { splits } from '../comparisons/splits.ts';
import { requireUnseen } from '../transfer/requireUnseen.ts';
import { requireSvm } from '../train/requireSvm.ts';
import type { LaneClient } from '../lanes/methods.ts';
import { requireNoLeaks } from '../cohort/leaks.ts';
import { withLayout, type PlanData } from '../cohort/planData.ts';
import type { Training } from '../jobs/training.ts';

type ComparisonHandlers = Pick<
  Handlers,
  'comparison.start' | 'comparison.stop' | 'comparison.resume' | 'comparison.cells'
>;

/** Starts, stops and resumes comparisons; one at a time, and no run beside it: others wait in the queue. */
export function comparisonHandlers(
  workspace: OwnWorkspace,
  { training, files }: { training: Training; files: LaneClient },
): ComparisonHandlers {
  const { store } = workspace;

  return {
    'comparison.cells'(plan) {
      checkComparison(plan, workspace);
      return { cells: courseOf(plan).cells(plan), more: plan.kind === 'search' };
    },

    async 'comparison.start'({ study, ...asked }, { signal, progress }) {
      checkComparison(asked, workspace);
      const data = await files.call('lane.planData', asked.base, { signal, onProgress: progress });
      const store = preparedComparison(asked, { data, study, workspace });
      // Who cancelled while the last file was read must not find a comparison going on.
      signal.throwIfAborted();
      return training.launchComparison(store());
    },

    async 'comparison.stop'({ id }) {
      const active = training.comparison(id);
      if (!active) {
        throw new CutpointError(
          'COMPARISON_STATE',
          `The comparison ${id} is not running; it is ${store.comparisons.get(id).status}.`,
        );
      }
      training.steer(id, 'stop');
      await active.ended;
      return store.comparisons.get(id);
    },

    async 'comparison.resume'({ id }) {
      const comparison = store.comparisons.get(id);
      if (training.comparison(id)) return comparison;
      const failures = comparison.cells.filter(({ status }) => status === 'failed').length;
      if (comparison.status === 'completed' && failures === 0) {
        throw new CutpointError('COMPARISON_STATE', `The comparison ${id} is completed; there is nothing to resume.`);
      }
      // What failed is tried again: the disk may have room now.
      store.comparisonCells.forgetFailures(id);
      return training.launchComparison(comparison);
    },
  };
}

/**
 * Checks a comparison on its data, and gives what stores it.
 * @throws CutpointError as `checkSplits`
 */
export function preparedComparison(
  asked: ComparisonPlan,
  { data, study, workspace }: { data: PlanData; study?: string | undefined; workspace: OwnWorkspace },
): () => ComparisonSummary {
  const plan = { ...asked, base: undecided(withLayout(data.dataset, withTask(asked.base))) };
  const leaks = checkSplits(plan, data, workspace);
  const { store } = workspace;
  return () =>
    store.atomically(() => {
      const test = data.test ? store.datasets.save(data.test) : null;
      const base = { ...plan.base, accept: [...new Set([...data.accepted, ...leaks])] };
      const created = store.comparisons.create({
        plan: { ...plan, base },
        classes: data.classes,
        dataset: store.datasets.save(data.dataset),
        ...{ test, ...(study !== undefined && { study }) },
      });
      saveLevels(store, created.id, data.dataset);
      return created;
    });
}

/**
 * Every run known beforehand has groups of every class in each of its parts.
 * @throws CutpointError TOO_FEW_GROUPS, INPUT_INVALID, CLASSES_DIFFER where the folder to test on lacks a class
 */
function checkSplits(plan: ComparisonPlan, { dataset, test, alike }: PlanData, workspace: OwnWorkspace): string[] {
  const lacking = plan.kind === 'search' || !test ? [] : dataset.classes.filter((name) => !test.classes.includes(name));
  if (lacking.length > 0) {
    throw new CutpointError(
      'CLASSES_DIFFER',
      `The folder to test on has no image of the class "${lacking.join('", "')}": no AUROC could be compared.`,
      {
        remedy: 'Add images of it there, or name no folder to test on: then a share is set aside.',
        details: { lacking },
      },
    );
  }
  const splitOf = splits(plan, asKept(dataset), { testFolder: test !== null });
  for (const cell of courseOf(plan).cells(plan)) {
    requireSvm(cellPlan(plan.base, cell, workspace), dataset, splitOf(cell.seed, cell.fold));
  }
  // A search may know none of its runs beforehand; all of them have one split.
  const drawn = plan.kind === 'search' ? [{ seed: plan.seeds[0]!, fold: null }] : courseOf(plan).cells(plan);
  const divided = new Set(drawn.map(({ seed, fold }) => splitOf(seed, fold)));
  const leaks = requireNoLeaks({ ...dataset, alike }, divided, plan.base.accept);
  const begun = plan.kind === 'search' ? [{ ...drawn[0]!, source: plan.base.source, strategy: null }] : courseOf(plan).cells(plan); // prettier-ignore
  const seen = new Set<string>();
  for (const cell of begun) {
    const { source, initialisation } = cell.strategy === null ? plan.base : cellPlan(plan.base, cell, workspace);
    const key = JSON.stringify([source, initialisation, cell.seed, cell.fold]);
    if (seen.has(key)) continue;
    seen.add(key);
    const begins = { source, initialisation, accept: plan.base.accept };
    leaks.push(...requireUnseen(workspace.store, begins, { dataset, test, parts: splitOf(cell.seed, cell.fold) }));
  }
  return leaks;
}
