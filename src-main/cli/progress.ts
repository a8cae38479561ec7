import type { Output } from './output.ts';
import { whole } from './text/units.ts';

/** Shows counted progress as `reading 120 of 626 images`. */
export function showCount(output: Output, doing: string, what: string) {
  return ({ done, total }: { done: number; total: number }) =>
    output.progress(`${doing} ${whole(done)} of ${whole(total)} ${what}`);
}
