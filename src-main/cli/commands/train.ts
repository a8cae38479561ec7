import type { Command } from 'commander';
import { withAutomaticBatch } from '../automaticBatch.ts';
import { tellEstimate } from '../estimate.ts';
import { noteDoubts } from '../doubts.ts';
import { follow } from '../follow.ts';
import { showCount } from '../progress.ts';
import { openTestOption, type OpenTestOptions } from '../options/openTest.ts';
import { namedStudy } from '../options/study.ts';
import { suggestRun } from '../options/suggested.ts';
import { addTrainOptions, namesSource, planOf } from '../options/train.ts';
import { knownTo, withEngine, type Session } from '../session.ts';
import { showRun } from '../showRun.ts';
import { bytes } from '../text/units.ts';
import type { TrainingPlanInput } from '../../contract/plan.ts';

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
    .action((options: OpenTestOptions & { estimate?: true }, command: Command) => {
      const plan = planOf(command);
      return withEngine(command, async (session) => {
        const { client, signal, output } = session;
        const onProgress = showCount(output, 'reading', 'files');
        const suggested = suggestRun(plan, await knownTo(client), { source: namesSource(command) });
        if (suggested.said) output.note(suggested.said);
        const settled = await withAutomaticBatch(session, command, suggested.plan);
        if (options.estimate) return tellEstimate(session, 'run.estimate', settled);
        await tellMemory(session, settled);
        const named = { ...settled, ...namedStudy(command) };
        const started = await client.call('run.start', named, { signal, onProgress });
        output.note(`run ${started.id}`);
        noteDoubts(output, started, started.plan.positive);
        await showRun(session, await follow(session, started), options.openTest);
      });
    });
}

/** Share of the memory from which on its use is worth a line. */
const NEAR = 0.6;

/** Says before the start how near training comes to the memory there is; what does not fit is refused by the start. */
async function tellMemory({ client, output, signal }: Session, plan: TrainingPlanInput): Promise<void> {
  const estimate = await client.call('run.memory', plan, { signal });
  if (!estimate?.fits || estimate.bytes < NEAR * estimate.room) return;
  output.note(
    `memory: training needs about ${bytes(estimate.bytes)} of ${bytes(estimate.room)}; the largest batch that fits is ${estimate.batch}`,
  );
}
