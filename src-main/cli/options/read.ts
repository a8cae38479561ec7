import { InvalidArgumentError } from 'commander';

/** What a person writes where there is to be nothing; it stays as it is, since commander takes null for a missing value. */
export const NONE = 'none';

/** Names separated by commas. @throws InvalidArgumentError where one is empty */
export function names(text: string): string[] {
  const list = text.split(',').map((name) => name.trim());
  if (list.some((name) => name === '')) throw new InvalidArgumentError('It must be names, separated by commas.');
  return list;
}
