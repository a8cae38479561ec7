import { tasks } from '../../contract/task/index.ts';

const NAMES = Object.entries(tasks).map(([task, { selection }]) => `for ${task}: ${selection.title}`);

/** What chooses the best epoch, where no plan says the task: `validation score of the task (for classification: AUPRC)`. */
export const SELECTION = `validation score of the task (${NAMES.join(', ')})`;
