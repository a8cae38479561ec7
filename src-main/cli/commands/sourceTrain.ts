import { Option, type Command } from 'commander';
import { CutpointError } from '../../contract/errors.ts';
import { nature, type Nature } from '../../contract/origin.ts';
import { PRETRAINING } from '../../contract/source.ts';
import { addTrainOptions, planOf } from '../options/train.ts';
import { withEngine } from '../session.ts';
import { describeOneSource } from '../text/source.ts';

export interface TrainSourceOptions {
  data?: string;
  name: string;
  nature: Nature;
  fromRun?: string;
  estimate?: true;
}

/** What a source decides itself: the whole backbone under a dense head is trained. */
const WITHOUT = ['strategy', 'cut', 'classifier', 'svmC', 'frozenVariants'];

export function addSourceTrain(source: Command): void {
  const command = source
    .command('train')
    .description('pretrain a network on a labelled folder, natural or medical, and keep its backbone as a source')
    .addHelpText(
      'after',
      `
The whole network is trained under global average pooling, dropout and a dense layer; the epoch that is the best by
--selection is kept, and its backbone becomes a source once the run is completed, also after \`cutpoint resume\`. The test
set is opened for it, which the log says: it is not the one that a study is judged by. With --from-run nothing is trained.

Examples:
  cutpoint source train --data textures --nature natural --backbone resnet18 --input 96 --name textures
  cutpoint source train --data skin --nature medical --source textures --lr 1e-4 --name skin
  cutpoint source train --from-run 20260301-101500-abcd --name mine`,
    );
  addTrainOptions(command, { without: WITHOUT, standard: PRETRAINING });
  // A run has its own.
  const data = command.options.find(({ long }) => long === '--data')!;
  data.mandatory = false;
  command
    .requiredOption('--name <name>', 'name for `--source`')
    .addOption(new Option('--nature <kind>', 'what the images are of').choices(nature.options).default('unknown'))
    .option('--from-run <id>', 'take over the backbone of this finished run; its test set stays sealed')
    .option('--estimate', 'say what it will take, and start nothing')
    .action(async (options: TrainSourceOptions, command: Command) => {
      if (options.fromRun !== undefined) return takeOver(command, { ...options, fromRun: options.fromRun });
      if (options.data === undefined) {
        throw new CutpointError('INPUT_INVALID', 'There is nothing to train a source on.', {
          remedy: 'Name a folder of images with --data, or a finished run with --from-run.',
        });
      }
      const plan = planOf(command, PRETRAINING);
      // Read now: what only lists the options waits for none of it.
      const { startSource } = await import('../startSource.ts');
      return withEngine(command, async (session) => startSource(session, command, plan, options));
    });
}

/** @throws CutpointError INPUT_INVALID beside options of training, which would do nothing */
function takeOver(command: Command, { name, nature: kind, fromRun }: TrainSourceOptions & { fromRun: string }) {
  const own = ['name', 'nature', 'fromRun'];
  const foreign = command.options.find(
    (option) => !own.includes(option.attributeName()) && command.getOptionValueSource(option.attributeName()) === 'cli',
  );
  if (foreign) {
    throw new CutpointError(
      'INPUT_INVALID',
      `${foreign.long ?? ''} has no meaning with --from-run: nothing is trained.`,
      {
        remedy: 'Leave one of the two out.',
      },
    );
  }
  return withEngine(command, async ({ client, output, signal }) => {
    const source = await client.call('source.fromRun', { run: fromRun, name, nature: kind }, { signal });
    output.result(source, () => describeOneSource(source));
  });
}
