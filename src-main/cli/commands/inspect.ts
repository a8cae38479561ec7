import type { Command } from 'commander';
import { backboneMethods, type Inspection } from '../../contract/backbone.ts';
import type { InputOf } from '../../contract/index.ts';
import { denseObstacle } from '../../backbone/dense.ts';
import { isUnet } from '../../backbone/unet/names.ts';
import { inspectNamed } from '../../backbone/unet/inspect.ts';
import { mapsFor } from '../../backbone/unet/build.ts';
import { findBackbone } from '../../backbone/zoo/index.ts';
import { NumericOption } from '../options/numeric.ts';
import { outputOf } from '../session.ts';
import { paragraphs, table } from '../text/table.ts';
import { counted, orNone, scaled } from '../text/units.ts';

type InspectOptions = Omit<InputOf<'backbone.inspect'>, 'backbone' | 'channels'> & { grey?: true };

/** Needs no engine: it works while a window has the workspace open. */
export function addInspect(program: Command): void {
  const { shape } = backboneMethods['backbone.inspect'].input;
  program
    .command('inspect')
    .argument('<backbone>', 'name, as `cutpoint backbones` lists it, or of a network for masks')
    .option('--cut <name>', 'parameters and multiply-accumulates of the network cut here')
    .addOption(new NumericOption('--classes <n>', 'classes to tell apart', { one: shape.classes }))
    .addOption(new NumericOption('--input <pixels>', 'side of the image', { one: shape.input }))
    .option('--grey', 'for images with one channel')
    .action((backbone: string, { grey, ...options }: InspectOptions, command: Command) => {
      const channels = grey ? 1 : 3;
      const input = backboneMethods['backbone.inspect'].input.parse({ backbone, channels, ...options });
      const inspection = inspectNamed(backbone, input);
      outputOf(command).result(inspection, () => (isUnet(backbone) ? describeUnet : describe)(inspection));
    });
}

function describe(inspection: Inspection): string {
  const { backbone, input, cuts } = inspection;
  const obstacle = denseObstacle(findBackbone(backbone), { height: input, width: input });
  return paragraphs(
    headline(inspection),
    cutTable(inspection, 'Block', ({ block, endsBlock }) => (endsBlock ? `${block} (end)` : block)),
    'Sees: side of the square of the image that one unit of the map depends on (receptive field).',
    cuts.some(({ stride }) => stride === null) &&
      'all: a dense layer reads the whole map; its features have no place in the image. Without a cut the network ends with its last map.',
    obstacle && `${obstacle.message} At this size they are no cuts.`,
    gateNote(inspection),
  );
}

/** It makes masks: what is left at a cut has its decoder and head. */
function describeUnet(inspection: Inspection): string {
  const maps = mapsFor(inspection.classes);
  return paragraphs(
    headline(inspection),
    cutTable(inspection, 'Encoder ends with', ({ block }) => block),
    `Encoder and decoder lose the same blocks. Parameters and MACs are those of all that is left, with a head for ${counted(maps, 'map')}.`,
    'Channels and stride: of the map with which the encoder ends. Sees: side of the square of the image that a place of the mask depends on, at most (receptive field).',
    gateNote(inspection),
  );
}

const headline = ({ backbone, input, cut, parameters, macs }: Inspection): string =>
  `${cut === undefined ? backbone : `${backbone} cut at ${cut}`}, images of ${input}×${input} pixels: ${scaled(parameters)} parameters, ${scaled(macs)} MACs`;

const gateNote = ({ cuts }: Inspection): string | false =>
  cuts.some(({ receptiveField }) => receptiveField?.gated) &&
  '*: squeeze and excitation, which sees the whole image, weighs the channels besides.';

function cutTable({ cuts }: Inspection, second: string, of: (point: Inspection['cuts'][number]) => string): string {
  return table(
    [
      { title: 'Cut' },
      { title: second },
      { title: 'Parameters', align: 'right' },
      { title: 'MACs', align: 'right' },
      { title: 'Channels', align: 'right' },
      { title: 'Stride', align: 'right' },
      { title: 'Sees', align: 'right' },
    ],
    cuts.map((point) => [
      point.name,
      of(point),
      scaled(point.parameters),
      scaled(point.macs),
      String(point.channels),
      orNone(point.stride),
      point.receptiveField ? `${point.receptiveField.pixels} px${point.receptiveField.gated ? '*' : ''}` : 'all',
    ]),
  );
}
