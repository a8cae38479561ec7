import type { TrainingPlan } from '../../contract/plan.ts';
import { taskOf, type TaskName } from '../../contract/task/index.ts';
import { classification } from './classification.ts';
import { multiLabel } from './multiLabel.ts';
import type { Task } from './task.ts';

const tasks: { readonly [K in TaskName]: Task } = { classification, 'multi-label': multiLabel };

/** What a plan trains for. */
export const taskFor = (plan: TrainingPlan): Task => tasks[taskOf(plan)];
