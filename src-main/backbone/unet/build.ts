import { GraphBuilder } from '../builder.ts';
import type { Graph } from '../graph.ts';
import { symmetric } from '../padding.ts';
import { inferShapes } from '../shapes.ts';
import type { UnetCut } from './cuts.ts';
import { encoders } from './encoders.ts';
import type { UnetName } from './names.ts';

/** Channels of the decoder's blocks, the deepest first, as segmentation_models.pytorch has them by default. */
const CHANNELS = [256, 128, 64, 32, 16] as const;

const WINDOW = { kernel: [3, 3], stride: [1, 1], padding: symmetric(1), groups: 1 } as const;

/** The image has no module, and no prefix. */
const inEncoder = (name: string): string => (name === 'input' ? name : `encoder.${name}`);

/** The logits: one map of the image's size for each class, or one alone. */
export const UNET_HEAD = 'segmentation_head.0';

/** The node after which the encoder ends at a cut. */
export const encoderEnd = (unet: UnetName, { halvings }: UnetCut): string =>
  inEncoder(encoders[unet].ends[halvings - 1]!);

/** Maps that tell so many classes apart: of two, background among them, one is enough. */
export const mapsFor = (classes: number): number => (classes === 2 ? 1 : classes);

/**
 * The U-Net of segmentation_models.pytorch 0.6.0 on an encoder, up to the logits, and with its names: `encoder.` and the
 * published ones, `decoder.blocks.N.conv1.0`, `segmentation_head.0`. A block of the decoder enlarges twofold, joins the map
 * of the encoder of that size, and convolves twice. Cut, it is a U-Net on the encoder that is left: the blocks of the
 * decoder that stay keep their names, and where the first of them now reads the encoder, it has as many input channels as
 * that has.
 * @param unet.classes background among them
 */
export function buildUnet(unet: UnetName, cut: UnetCut, { classes }: { classes: number }): Graph {
  const { ends, skips = ends.slice(0, 4), centre } = encoders[unet];
  const builder = new GraphBuilder();
  const encoder = encoderUpTo(unet, ends[cut.halvings - 1]!);
  builder.copy(encoder.nodes, inEncoder);
  let end = builder.end;
  if (centre) {
    builder.within('decoder.center', 'decoder.center');
    for (const part of [0, 1]) end = convNormRelu(builder, `decoder.center.${part}`, end, channelsOf(encoder));
  }
  for (let halvings = cut.halvings - 1; halvings >= 0; halvings--) {
    const number = 4 - halvings;
    const block = `decoder.blocks.${number}`;
    builder.within(block, block);
    end = builder.add('upsample', `${block}.upsample`, [end], { factor: 2 });
    const skip = skips[halvings - 1];
    if (skip !== undefined) end = builder.add('concat', `${block}.concat`, [end, inEncoder(skip)], {});
    for (const part of ['conv1', 'conv2']) end = convNormRelu(builder, `${block}.${part}`, end, CHANNELS[number]!);
  }
  builder.outside();
  builder.add('conv', UNET_HEAD, [end], { ...WINDOW, filters: mapsFor(classes), bias: true });
  return builder.build(unet);
}

function encoderUpTo(unet: UnetName, end: string): Graph {
  const { name, nodes } = encoders[unet].build();
  return { name, nodes: nodes.slice(0, nodes.findIndex((node) => node.name === end) + 1) };
}

/** Of its last map; they depend on no size. */
function channelsOf(graph: Graph): number {
  return inferShapes(graph, { height: 32, width: 32 }).get(graph.nodes.at(-1)!.name)!.at(-1)!;
}

function convNormRelu(builder: GraphBuilder, name: string, input: string, filters: number): string {
  builder.add('conv', `${name}.0`, [input], { ...WINDOW, filters, bias: false });
  builder.add('batchNorm', `${name}.1`, [`${name}.0`], { epsilon: 1e-5, scale: true });
  return builder.add('activation', `${name}.2`, [`${name}.1`], { kind: 'relu' });
}
