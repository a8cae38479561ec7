import { orderClasses } from '../../contract/classes.ts';
import type { DataSelection } from '../../contract/data.ts';
import { mirrorsAtFirst } from '../../contract/mirroring.ts';
import type { TrainingPlan } from '../../contract/plan.ts';
import { assertTrainable } from '../data/scan.ts';
import type { Dataset, ScannedDataset } from '../data/types.ts';
import type { Workspace } from '../store/workspace.ts';
import { requireAccepted, requireThese } from './acceptance.ts';
import { leaksBetween } from './leaks.ts';
import { likeTraining, scanIn } from './scanned.ts';
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
  plan: Pick<TrainingPlan, 'data' | 'test' | 'positive' | 'accept'>,
  workspace: Workspace,
  { signal, progress }: { signal: AbortSignal; progress(event: { done: number; total: number }): void },
): Promise<PlanData> {
  const onProgress = (done: number, total: number): void => progress({ done, total });
  const scan = (selection: DataSelection, known?: readonly string[]): Promise<ScannedDataset> =>
    scanIn(workspace, selection, { signal, known, onProgress });
  const dataset = await scan(plan.data);
  assertTrainable(dataset);
  const classes = orderClasses(dataset.classes, plan.positive);
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

/**
 * A plan with what its images decide: how they were taken, so that others later can be taken so too, and whether they are
 * mirrored where nobody has said.
 */
export function decidedBy<T extends Pick<TrainingPlan, 'data' | 'test' | 'augmentation'>>(
  { dataset: { selection, report } }: PlanData,
  plan: T,
): T {
  const { flipHorizontal = mirrorsAtFirst(report) } = plan.augmentation;
  return {
    ...plan,
    data: { ...plan.data, greyScale: selection.greyScale, ...(selection.layout && { layout: selection.layout }) },
    ...(plan.test && { test: likeTraining(selection, plan.test) }),
    augmentation: { ...plan.augmentation, flipHorizontal },
  };
}

/** What is only shown does not travel between processes. */
const plain = ({
  details: _details,
  leftOut: _leftOut,
  alike: _alike,
  looks: _looks,
  ...dataset
}: ScannedDataset): Dataset => dataset;
