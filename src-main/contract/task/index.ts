import type { TrainingPlan } from '../plan.ts';
import { classification } from './classification.ts';
import type { TaskDescription } from './task.ts';

export type { Score, TaskDescription } from './task.ts';

/** One row a task. */
const rows = { classification };

export type TaskName = keyof typeof rows;
export const tasks: { readonly [K in TaskName]: TaskDescription } = rows;

/** What a plan trains for. */
export const taskOf = ({ task }: Pick<TrainingPlan, 'task'>): TaskName => task;
