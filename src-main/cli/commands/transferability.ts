import { Option, type Command } from 'commander';
import type { InputOf } from '../../contract/index.ts';
import { transferabilityMethods, type RankedSource } from '../../contract/transferability.ts';
import { dataOptionAt, dataSelection, defined } from '../options/data.ts';
import { addProbingOptions, PROBING_OPTIONS, probingOf, type ProbingOptions } from '../options/probing.ts';
import { names, NONE } from '../options/read.ts';
import { refused } from '../options/refusal.ts';
import { withEngine, type Session } from '../session.ts';
import { fromJob } from '../text/rankings.ts';
import { describeSources } from '../text/transferability.ts';
import { whole } from '../text/units.ts';

interface Options extends ProbingOptions {
  data: string;
  backbone: string;
  sources?: string[];
  cut?: string;
}

const RUN = 'run:';

export function addTransferability(program: Command): void {
  const command = program
    .command('transferability')
    .requiredOption('--data <dir>', 'folder of images')
    .requiredOption('--backbone <name>', 'network, see `cutpoint backbones`: sources of one are compared')
    .addOption(
      new Option(
        '--sources <names>',
        'pretrained weights, see `cutpoint sources`; `none` for random weights, run:ID for a run that was trained here; left out: all of this backbone, and random weights',
      ).argParser(names),
    )
    .option('--cut <name>', 'where the network ends, see `cutpoint inspect`; left out: all of it')
    .addHelpText(
      'after',
      `
LogME, H-score, N-LEEP, PARC and, of runs, LEEP rate pretrained features on your images without fine-tuning. Beside them
stands the AUROC of a linear probe and, where runs were fine-tuned from these weights on the same images with the same
settings, how each estimate ranked the weights as fine-tuning did: with interval and p-value. Without that, no estimate is a
ground to choose by.

Example:
  cutpoint transferability --data study --labels study/labels.csv --backbone resnet18 --sources imagenet,textures,none`,
    );
  addProbingOptions(command).action((options: Options, own: Command) =>
    withEngine(own, async (session) => {
      const { client, output, signal } = session;
      const input = inputOf(options, own, await sourcesOf(options, session));
      const report = await client.call('transferability.sources', input, {
        signal,
        onProgress: ({ doing, done, total, position, of }) =>
          output.progress(
            `source ${position} of ${of}, ${doing === 'pass' ? 'one pass' : doing}: ${whole(done)} of ${whole(total)}`,
          ),
      });
      const { rankings } = await client.call('transferability.correlation', fromJob(report), { signal });
      output.result({ ...report, rankings }, () => describeSources(report, rankings));
    }),
  );
}

async function sourcesOf({ backbone, sources }: Options, { client, signal }: Session): Promise<RankedSource[]> {
  if (sources) return sources.map(sourceOf);
  const known = await client.call('source.list', {}, { signal });
  return [...known.filter((each) => each.backbone === backbone).map(({ name }) => name), NONE].map(sourceOf);
}

function sourceOf(name: string): RankedSource {
  if (name === NONE) return { kind: 'random', seed: 0 };
  return name.startsWith(RUN) ? { kind: 'run', run: name.slice(RUN.length) } : { kind: 'source', name };
}

/** @throws CutpointError INPUT_INVALID, naming the options */
function inputOf(options: Options, command: Command, sources: RankedSource[]): InputOf<'transferability.sources'> {
  const { data, backbone, cut } = options;
  const input = {
    ...{ backbone, sources, data: dataSelection(data, options) },
    ...probingOf(options),
    ...defined({ cut }),
  };
  const parsed = transferabilityMethods['transferability.sources'].input.safeParse(input);
  if (parsed.success) return parsed.data;
  throw refused(
    command,
    parsed.error.issues,
    (path) => PROBING_OPTIONS[path.join('.')] ?? dataOptionAt(path) ?? `--${path[0]}`,
  );
}
