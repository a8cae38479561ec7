import { InvalidArgumentError } from 'commander';

/** @throws InvalidArgumentError, which names the option, where the text is no number */
export function number(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('It must be a number.');
  return value;
}

/** `none` stands for null. */
export function textOrNone(text: string): string | null {
  return text === 'none' ? null : text;
}

/** `none` stands for null. */
export function numberOrNone(text: string): number | null {
  return text === 'none' ? null : number(text);
}
