import type { TrainingPlan } from '../plan.ts';
import { classification } from './classification.ts';
import { multiLabel } from './multiLabel.ts';
import type { Selection } from './selection.ts';
import type { Score, TaskDescription } from './task.ts';

export { SELECTION_NAMES, type Selection, type SelectionName } from './selection.ts';
export type { FigureDescription } from './figure.ts';
export type { Score, TaskDescription } from './task.ts';

/** One row a task. */
const rows = { classification, 'multi-label': multiLabel };

export type TaskName = keyof typeof rows;
export const tasks: { readonly [K in TaskName]: TaskDescription } = rows;

/** What a plan trains for. */
export const taskOf = ({ task }: Pick<TrainingPlan, 'task'>): TaskName => task;

/** Whether its images may have several labels. */
export const isMultiLabel = (plan: Pick<TrainingPlan, 'task'>): boolean => taskOf(plan) === 'multi-label';

/** A plan that trains for what its data hold: one class an image, or several labels. */
export const withTask = <T extends Pick<TrainingPlan, 'data' | 'task'>>(plan: T): T => ({
  ...plan,
  task: plan.data.labels?.multi ? 'multi-label' : 'classification',
});

/** By what the best epoch of a plan is chosen. */
export const selectionOf = (plan: Pick<TrainingPlan, 'task' | 'selection'>): Selection => {
  const { selections } = tasks[taskOf(plan)];
  return selections.find(({ name }) => name === plan.selection) ?? selections[0];
};

/** What is drawn of a run epoch by epoch beside its loss: the curves of its task, and what it is chosen by. */
export function curvesOf(plan: Pick<TrainingPlan, 'task' | 'selection'>): readonly Score[] {
  const { curves } = tasks[taskOf(plan)];
  const selection = selectionOf(plan);
  return curves.includes(selection) || selection.name === 'loss' ? curves : [...curves, selection];
}
