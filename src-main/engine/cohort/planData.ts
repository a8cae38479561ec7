import { orderClasses } from '../../contract/classes.ts';
import type { DataSelection } from '../../contract/data.ts';
import { isFitted } from '../../contract/greyScale.ts';
import type { TrainingPlan } from '../../contract/plan.ts';
import { assertTrainable } from '../data/scan.ts';
import type { Dataset, ScannedDataset, SplitName } from '../data/types.ts';
import type { Workspace } from '../store/workspace.ts';
import { requireAccepted, requireThese } from './acceptance.ts';
import { fittedTo, levelsOf } from './fitted.ts';
import { leaksBetween } from './leaks.ts';
import { asSaid } from './said.ts';
import { likeTraining, scanIn } from './scanned.ts';
import { trainingIndices } from './split.ts';
import { requireApart, requireTestable } from './testData.ts';

/** The data of a plan, read and found fit to train and test on. */
export interface PlanData {
  dataset: Dataset;
  /** The folder to test on, where the plan names one. */
  test: Dataset | null;
  /** Sets of images to train on that look the same, by their indices. */
  alike: number[][];
  /** In the order of the model's outputs. */
  classes: string[];
  /** Codes of the grave findings in them, all accepted by the plan. */
  accepted: string[];
}

/** Reads the data that a plan names. @throws CutpointError for whatever is wrong with them */
export async function readPlanData(
  plan: Pick<TrainingPlan, 'data' | 'test' | 'positive' | 'accept' | 'split'>,
  workspace: Workspace,
  { signal, progress }: { signal: AbortSignal; progress(event: { done: number; total: number }): void },
): Promise<PlanData> {
  const preview = isFitted(plan.data.greyScale);
  const onProgress = (done: number, total: number): void => progress({ done, total });
  const scan = (selection: DataSelection, known?: readonly string[]): Promise<ScannedDataset> =>
    scanIn(workspace, selection, { preview, signal, known, onProgress });
  const read = await scan(plan.data);
  assertTrainable(read);
  const dataset = await asSaid(read, plan.split);
  // Of several labels none is the positive one: each is told from not having it.
  const classes = plan.data.labels?.multi ? dataset.classes : orderClasses(dataset.classes, plan.positive);
  const test = plan.test ? await scan(likeTraining(dataset.selection, plan.test), dataset.classes) : null;
  if (test) {
    requireTestable(dataset.classes, test);
    requireApart(dataset, test);
  }
  const leaks = test ? await leaksBetween(dataset, test, signal) : [];
  requireThese(leaks, plan.accept);
  const accepted = [...requireAccepted([dataset, test], plan.accept), ...leaks.map(({ code }) => code)];
  return { dataset: plain(dataset), test: test && plain(test), classes, accepted, alike: dataset.alike };
}

/** A plan with the folders that its images were found to be in. */
export const withLayout = <T extends Pick<TrainingPlan, 'data'>>({ selection: { layout } }: Dataset, plan: T): T => ({
  ...plan,
  data: { ...plan.data, ...(layout && { layout }) },
});

/** A plan with what its training images decide. @param split of each image */
export function decidedBy(
  { dataset }: Pick<PlanData, 'dataset'>,
  plan: TrainingPlan,
  split: readonly SplitName[],
): TrainingPlan {
  return fittedTo(levelsOf(dataset, trainingIndices(dataset.images, split, plan)), withLayout(dataset, plan));
}

/** What is only shown does not travel between processes. */
const plain = ({
  details: _details,
  leftOut: _leftOut,
  order: _order,
  alike: _alike,
  looks: _looks,
  ...dataset
}: ScannedDataset): Dataset => dataset;
