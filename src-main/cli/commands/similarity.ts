import { Option, type Command } from 'commander';
import type { Client, InputOf } from '../../contract/index.ts';
import { similarityInput, spatial } from '../../contract/similarity.ts';
import { addLabelOptions, dataSelection, defined, type LabelOptions } from '../options/data.ts';
import { NumericOption } from '../options/numeric.ts';
import { names } from '../options/read.ts';
import { networkState, STATE_FORMS } from '../options/state.ts';
import type { Output } from '../output.ts';
import { withEngine } from '../session.ts';
import { describeSimilarity } from '../text/similarity.ts';
import { whole } from '../text/units.ts';

interface SimilarityOptions extends LabelOptions {
  at: 'initial' | 'best';
  against?: string;
  matrix?: true;
  cuts?: string[];
  againstCuts?: string[];
  data?: string;
  images?: number;
  positions?: number;
  variance?: number;
  draws?: number;
  seed?: number;
}

const DOING = { reading: 'reading', activations: 'computing activations of', comparing: 'comparing' } as const;

export function addSimilarity(program: Command): void {
  const { limit, share, draws, seed } = similarityInput.shape;
  const [, { shape: sample }] = spatial.options;
  const command = program
    .command('similarity')
    .argument('<run>', 'run, as `cutpoint runs` lists it')
    .addOption(
      new Option('--at <state>', 'the run before or after training').choices(['initial', 'best']).default('best'),
    )
    .option(
      '--against <network>',
      `the other network: ${STATE_FORMS.join('; ')} (default: initial, with --matrix the same network)`,
    )
    .option('--matrix', 'every cut against every cut')
    .option('--cuts <names>', 'cuts, separated by commas (default: all block ends)', names)
    .option('--against-cuts <names>', '--matrix: cuts of the other network (default: its block ends)', names)
    .option('--data <dir>', 'folder of images (default: the validation images of the run)');
  addLabelOptions(command)
    .addOption(new NumericOption('--images <n>', 'largest number of images', { one: limit }))
    .addOption(
      new NumericOption('--positions <n>', 'sampled positions of each image', {
        ...{ one: sample.positions, standard: 'maps are averaged over space' },
      }),
    )
    .addOption(new NumericOption('--variance <share>', 'share of the variance that SVCCA keeps', { one: share }))
    .addOption(new NumericOption('--draws <n>', 'draws of random features, averaged', { one: draws }))
    .addOption(
      new NumericOption('--seed <n>', 'seed of the images, positions and random features drawn', { one: seed }),
    )
    .action((run: string, options: SimilarityOptions, command: Command) =>
      withEngine(command, async ({ client, output, signal }) => {
        const input = await inputOf(run, options, client, signal);
        const report = await client.call('similarity.compare', input, { signal, onProgress: showProgress(output) });
        output.result(report, () => describeSimilarity(report));
      }),
    );
}

async function inputOf(
  id: string,
  options: SimilarityOptions,
  client: Client,
  signal: AbortSignal,
): Promise<InputOf<'similarity.compare'>> {
  const { plan } = await client.call('run.get', { id }, { signal });
  const { at, matrix, positions } = options;
  const against = options.against ?? (matrix ? at : 'initial');
  const [first, second] = [
    networkState(at, { id, backbone: plan.backbone }),
    networkState(against, { id, backbone: plan.backbone }),
  ];
  return {
    // Before stands first, after second.
    ...(matrix || options.against !== undefined ? { a: first, b: second } : { a: second, b: first }),
    pairs: matrix ? 'matrix' : 'vertical',
    ...(options.data !== undefined && { data: dataSelection(options.data, options) }),
    ...(positions !== undefined && { spatial: { kind: 'sample', positions } }),
    ...defined({
      cuts: options.cuts,
      against: options.againstCuts,
      limit: options.images,
      share: options.variance,
      draws: options.draws,
      seed: options.seed,
    }),
  };
}

function showProgress(output: Output) {
  return ({ doing, done, total }: { doing: keyof typeof DOING; done: number; total: number }) =>
    output.progress(`${DOING[doing]} ${whole(done)} of ${whole(total)} ${doing === 'comparing' ? 'pairs' : 'images'}`);
}
