import type { Command } from 'commander';

export const addStudyOption = (command: Command): Command =>
  command.option(
    '--study <id>',
    'study that it belongs to (default: the one with the same data that was opened last, or a new one)',
  );

/** The study that a command names. */
export const namedStudy = (command: Command): { study?: string } => {
  const { study } = command.opts<{ study?: string }>();
  return study === undefined ? {} : { study };
};

/** A name as the contract takes it: an empty one takes it away. */
export const nameGiven = (name: string | undefined): { name?: string | null } =>
  name === undefined ? {} : { name: name.trim() === '' ? null : name };
