import { positiveWarnings } from '../contract/classes.ts';
import type { Finding } from '../contract/findings.ts';
import type { TrainingPlan } from '../contract/plan.ts';
import { isMultiLabel } from '../contract/task/index.ts';
import type { Output } from './output.ts';

/** Says before training what speaks against the numbers to come: what the audit found, and a positive class in doubt. */
export function noteDoubts(
  output: Output,
  { findings = [], classes }: { findings?: readonly Finding[] | undefined; classes: readonly string[] },
  { task, positive }: Pick<TrainingPlan, 'task' | 'positive'>,
): void {
  for (const { code, message, grave } of findings)
    output.note(`warning [${code}]${grave ? ', accepted' : ''}: ${message}`);
  // Of several labels none is the positive one.
  if (isMultiLabel({ task })) return;
  for (const { code, message } of positiveWarnings(classes, positive))
    output.note(`warning [${code}]: ${message} If it is the other class: --positive.`);
}
