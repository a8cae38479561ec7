import type { Command } from 'commander';
import { withEngine } from '../session.ts';
import { describeMovement } from '../text/similarity.ts';

export function addMovement(program: Command): void {
  program
    .command('movement')
    .argument('<run>', 'run, as `cutpoint runs` lists it')
    .action((run: string, _options, command: Command) =>
      withEngine(command, async ({ client, output, signal }) => {
        const report = await client.call('similarity.movement', { run }, { signal });
        output.result(report, () => describeMovement(report));
      }),
    );
}
