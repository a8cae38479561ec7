import type { Command } from 'commander';
import { follow } from '../follow.ts';
import { withEngine } from '../session.ts';
import { describeRun } from '../text/run.ts';

export function addResume(program: Command): void {
  program
    .command('resume')
    .description('go on with an interrupted, paused or failed run from its last checkpoint')
    .argument('<id>', 'run, as `cutpoint runs` lists it')
    .action((id: string, _options, command: Command) =>
      withEngine(command, async (session) => {
        const resumed = await session.client.call('run.resume', { id }, { signal: session.signal });
        const run = await follow(session, resumed);
        const sources = await session.client.call('source.list', {});
        session.output.result(run, () => describeRun(run, sources));
      }),
    );
}
