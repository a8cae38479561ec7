import type { Command } from 'commander';
import type { OutputOf } from '../../contract/index.ts';
import type { ComparisonKind } from '../../contract/comparison/index.ts';
import { withAutomaticBatch } from '../automaticBatch.ts';
import { tellEstimate } from '../estimate.ts';
import { noteDoubts } from '../doubts.ts';
import { followComparison } from '../followComparison.ts';
import { addComparisonOptions, comparisonPlanOf } from '../options/comparison.ts';
import { openTestOption, type OpenTestOptions } from '../options/openTest.ts';
import { namedStudy } from '../options/study.ts';
import { suggestComparison } from '../options/suggested.ts';
import { namesSource } from '../options/train.ts';
import { showCount } from '../progress.ts';
import { showComparison } from '../showComparison.ts';
import { knownTo, withEngine } from '../session.ts';
import { describeCell } from '../text/comparisonCell.ts';
import { counted } from '../text/units.ts';

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
    .action((options: OpenTestOptions & { estimate?: true; dryRun?: true }, command: Command) => {
      const plan = comparisonPlanOf(command, kind);
      return withEngine(command, async (session) => {
        const { client, output, signal } = session;
        const onProgress = showCount(output, 'reading', 'files');
        const suggested = suggestComparison(plan, await knownTo(client), { source: namesSource(command) });
        if (suggested.said) output.note(suggested.said);
        const { base } = suggested.plan;
        // Whatever is trained, it is not larger than the whole network.
        const whole = { ...base, strategy: 'full', classifier: 'softmax' } as const;
        const settled = { ...suggested.plan, base: await withAutomaticBatch(session, command, base, whole) };
        if (options.estimate) return tellEstimate(session, 'comparison.estimate', settled);
        if (options.dryRun) {
          const foreseen = await client.call('comparison.cells', settled, { signal });
          return output.result(foreseen, () => describeForeseen(foreseen));
        }
        const named = { ...settled, ...namedStudy(command) };
        const started = await client.call('comparison.start', named, { signal, onProgress });
        output.note(`comparison ${started.id}`);
        noteDoubts(output, started, started.plan.base.positive);
        await showComparison(session, await followComparison(session, started), options.openTest);
      });
    });
}

function describeForeseen({ cells, more }: OutputOf<'comparison.cells'>): string {
  const number = more
    ? `${counted(cells.length, 'run')} at least; what follows depends on their results`
    : counted(cells.length, 'run');
  return [...cells.map((cell) => describeCell(cell, undefined)), `${number}.`].join('\n');
}
