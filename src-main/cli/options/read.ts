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
