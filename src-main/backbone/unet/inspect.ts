import type { CutPoint, Inspection } from '../../contract/backbone.ts';
import { withChannels } from '../channels.ts';
import { count } from '../count.ts';
import type { Graph } from '../graph.ts';
import { inspect } from '../inspect.ts';
import { receptiveFields } from '../receptiveField.ts';
import { inferShapes, type ImageSize } from '../shapes.ts';
import { findBackbone } from '../zoo/index.ts';
import { buildUnet, encoderEnd, UNET_HEAD } from './build.ts';
import { checkSide, findUnetCut, FULL, multipleOf, unetCutsAt, type UnetCut } from './cuts.ts';
import { isUnet, type UnetName } from './names.ts';

type Asked = Parameters<typeof inspect>[1];

/**
 * What a network of this name is, and what is left of it at a cut.
 * @throws CutpointError BACKBONE_UNKNOWN, CUT_UNKNOWN, INPUT_TOO_SMALL, INPUT_INVALID for images that a cut does not fit
 */
export const inspectNamed = (name: string, asked: Asked): Inspection =>
  isUnet(name) ? inspectUnet(name, asked) : inspect(findBackbone(name), asked);

/**
 * What is left of a U-Net at the cuts that square images of this side fit: decoder and head included, which a network for
 * masks is nothing without. Channels and stride are those of the deepest map, the receptive field is that of the mask.
 */
function inspectUnet(unet: UnetName, { cut: name, classes, input, channels = 3 }: Asked): Inspection {
  const cut = name === undefined ? FULL : findUnetCut(unet, name);
  checkSide(unet, cut, input);
  const image = { height: input, width: input };
  const cuts = unetCutsAt(image).map((each) =>
    cutPointOf(unet, each, withChannels(buildUnet(unet, each, { classes }), channels), image),
  );
  const { parameters, macs } = cuts.find((each) => each.name === cut.name)!;
  return {
    backbone: unet,
    input,
    classes,
    ...(name === undefined ? {} : { cut: name }),
    parameters,
    macs,
    cuts,
  };
}

function cutPointOf(
  unet: UnetName,
  cut: UnetCut,
  graph: Graph,
  image: ImageSize,
): CutPoint & Pick<Inspection['cuts'][number], 'receptiveField'> {
  const end = encoderEnd(unet, cut);
  return {
    name: cut.name,
    block: end,
    endsBlock: true,
    ...count(graph, image),
    channels: inferShapes(graph, image).get(end)!.at(-1)!,
    stride: multipleOf(cut),
    receptiveField: receptiveFields(graph, image).get(UNET_HEAD)!,
  };
}
