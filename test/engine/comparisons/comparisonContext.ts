import {
  comparisonPlan,
  type ComparisonEvent,
  type ComparisonPlan,
} from '../../../src-main/contract/comparison/index.ts';
import type { z } from 'zod';
import { readPlanData } from '../../../src-main/engine/cohort/planData.ts';
import { Trainer } from '../../../src-main/engine/lanes/trainer.ts';
import { openWorkspace } from '../../../src-main/engine/store/workspace.ts';
import { saveLevels, undecided } from '../../../src-main/engine/comparisons/levels.ts';
import { openComparison, type ComparisonHost } from '../../../src-main/engine/comparisons/comparison.ts';

/** A stored comparison with its context, for courses that are tested one step at a time. Close it after use. */
export async function comparisonContext<P extends ComparisonPlan>(
  folder: string,
  asked: z.input<typeof comparisonPlan>,
) {
  const workspace = openWorkspace(folder);
  const { store } = workspace;
  const parsed = comparisonPlan.parse(asked) as P;
  const plan = { ...parsed, base: undecided(parsed.base) };
  const { signal } = new AbortController();
  const data = await readPlanData(plan.base, workspace, { signal, progress: () => {} });
  const test = data.test ? store.datasets.save(data.test) : null;
  const dataset = store.datasets.save(data.dataset);
  const { id } = store.comparisons.create({ plan, classes: data.classes, dataset, test });
  saveLevels(store, id, data.dataset);
  const trainer = new Trainer(workspace);
  const events: ComparisonEvent[] = [];
  const host: ComparisonHost = {
    workspace,
    emit: (event) => void events.push(event),
    train: (run, onEvent) => trainer.train(run.id, onEvent),
    signal,
  };
  const comparison = openComparison(id, { plan, planned: [], host });
  return { comparison, workspace, events, close: () => workspace.close() };
}
