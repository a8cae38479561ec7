import type { Command } from 'commander';
import type { ComparisonKind } from '../../contract/comparison/index.ts';
import { addComparisonOptions, comparisonPlanOf } from '../options/comparison.ts';
import { openTestOption } from '../options/openTest.ts';
import { withEngine } from '../session.ts';
import type { StartOptions } from '../startComparison.ts';

const EXAMPLES: Record<ComparisonKind, string> = {
  tournament: `cutpoint tournament --data study --backbone mobilenet_v2_keras --sources imagenet \\
    --strategies full,truncated,layerwise,features-svm --cuts block_9_add --folds 5 --margin 0.02`,
  search: `cutpoint search --data study --backbone mobilenet_v2_keras --source imagenet --method fast`,
  'learning-curve': `cutpoint learning-curve --data study --backbone mobilenet_v2_keras --source imagenet \\
    --strategies full,mean-var,scratch --shares 0.1,0.5,1`,
};

/** The command that starts a comparison of one kind. */
export function addComparisonCommand(program: Command, kind: ComparisonKind): void {
  const command = program.command(kind).addHelpText(
    'after',
    `
Everything is checked before the first run begins. Ctrl-C interrupts a comparison; \`cutpoint resume ID\` continues
where it stopped, and tries again what failed.

Example:
  ${EXAMPLES[kind]}`,
  );
  // A search chooses by validation, and ends without test figures.
  if (kind !== 'search') command.addOption(openTestOption());
  addComparisonOptions(command, kind)
    .option('--estimate', 'say what it will take, and start nothing')
    .option('--dry-run', 'check the plan and list its runs; read no images, start nothing')
    .action(async (options: StartOptions, command: Command) => {
      const plan = comparisonPlanOf(command, kind);
      // Read now: what only lists the options waits for none of it.
      const { startComparison } = await import('../startComparison.ts');
      return withEngine(command, async (session) => startComparison(session, command, plan, options));
    });
}
