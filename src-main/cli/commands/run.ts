import type { Command } from 'commander';
import { defined } from '../options/data.ts';
import { nameGiven } from '../options/study.ts';
import { withEngine } from '../session.ts';
import { showRun } from '../showRun.ts';

interface RunOptions {
  name?: string;
  note?: string;
  star?: boolean;
}

export function addRun(program: Command): void {
  program
    .command('run')
    .argument('<id>', 'run, as `cutpoint runs` lists it')
    .option('--name <name>', 'what you call it; empty: it goes by its network')
    .option('--note <text>', 'what you note of it; empty: nothing')
    .option('--star', 'mark it with a star')
    .option('--no-star', 'take its star away')
    .addHelpText(
      'after',
      '\nIts results on the test split are shown once its test set was opened (`cutpoint open-test`).',
    )
    .action((id: string, { name, ...given }: RunOptions, command: Command) =>
      withEngine(command, async (session) => {
        const { client, signal } = session;
        const changes = { ...nameGiven(name), ...defined({ note: given.note, starred: given.star }) };
        if (Object.keys(changes).length > 0) await client.call('run.edit', { id, ...changes }, { signal });
        await showRun(session, await client.call('run.get', { id }, { signal }));
      }),
    );
}
