import { expect, test } from 'vitest';
import { createProgram } from '../../src-main/cli/program.ts';

const shown = async (words?: readonly string[]) => (await createProgram(words)).helpInformation();

test('the list of commands is the same whichever of them are loaded', async () => {
  const all = await shown();
  expect(await shown(['--help'])).toBe(all);
  expect(await shown(['help', 'runs'])).toBe(all);
  expect(all).toMatch(/^ {2}tournament \[options\]/m);
});

test('the command that is asked for is there as a whole', async () => {
  const program = await createProgram(['--workspace', 'run', 'export', 'x']);
  const options = (name: string) => program.commands.find((command) => command.name() === name)!.options;
  expect(options('export').map(({ long }) => long)).toContain('--format');
  expect(options('predict').map(({ long }) => long)).not.toContain('--format');
});
