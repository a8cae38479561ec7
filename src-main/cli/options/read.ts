import { InvalidArgumentError } from 'commander';

/** What a person writes where there is to be nothing. */
export const NONE = 'none';

/** @throws InvalidArgumentError, which names the option, where the text is no number */
export function number(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('It must be a number.');
  return value;
}

/** `none` stays as it is: commander takes null for a value that is missing. */
export function numberOrNone(text: string): number | typeof NONE {
  return text === NONE ? NONE : number(text);
}

/** Names with commas between them. @throws InvalidArgumentError where one is empty */
export function names(text: string): string[] {
  const list = text.split(',').map((name) => name.trim());
  if (list.some((name) => name === '')) throw new InvalidArgumentError('It must be names with commas between them.');
  return list;
}

/** Numbers with commas between them. @throws InvalidArgumentError where one is none */
export const numbers = (text: string): number[] => text.split(',').map(number);
