import type { Command } from 'commander';
import { explainMethods, type FilterLayer } from '../../contract/explain.ts';
import { defined } from '../options/data.ts';
import { NumericOption } from '../options/numeric.ts';
import { contactSheet } from '../pictures/sheet.ts';
import { intoFolder, write } from '../pictures/folder.ts';
import { showCount } from '../progress.ts';
import { withEngine } from '../session.ts';
import { describeFilters, type WrittenLayer } from '../text/explain.ts';
import { pathOf } from '../../userPath.ts';

interface Options {
  out: string;
  source?: true;
  cut?: string[];
  channels?: number[] | number;
  size?: number;
  steps?: number;
  seed?: number;
}

export function addFilters(program: Command): void {
  const { channels, size, steps, seed } = explainMethods['explain.filters'].input.shape;
  const [count, list] = channels.unwrap().options;
  program
    .command('filters')
    .argument('<name>', 'run, as `cutpoint runs` lists it; with --source, pretrained weights')
    .option('--source', 'NAME is a source: pretrained weights as they are, see `cutpoint sources`')
    .option('--cut <name...>', 'layers, by the names of their cuts (default: the last)')
    .addOption(
      new NumericOption(
        '--channels <n|list>',
        'how many (evenly spread), or which ones, such as 0,3,7 (a single one: 3,)',
        {
          ...{ one: count, each: list.element, standard: channels.parse(undefined) },
        },
      ),
    )
    .addOption(new NumericOption('--size <pixels>', 'side of the images', { one: size }))
    .addOption(new NumericOption('--steps <n>', 'steps of gradient ascent', { one: steps }))
    .addOption(new NumericOption('--seed <n>', 'seed of the noise that it starts from', { one: seed }))
    .requiredOption('--out <dir>', 'new folder: for each layer a sheet of all its images, and each on its own')
    .action((name: string, { out, source, cut: cuts, ...options }: Options, command: Command) => {
      const folder = pathOf(out);
      return withEngine(command, ({ client, output, signal }) =>
        intoFolder(folder, async () => {
          const { layers } = await client.call(
            'explain.filters',
            { of: source ? { source: name } : { run: name }, ...defined({ cuts, ...options }) },
            { signal, onProgress: showCount(output, 'ascending', 'channels') },
          );
          const written: WrittenLayer[] = [];
          for (const layer of layers) written.push(await writeLayer(folder, layer));
          await write(folder, 'filters.json', `${JSON.stringify({ of: name, layers: written }, null, 2)}\n`);
          output.result({ folder, layers: written }, () => describeFilters(written, folder));
        }),
      );
    });
}

async function writeLayer(folder: string, { filters, ...layer }: FilterLayer): Promise<WrittenLayer> {
  const plain = layer.cut.replaceAll(/[^\w.-]/g, '_');
  const sheet = `${plain}.png`;
  await write(folder, sheet, await contactSheet(filters.map(({ png }) => png)));
  const written: WrittenLayer['filters'] = [];
  for (const { png, ...filter } of filters) {
    const file = `${plain}-${String(filter.channel).padStart(4, '0')}.png`;
    await write(folder, file, png);
    written.push({ ...filter, file });
  }
  return { ...layer, sheet, filters: written };
}
