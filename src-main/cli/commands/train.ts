import type { Command } from 'commander';
import { openTestOption } from '../options/openTest.ts';
import { addTrainOptions, planOf } from '../options/train.ts';
import { withEngine } from '../session.ts';
import type { StartOptions } from '../startRun.ts';

export function addTrain(program: Command): void {
  const command = program.command('train').addHelpText(
    'after',
    `
Ctrl-C interrupts a run; \`cutpoint resume ID\` continues from its last checkpoint. The split into training, validation
and test images is by patient where patients are known, stratified by class and determined by the seed. The epoch that is
the best by --selection is kept. The test set is sealed until it is opened: by --open-test, or later by \`cutpoint open-test\`.
Same plan, same machine, same engine: the same numbers.

Examples:
  cutpoint train --data study
  cutpoint source add mobilenet_v2.h5 --backbone mobilenet_v2_keras --name imagenet
  cutpoint train --data study --labels study/labels.csv --group-column patient \\
    --backbone mobilenet_v2_keras --source imagenet --cut block_9_add --epochs 5`,
  );
  addTrainOptions(command)
    .option('--estimate', 'say what it will take, and start nothing')
    .addOption(openTestOption())
    .action(async (options: StartOptions, command: Command) => {
      const plan = planOf(command);
      // Read now: what only lists the options waits for none of it.
      const { startRun } = await import('../startRun.ts');
      return withEngine(command, async (session) => startRun(session, command, plan, options));
    });
}
