import { orderClasses } from '../../contract/classes.ts';
import type { DataSelection } from '../../contract/data.ts';
import type { TrainingPlan } from '../../contract/plan.ts';
import { assertTrainable, scanDataset } from '../data/scan.ts';
import type { Dataset } from '../data/types.ts';
import type { Workspace } from '../store/workspace.ts';
import { requireAccepted } from './acceptance.ts';
import { requireApart, requireTestable } from './testData.ts';

/** The data of a plan, read and found fit to train and test on. */
export interface PlanData {
  dataset: Dataset;
  /** The folder to test on, where the plan names one. */
  test: Dataset | null;
  /** In the order of the model's outputs. */
  classes: string[];
  /** Codes of the grave findings in them, all accepted by the plan. */
  accepted: string[];
}

/** Reads the data that a plan names. @throws CutpointError for whatever is wrong with them */
export async function readPlanData(
  plan: Pick<TrainingPlan, 'data' | 'test' | 'positive' | 'accept'>,
  workspace: Workspace,
  { signal, progress }: { signal: AbortSignal; progress(event: { done: number; total: number }): void },
): Promise<PlanData> {
  const scan = (selection: DataSelection): Promise<Dataset> =>
    scanDataset(selection, {
      salt: workspace.salt.toString('hex'),
      signal,
      onProgress: (done, total) => progress({ done, total }),
    });
  const dataset = await scan(plan.data);
  assertTrainable(dataset);
  const classes = orderClasses(dataset.classes, plan.positive);
  const { greyScale } = dataset.selection;
  const test = plan.test ? await scan({ ...plan.test, greyScale }) : null;
  if (test) {
    requireTestable(dataset.classes, test);
    requireApart(dataset, test);
  }
  return { dataset, test, classes, accepted: requireAccepted([dataset, test], plan.accept) };
}

/** A plan that says how its images without a window were shown, so that others later can be shown so too. */
export function withScale<T extends Pick<TrainingPlan, 'data' | 'test'>>(plan: T, { dataset }: PlanData): T {
  const { greyScale } = dataset.selection;
  return { ...plan, data: { ...plan.data, greyScale }, ...(plan.test && { test: { ...plan.test, greyScale } }) };
}
