import type { DamagedEntry } from '../contract/storage.ts';
import type { Output } from './output.ts';

/** A line for every entry of a list that can no longer be read. */
export function showDamaged(output: Output, damaged: readonly DamagedEntry[]): void {
  for (const { kind, id, message } of damaged)
    output.note(`Damaged: ${kind} ${id}. ${message} \`cutpoint remove ${kind} ${id}\` removes it.`);
}

/** The list as JSON: what is damaged follows what is whole, by its id alone. */
export function withDamaged<T>(list: readonly T[], damaged: readonly DamagedEntry[]): unknown[] {
  return [...list, ...damaged.map(({ id, message }) => ({ id, status: 'damaged', error: { message } }))];
}
