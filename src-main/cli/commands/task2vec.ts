import { Option, type Command } from 'commander';
import { distanceMethods, embeddingInput, fisherMode } from '../../contract/distance.ts';
import { asEmbeddingFile } from '../../engine/datasetSimilarity/file.ts';
import { addLabelOptions, dataOptionAt, dataSelection, defined, type LabelOptions } from '../options/data.ts';
import { NumericOption } from '../options/numeric.ts';
import { addProbeNetwork, probeNetworkOf, type ProbeNetworkOptions } from '../options/probeNetwork.ts';
import { names } from '../options/read.ts';
import { refused } from '../options/refusal.ts';
import { outFile, writeOut } from '../outFile.ts';
import { withEngine } from '../session.ts';
import { describeEmbedding } from '../text/distance.ts';
import { whole } from '../text/units.ts';

interface Options extends LabelOptions, ProbeNetworkOptions {
  data: string;
  out: string;
  name?: string;
  overwrite?: boolean;
  grey?: true;
  mode?: string;
  batch?: number;
  draws?: number;
  subsets?: number;
  share?: number;
  limit?: number;
  goOn?: string[];
  seed?: number;
}

const DOING = {
  reading: ['reading', 'images'],
  pass: ['one pass:', 'images'],
  head: ['heads:', 'fitted'],
  fisher: ['Fisher information of', 'images'],
} as const;

/** Options whose names are not those of their settings. */
const OPTIONS: Readonly<Record<string, string>> = {
  accept: '--go-on',
  channels: '--grey',
  'subsets.count': '--subsets',
  'subsets.share': '--share',
};

export function addTask2vec(program: Command): void {
  const { input, batch, draws, subsets, limit, seed } = embeddingInput.shape;
  const { count, share } = subsets.unwrap().shape;
  const command = program
    .command('task2vec')
    .requiredOption('--data <dir>', 'folder of images')
    .requiredOption('--out <file>', 'file that the embedding is written to, for `cutpoint distance`')
    .option('--name <name>', 'what the data set is called (default: its folder)')
    .option('--overwrite', 'replace a file that is there');
  addProbeNetwork(command, { input, fits: true })
    .option('--grey', 'for images with one channel')
    .addOption(
      new Option(
        '--mode <how>',
        'squares of the gradients of each image, or of the mean gradient of a batch, as the code of Task2Vec’s authors has it (default: perImage)',
      ).choices(fisherMode.options),
    )
    .addOption(new NumericOption('--batch <n>', '--mode batch: images whose gradients are averaged', { one: batch }))
    .addOption(new NumericOption('--draws <n>', 'labels drawn for each image from what is predicted', { one: draws }))
    .addOption(
      new NumericOption(
        '--subsets <n>',
        'embed so many subsets in place of the whole set; van den Brandt et al.: 100',
        {
          one: count,
        },
      ),
    )
    .addOption(new NumericOption('--share <share>', '--subsets: share of the images in each', { one: share }))
    .addOption(
      new NumericOption('--limit <n>', 'largest number of images; what groups them is taken completely or not at all', {
        one: limit,
      }),
    )
    .addOption(new Option('--go-on <codes>', 'as for `train`').argParser(names))
    .addOption(
      new NumericOption('--seed <n>', 'seed of the images drawn, the subsets, the head and the labels', { one: seed }),
    )
    .addHelpText(
      'after',
      `
The diagonal Fisher information of the filters of a network for the task of telling these classes apart
(Achille et al. 2019). Every image counts, those of a test part too.

Example:
  cutpoint task2vec --data study --labels study/labels.csv --out study.json
  cutpoint task2vec --data textures --out textures.json
  cutpoint distance study.json textures.json`,
    );
  addLabelOptions(command).action((options: Options, command: Command) =>
    withEngine(command, async (session) => {
      const { client, output, signal } = session;
      const out = outFile(options.out, options);
      const asked = {
        data: dataSelection(options.data, options),
        network: await probeNetworkOf(options, session),
        ...(options.grey && { channels: 1 as const }),
        ...(options.subsets !== undefined && {
          subsets: { count: options.subsets, ...defined({ share: options.share }) },
        }),
        ...defined({
          input: options.input,
          fit: options.fit,
          mode: options.mode,
          batch: options.batch,
          draws: options.draws,
        }),
        ...defined({ limit: options.limit, accept: options.goOn, seed: options.seed }),
      };
      const parsed = distanceMethods['distance.embed'].input.safeParse(asked);
      if (!parsed.success) {
        throw refused(
          command,
          parsed.error.issues,
          (path) => OPTIONS[path.join('.')] ?? dataOptionAt(path) ?? `--${String(path[0])}`,
        );
      }
      const found = await client.call('distance.embed', parsed.data, {
        signal,
        onProgress: ({ doing, done, total }) =>
          output.progress(`${DOING[doing][0]} ${whole(done)} of ${whole(total)} ${DOING[doing][1]}`),
      });
      const { origin, ...embedding } = { ...found, name: options.name ?? found.name };
      await writeOut(out, asEmbeddingFile(embedding));
      const { embeddings, digests: _, ...shown } = embedding;
      output.result({ ...shown, embeddings: embeddings.length, out, origin }, () => describeEmbedding(embedding, out));
    }),
  );
}
