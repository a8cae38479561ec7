import type { Command } from 'commander';
import { withEngine } from '../session.ts';
import { describeRun } from '../text/run.ts';

export function addRun(program: Command): void {
  program
    .command('run')
    .argument('<id>', 'run, as `cutpoint runs` lists it')
    .action((id: string, _options, command: Command) =>
      withEngine(command, async ({ client, output, signal }) => {
        const run = await client.call('run.get', { id }, { signal });
        const sources = await client.call('source.list', {}, { signal });
        output.result(run, () => describeRun(run, sources));
      }),
    );
}
