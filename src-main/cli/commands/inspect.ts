import type { Command } from 'commander';
import { backboneMethods, type Inspection } from '../../contract/backbone.ts';
import type { InputOf } from '../../contract/index.ts';
import { denseObstacle } from '../../backbone/dense.ts';
import { inspect } from '../../backbone/inspect.ts';
import { findBackbone } from '../../backbone/zoo/index.ts';
import { NumericOption } from '../options/numeric.ts';
import { outputOf } from '../session.ts';
import { paragraphs, table } from '../text/table.ts';
import { orNone, scaled } from '../text/units.ts';

type InspectOptions = Omit<InputOf<'backbone.inspect'>, 'backbone' | 'channels'> & { grey?: true };

/** Needs no engine: it works while a window has the workspace open. */
export function addInspect(program: Command): void {
  const { shape } = backboneMethods['backbone.inspect'].input;
  program
    .command('inspect')
    .argument('<backbone>', 'name, as `cutpoint backbones` lists it')
    .option('--cut <name>', 'parameters and multiply-accumulates of the network cut here')
    .addOption(new NumericOption('--classes <n>', 'classes to tell apart', { one: shape.classes }))
    .addOption(new NumericOption('--input <pixels>', 'side of the image', { one: shape.input }))
    .option('--grey', 'for images with one channel')
    .action((backbone: string, { grey, ...options }: InspectOptions, command: Command) => {
      const channels = grey ? 1 : 3;
      const input = backboneMethods['backbone.inspect'].input.parse({ backbone, channels, ...options });
      const inspection = inspect(findBackbone(backbone), input);
      outputOf(command).result(inspection, () => describe(inspection));
    });
}

function describe({ backbone, input, cut, parameters, macs, cuts }: Inspection): string {
  const obstacle = denseObstacle(findBackbone(backbone), { height: input, width: input });
  const what = cut === undefined ? backbone : `${backbone} cut at ${cut}`;
  return paragraphs(
    `${what}, images of ${input}×${input} pixels: ${scaled(parameters)} parameters, ${scaled(macs)} MACs`,
    table(
      [
        { title: 'Cut' },
        { title: 'Block' },
        { title: 'Parameters', align: 'right' },
        { title: 'MACs', align: 'right' },
        { title: 'Channels', align: 'right' },
        { title: 'Stride', align: 'right' },
        { title: 'Sees', align: 'right' },
      ],
      cuts.map((point) => [
        point.name,
        point.endsBlock ? `${point.block} (end)` : point.block,
        scaled(point.parameters),
        scaled(point.macs),
        String(point.channels),
        orNone(point.stride),
        point.receptiveField ? `${point.receptiveField.pixels} px${point.receptiveField.gated ? '*' : ''}` : 'all',
      ]),
    ),
    'Sees: side of the square of the image that one unit of the map depends on (receptive field).',
    cuts.some(({ stride }) => stride === null) &&
      'all: a dense layer reads the whole map; its features have no place in the image. Without a cut the network ends with its last map.',
    obstacle && `${obstacle.message} At this size they are no cuts.`,
    cuts.some(({ receptiveField }) => receptiveField?.gated) &&
      '*: squeeze and excitation, which sees the whole image, weighs the channels besides.',
  );
}
