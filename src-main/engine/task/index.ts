import type { TrainingPlan } from '../../contract/plan.ts';
import { taskOf, type TaskName } from '../../contract/task/index.ts';
import { classification } from './classification.ts';
import type { Task } from './task.ts';

const tasks: { readonly [K in TaskName]: Task } = { classification };

/** What a plan trains for. */
export const taskFor = (plan: TrainingPlan): Task => tasks[taskOf(plan)];
