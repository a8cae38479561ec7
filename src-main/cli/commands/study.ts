import type { Command } from 'commander';
import { withEngine } from '../session.ts';
import { describeStudy } from '../text/study.ts';

export function addStudy(program: Command): void {
  program
    .command('study')
    .argument('<id>', 'study, as `cutpoint studies` lists it')
    .action((id: string, _options, command: Command) =>
      withEngine(command, async ({ client, output, signal }) => {
        const study = await client.call('study.get', { id }, { signal });
        output.result(study, () => describeStudy(study));
      }),
    );
}
