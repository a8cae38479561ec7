import type { Command } from 'commander';
import type { z } from 'zod';
import { CutpointError } from '../../contract/errors.ts';

/**
 * What a schema refuses, in the words of the command line.
 * @param optionAt the option that gives a setting, as it is typed, by the setting's path; undefined: none does
 */
export function refused(
  command: Command,
  issues: readonly z.core.$ZodIssue[],
  optionAt: (path: readonly string[]) => string | undefined,
): CutpointError {
  const problems = issues.map(({ path, message }) => {
    const names = path.map(String);
    return `${optionAt(names) ?? names.join('.')} (${inWords(message)})`;
  });
  return new CutpointError('INPUT_INVALID', `Some options are missing or not allowed: ${problems.join(', ')}.`, {
    remedy: `\`cutpoint ${nameOf(command)} --help\` lists the options with their ranges and defaults.`,
  });
}

/** What is wrong with a value, in the words of its schema. */
const inWords = (message: string): string =>
  message.endsWith('received undefined') ? 'missing' : message.charAt(0).toLowerCase() + message.slice(1);

/** `source add` */
function nameOf(command: Command): string {
  const names: string[] = [];
  for (let at: Command | null = command; at?.parent; at = at.parent) names.unshift(at.name());
  return names.join(' ') || command.name();
}
