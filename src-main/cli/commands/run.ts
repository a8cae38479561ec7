import type { Command } from 'commander';
import { defined } from '../options/data.ts';
import { nameGiven } from '../options/study.ts';
import { withEngine } from '../session.ts';
import { describeRun } from '../text/run.ts';

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
    .addHelpText('after', '\nThat its results on the test split were shown is noted in the log (`cutpoint activity`).')
    .action((id: string, { name, ...given }: RunOptions, command: Command) =>
      withEngine(command, async ({ client, output, signal }) => {
        const changes = { ...nameGiven(name), ...defined({ note: given.note, starred: given.star }) };
        if (Object.keys(changes).length > 0) await client.call('run.edit', { id, ...changes }, { signal });
        const { test } = await client.call('run.get', { id }, { signal });
        if (test) await client.call('run.openTest', { id }, { signal });
        const run = await client.call('run.get', { id }, { signal });
        const sources = await client.call('source.list', {}, { signal });
        output.result(run, () => describeRun(run, sources));
      }),
    );
}
