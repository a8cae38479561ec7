import type { DamagedEntry } from '../contract/storage.ts';
import type { Output } from './output.ts';

/** A line for every entry of a list that can no longer be read. */
export function showDamaged(output: Output, damaged: readonly DamagedEntry[]): void {
  for (const { kind, id, code, message } of damaged)
    output.note(
      code === 'PLAN_NEWER'
        ? `Newer: ${kind} ${id}. ${message} Install the newer version to look at it.`
        : `Damaged: ${kind} ${id}. ${message} \`cutpoint remove ${kind} ${id}\` removes it.`,
    );
}

/** Of a list those of which not only the row can be read. */
export const wholeOf = <T extends { id: string }>(list: readonly T[], damaged: readonly DamagedEntry[]): T[] =>
  list.filter(({ id }) => damaged.every((entry) => entry.id !== id));

const stateOf = (code: DamagedEntry['code']): string => (code === 'PLAN_NEWER' ? 'newer' : 'damaged');

/** The list as JSON: what is damaged follows what is whole, by its id alone. */
export function withDamaged<T>(list: readonly T[], damaged: readonly DamagedEntry[]): unknown[] {
  return [...list, ...damaged.map(({ id, code, message }) => ({ id, status: stateOf(code), error: { message } }))];
}
