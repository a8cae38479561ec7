import { studyPlan, type StudyEvent, type StudyPlan } from '../../../src-main/contract/study/index.ts';
import type { z } from 'zod';
import { readPlanData } from '../../../src-main/engine/cohort/planData.ts';
import { Trainer } from '../../../src-main/engine/lanes/trainer.ts';
import { openWorkspace } from '../../../src-main/engine/store/workspace.ts';
import { openStudy, type StudyHost } from '../../../src-main/engine/studies/study.ts';

/** A stored study with its context, for courses that are tested one step at a time. Close it after use. */
export async function studyContext<P extends StudyPlan>(folder: string, asked: z.input<typeof studyPlan>) {
  const workspace = openWorkspace(folder);
  const { store } = workspace;
  const plan = studyPlan.parse(asked) as P;
  const { signal } = new AbortController();
  const data = await readPlanData(plan.base, workspace, { signal, progress: () => {} });
  const test = data.test ? store.datasets.save(data.test) : null;
  const dataset = store.datasets.save(data.dataset);
  const { id } = store.studies.create({ plan, classes: data.classes, dataset, test });
  const trainer = new Trainer(workspace);
  const events: StudyEvent[] = [];
  const host: StudyHost = {
    workspace,
    emit: (event) => void events.push(event),
    train: (run, onEvent) => trainer.train(run.id, onEvent),
    signal,
  };
  const study = openStudy(id, { plan, planned: [], host });
  return { study, workspace, events, close: () => workspace.close() };
}
