import { Option, type Command } from 'commander';
import type { InputOf } from '../../contract/index.ts';
import { CutpointError } from '../../contract/errors.ts';
import { probeInput, probeMethods } from '../../contract/probe.ts';
import { fit } from '../../contract/plan.ts';
import { networkState } from '../../contract/similarity.ts';
import { addLabelOptions, dataOptionAt, dataSelection, defined, type LabelOptions } from '../options/data.ts';
import { NumericOption } from '../options/numeric.ts';
import { names, NONE } from '../options/read.ts';
import { refused } from '../options/refusal.ts';
import { addSplitOptions, splitRuleOf, type SplitOptions } from '../options/split.ts';
import { suggestNetwork } from '../options/suggested.ts';
import { knownTo, withEngine, type Session } from '../session.ts';
import { describeProbe } from '../text/probe.ts';
import { whole } from '../text/units.ts';

interface ProbeOptions extends LabelOptions, SplitOptions {
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

type ProbedNetwork = InputOf<'probe.sweep'>['network'];

/** Options whose names are not those of their settings. */
const OPTIONS: Readonly<Record<string, string>> = {
  'split.validation': '--split-validation',
  'split.test': '--split-test',
  accept: '--go-on',
  channels: '--grey',
};

const DOING = { reading: 'reading', pass: 'one pass:', probing: 'probing' };
const WHAT = { reading: 'images', pass: 'images', probing: 'cuts' };

export function addProbe(program: Command): void {
  const { input, folds, limit, split, batch, seed } = probeInput.shape;
  const shares = split.unwrap().shape;
  const [, { shape: backbone }] = networkState.options;
  const command = program
    .command('probe')
    .option('--data <dir>', 'folder of images; left out with --run: the validation and test images of the run')
    .option('--backbone <name>', 'network, see `cutpoint backbones`; left out: as for `train`')
    .option('--source <name>', 'pretrained weights, see `cutpoint sources`; `none` for random weights')
    .addOption(new NumericOption('--weights-seed <n>', 'seed of the random weights', { one: backbone.seed }))
    .option('--run <id>', 'a run in place of a backbone, as `cutpoint runs` lists it')
    .addOption(new Option('--at <when>', 'of a run: before or after fine-tuning').choices(['initial', 'best']))
    .addOption(new NumericOption('--input <pixels>', 'side of the square that images are fitted to', { one: input }))
    .addOption(new Option('--fit <how>', 'how images are fitted to the square').choices(fit.options))
    .option('--grey', 'for images with one channel')
    .addOption(new NumericOption('--folds <n>', 'folds of the cross-validation', { one: folds }))
    .addOption(
      new NumericOption(
        '--limit <n>',
        'largest number of images; a patient (or whatever groups the images) is taken completely or not at all',
        {
          one: limit,
        },
      ),
    )
    .addOption(new NumericOption('--split-validation <share>', 'as for `train`', { one: shares.validation }))
    .addOption(
      new NumericOption('--split-test <share>', 'as for `train`: these images are left out; 0: none are', {
        one: shares.test,
      }),
    )
    .option('--positive <class>', 'as for `train`')
    .addOption(new Option('--go-on <codes>', 'as for `train`').argParser(names))
    .addOption(new NumericOption('--batch <n>', 'images at a time', { one: batch }))
    .addOption(
      new NumericOption('--seed <n>', 'seed of the test split that is left out, the images drawn and the folds', {
        one: seed,
      }),
    )
    .addHelpText(
      'after',
      `
Each cut's features, averaged over the image, are given to a logistic regression, cross-validated by patient
(or whatever groups the images). LogME and H-score rate the same features without folds. The images that \`train\` with
the same seed tests on are left out.

Example:
  cutpoint probe --data study --labels study/labels.csv
  cutpoint probe --data study --labels study/labels.csv --backbone resnet50 --source imagenet`,
    );
  addSplitOptions(addLabelOptions(command)).action((options: ProbeOptions, command: Command) => {
    const asked = inputOf(options, command);
    return withEngine(command, async (session) => {
      const { client, output, signal } = session;
      const network = await networkOf(asked.network, options, session);
      const report = await client.call(
        'probe.sweep',
        { ...asked, network },
        {
          signal,
          onProgress: ({ doing, done, total }) =>
            output.progress(`${DOING[doing]} ${whole(done)} of ${whole(total)} ${WHAT[doing]}`),
        },
      );
      output.result(report, () => describeProbe(report));
    });
  });
}

/** The run that is named, or the backbone, '' where none is; @throws CutpointError INPUT_INVALID, naming the options */
function inputOf(options: ProbeOptions, command: Command): InputOf<'probe.sweep'> {
  const { data, backbone, run, source, weightsSeed, at, grey, splitValidation, splitTest, goOn, ...rest } = options;
  if (backbone !== undefined && run !== undefined) {
    throw new CutpointError('INPUT_INVALID', 'Either --backbone or --run says which network is probed, not both.', {
      remedy: '`cutpoint backbones` and `cutpoint runs` list them.',
    });
  }
  const { split } = probeInput.pick({ split: true }).parse({});
  const input = {
    network:
      run === undefined
        ? {
            kind: 'backbone',
            backbone: backbone ?? '',
            ...defined({ seed: weightsSeed }),
            source: source === NONE ? null : source,
          }
        : { kind: 'run', run, ...defined({ at }) },
    ...(data !== undefined && { data: dataSelection(data, options) }),
    ...(grey && { channels: 1 }),
    split: { ...split, ...defined({ validation: splitValidation, test: splitTest }), ...splitRuleOf(options) },
    ...defined({ ...rest, accept: goOn }),
  };
  const parsed = probeMethods['probe.sweep'].input.safeParse(input);
  if (parsed.success) return parsed.data;
  throw refused(
    command,
    parsed.error.issues,
    (path) => OPTIONS[path.join('.')] ?? dataOptionAt(path) ?? `--${path[0]}`,
  );
}

/** With what is suggested filled in, and said. */
async function networkOf(
  network: ProbedNetwork,
  { source }: ProbeOptions,
  { client, output }: Session,
): Promise<ProbedNetwork> {
  if (network.kind === 'run') return network;
  const { said, ...chosen } = suggestNetwork(
    { backbone: network.backbone, source: network.source ?? null },
    await knownTo(client),
    { source: source !== undefined },
  );
  if (said) output.note(said);
  return { ...network, ...chosen };
}
