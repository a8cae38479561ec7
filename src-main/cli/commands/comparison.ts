import type { Command } from 'commander';
import { withEngine } from '../session.ts';
import { describeComparison } from '../text/comparison.ts';

export function addComparison(program: Command): void {
  program
    .command('comparison')
    .argument('<id>', 'comparison, as `cutpoint comparisons` lists it')
    .action((id: string, _options, command: Command) =>
      withEngine(command, async ({ client, output, signal }) => {
        const comparison = await client.call('comparison.get', { id }, { signal });
        output.result(comparison, () => describeComparison(comparison));
      }),
    );
}
