import { Option, type Command } from 'commander';
import { contract, type InputOf } from '../../contract/index.ts';
import { CutpointError } from '../../contract/errors.ts';
import { probeInput } from '../../contract/probe.ts';
import { fit } from '../../contract/run.ts';
import { addLabelOptions, dataSelection, defined, type LabelOptions } from '../options/data.ts';
import { names, NONE, number } from '../options/read.ts';
import { withEngine } from '../session.ts';
import { describeProbe } from '../text/probe.ts';
import { whole } from '../text/units.ts';

interface ProbeOptions extends LabelOptions {
  data?: string;
  backbone?: string;
  source?: string;
  weightsSeed?: number;
  run?: string;
  at?: 'initial' | 'best';
  input?: number;
  fit?: string;
  grey?: true;
  folds?: number;
  limit?: number;
  positive?: string;
  goOn?: string[];
  splitValidation?: number;
  splitTest?: number;
  batch?: number;
  seed?: number;
}

const DOING = { reading: 'reading', pass: 'one pass:', probing: 'probing' };
const WHAT = { reading: 'images', pass: 'images', probing: 'cuts' };

export function addProbe(program: Command): void {
  const { folds, limit } = probeInput.shape;
  const command = program
    .command('probe')
    .description('what a linear classifier finds at each cut of a network, in minutes, before any fine-tuning')
    .option('--data <dir>', 'folder of images; of a run without it: its validation and test images')
    .option('--backbone <name>', 'network; see `cutpoint backbones`')
    .option('--source <name>', 'pretrained weights, see `cutpoint sources`; `none` for random weights')
    .addOption(new Option('--weights-seed <n>', 'of random weights').argParser(number))
    .option('--run <id>', 'in place of a backbone: a run, as `cutpoint runs` lists it')
    .addOption(new Option('--at <when>', 'of a run: before fine-tuning or after').choices(['initial', 'best']))
    .addOption(new Option('--input <pixels>', 'side of the square that images are brought to').argParser(number))
    .addOption(new Option('--fit <how>', 'how they are brought to it').choices(fit.options))
    .option('--grey', 'for images of one channel')
    .addOption(
      new Option('--folds <n>', `of the cross-validation (default: ${folds.parse(undefined)})`).argParser(number),
    )
    .addOption(
      new Option('--limit <n>', `most images, whole patients (default: ${limit.parse(undefined)})`).argParser(number),
    )
    .addOption(new Option('--split-validation <share>', 'as for `train`').argParser(number))
    .addOption(
      new Option('--split-test <share>', 'as for `train`: these patients are left out; 0: none are').argParser(number),
    )
    .option('--positive <class>', 'as for `train`')
    .addOption(new Option('--go-on <codes>', 'as for `train`').argParser(names))
    .addOption(new Option('--batch <n>', 'images at a time').argParser(number))
    .addOption(new Option('--seed <n>', 'of the test part left out, the images drawn and the folds').argParser(number))
    .addHelpText(
      'after',
      `
Each cut's features, averaged over the picture, are given to a logistic regression, cross-validated by patient. LogME and
H-score rate the same features without folds. The patients that \`train\` with the same seed tests on are left out.

Example:
  cutpoint probe --data study --labels study/labels.csv --backbone resnet50 --source imagenet`,
    );
  addLabelOptions(command).action((options: ProbeOptions, command: Command) => {
    const input = inputOf(options);
    return withEngine(command, async ({ client, output, signal }) => {
      const report = await client.call('probe.sweep', input, {
        signal,
        onProgress: ({ doing, done, total }) =>
          output.progress(`${DOING[doing]} ${whole(done)} of ${whole(total)} ${WHAT[doing]}`),
      });
      output.result(report, () => describeProbe(report));
    });
  });
}

/** @throws CutpointError INPUT_INVALID, naming the options */
function inputOf(options: ProbeOptions): InputOf<'probe.sweep'> {
  const { data, backbone, run, source, weightsSeed, at, grey, splitValidation, splitTest, goOn, ...rest } = options;
  if ((backbone === undefined) === (run === undefined)) {
    throw new CutpointError('INPUT_INVALID', 'Either --backbone or --run says which network is probed.', {
      remedy: '`cutpoint backbones` and `cutpoint runs` list them.',
    });
  }
  const { split } = probeInput.pick({ split: true }).parse({});
  const input = {
    network:
      run === undefined
        ? { kind: 'backbone', backbone, ...defined({ seed: weightsSeed }), source: source === NONE ? null : source }
        : { kind: 'run', run, ...defined({ at }) },
    ...(data !== undefined && { data: dataSelection(data, options) }),
    ...(grey && { channels: 1 }),
    split: { ...split, ...defined({ validation: splitValidation, test: splitTest }) },
    ...defined({ ...rest, accept: goOn }),
  };
  const parsed = contract['probe.sweep'].input.safeParse(input);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `--${path.join('.')} (${message})`);
  throw new CutpointError('INPUT_INVALID', `Some options are not allowed: ${problems.join(', ')}.`, {
    remedy: '`cutpoint probe --help` lists the options.',
  });
}
