import { Option, type Command } from 'commander';
import type { InputOf } from '../../contract/index.ts';
import { CutpointError } from '../../contract/errors.ts';
import { probeMethods } from '../../contract/probe.ts';
import { networkState } from '../../contract/similarity.ts';
import { dataOptionAt, dataSelection, defined } from '../options/data.ts';
import { NumericOption } from '../options/numeric.ts';
import { addProbingOptions, PROBING_OPTIONS, probingOf, type ProbingOptions } from '../options/probing.ts';
import { NONE } from '../options/read.ts';
import { refused } from '../options/refusal.ts';
import { suggestNetwork } from '../options/suggested.ts';
import { knownTo, withEngine, type Session } from '../session.ts';
import { describeProbe } from '../text/probe.ts';
import { fromJob } from '../text/rankings.ts';
import { whole } from '../text/units.ts';

interface ProbeOptions extends ProbingOptions {
  data?: string;
  backbone?: string;
  source?: string;
  weightsSeed?: number;
  run?: string;
  at?: 'initial' | 'best';
  estimates?: true;
}

type ProbedNetwork = InputOf<'probe.sweep'>['network'];

const DOING = { reading: 'reading', pass: 'one pass:', probing: 'probing' };
const WHAT = { reading: 'images', pass: 'images', probing: 'cuts' };

export function addProbe(program: Command): void {
  const [, { shape: backbone }] = networkState.options;
  const command = program
    .command('probe')
    .option('--data <dir>', 'folder of images; left out with --run: the validation and test images of the run')
    .option('--backbone <name>', 'network, see `cutpoint backbones`; left out: as for `train`')
    .option('--source <name>', 'pretrained weights, see `cutpoint sources`; `none` for random weights')
    .addOption(new NumericOption('--weights-seed <n>', 'seed of the random weights', { one: backbone.seed }))
    .option('--run <id>', 'a run in place of a backbone, as `cutpoint runs` lists it')
    .addOption(new Option('--at <when>', 'of a run: before or after fine-tuning').choices(['initial', 'best']))
    .option(
      '--estimates',
      'N-LEEP, PARC and, of a run, LEEP, too; and how all estimates ranked the cuts beside runs that were fine-tuned on these images',
    )
    .addHelpText(
      'after',
      `
Each cut's features, averaged over the image, are given to a logistic regression, cross-validated by patient
(or whatever groups the images). LogME and H-score rate the same features without folds; whether they say anything about
fine-tuning on your images is measured with --estimates. The images that \`train\` with the same seed tests on are left out.

Example:
  cutpoint probe --data study --labels study/labels.csv
  cutpoint probe --data study --labels study/labels.csv --backbone resnet50 --source imagenet`,
    );
  addProbingOptions(command).action((options: ProbeOptions, command: Command) => {
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
      if (!asked.estimates) return output.result(report, () => describeProbe(report));
      const { rankings } = await client.call('transferability.correlation', fromJob(report), { signal });
      output.result({ ...report, rankings }, () => describeProbe(report, rankings));
    });
  });
}

/** The run that is named, or the backbone, '' where none is; @throws CutpointError INPUT_INVALID, naming the options */
function inputOf(options: ProbeOptions, command: Command): InputOf<'probe.sweep'> {
  const { data, backbone, run, source, weightsSeed, at, estimates } = options;
  if (backbone !== undefined && run !== undefined) {
    throw new CutpointError('INPUT_INVALID', 'Either --backbone or --run says which network is probed, not both.', {
      remedy: '`cutpoint backbones` and `cutpoint runs` list them.',
    });
  }
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
    ...probingOf(options),
    ...defined({ estimates }),
  };
  const parsed = probeMethods['probe.sweep'].input.safeParse(input);
  if (parsed.success) return parsed.data;
  throw refused(
    command,
    parsed.error.issues,
    (path) => PROBING_OPTIONS[path.join('.')] ?? dataOptionAt(path) ?? `--${path[0]}`,
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
