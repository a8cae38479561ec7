import { positiveWarnings } from '../contract/classes.ts';
import type { Output } from './output.ts';

/** Says before training what speaks against the numbers to come. */
export function noteDoubts(output: Output, classes: readonly string[], positive: string | undefined): void {
  for (const { code, message } of positiveWarnings(classes, positive))
    output.note(`warning [${code}]: ${message} If it is the other one: --positive.`);
}
