import { describe, expect, it } from 'vitest';
import { architectureOf } from '../../src-main/backbone/architecture.ts';
import { count } from '../../src-main/backbone/count.ts';
import { nodesWithPositions } from '../../src-main/backbone/positions.ts';
import { countReaders } from '../../src-main/backbone/readers.ts';
import { inferShapes } from '../../src-main/backbone/shapes.ts';
import { buildUnet, encoderEnd, UNET_HEAD } from '../../src-main/backbone/unet/build.ts';
import { UNET_CUTS } from '../../src-main/backbone/unet/cuts.ts';
import { inspectNamed } from '../../src-main/backbone/unet/inspect.ts';
import { ENCODERS, type UnetName } from '../../src-main/backbone/unet/names.ts';
import { backbones, findBackbone } from '../../src-main/backbone/zoo/index.ts';
import { inspection } from '../../src-main/contract/backbone.ts';
import { trainingPlan } from '../../src-main/contract/plan.ts';
import { inFile } from '../../src-main/engine/weights/dialects.ts';
import { graphParameters } from '../../src-main/backbone/parameters.ts';
import golden from '../golden/unet.json' with { type: 'json' };

const unets = Object.keys(ENCODERS) as UnetName[];
const image = { height: golden.side, width: golden.side };
const cases = unets.flatMap((unet) => UNET_CUTS.map((cut) => [unet, cut.name, cut] as const));
const inspect = (unet: string, more: { cut?: string; input?: number; classes?: number; channels?: 1 | 3 } = {}) =>
  inspection.parse(inspectNamed(unet, { classes: 2, input: golden.side, ...more }));

it('U-Net on ResNet-34 has as many parameters as segmentation_models.pytorch states for one class', () => {
  expect(inspect('unet_resnet34').parameters).toBe(24_436_369);
});

describe.each(cases)('%s cut at %s', (unet, name, cut) => {
  const graph = buildUnet(unet, cut, { classes: 2 });
  const expected = golden.entries[unet].cuts[name];

  it('counts what the library counts', () => {
    expect(count(graph, image)).toEqual({ parameters: expected.parameters, macs: expected.macs });
  });

  it('leaves whole skip connections, one a block, and mask and image of equal size', () => {
    const shapes = inferShapes(graph, { height: 96, width: 160 });
    const readers = countReaders(graph.nodes);
    expect(graph.nodes.filter((node) => !readers.has(node.name)).map((node) => node.name)).toEqual([UNET_HEAD]);
    expect(shapes.get(UNET_HEAD)).toEqual([96, 160, 1]);
    expect(shapes.get(encoderEnd(unet, cut))!.slice(0, 2)).toEqual([96, 160].map((side) => side / 2 ** cut.halvings));
    const blocks = graph.nodes.flatMap(({ op, block }) => (op === 'upsample' ? [block] : []));
    expect(blocks).toEqual([0, 1, 2, 3, 4].slice(5 - cut.halvings).map((number) => `decoder.blocks.${number}`));
    const joined = graph.nodes.filter(({ op, block = '' }) => op === 'concat' && blocks.includes(block));
    expect(joined.map(({ block }) => block)).toEqual(blocks.slice(0, -1));
    for (const { inputs } of joined) expect(inputs.filter((input) => input.startsWith('encoder.'))).toHaveLength(1);
    expect(nodesWithPositions(graph).has(UNET_HEAD)).toBe(true);
  });

  it('keeps of the whole network what stays, but for what reads the encoder from then on', () => {
    const whole = new Map(buildUnet(unet, UNET_CUTS[3], { classes: 2 }).nodes.map((node) => [node.name, node]));
    const changed = graph.nodes.filter(({ name, op, inputs }) => {
      const before = whole.get(name)!;
      return op !== before.op || inputs.join() !== before.inputs.join();
    });
    const decoder = graph.nodes.filter(({ name }) => name.startsWith('decoder.'));
    // VGG's centre lies before the first block that stays.
    const readers = [decoder[0]!, decoder.find(({ op }) => op === 'upsample')!].map((node) => node.name);
    expect(changed.map((node) => node.name)).toEqual(name === 'full' ? [] : [...new Set(readers)]);
  });
});

describe.each(unets)('%s', (unet) => {
  it('has the parameters of the library but for those that its masks do not depend on', () => {
    const { all, unused } = golden.entries[unet];
    const top = ['encoder._bn1.bias', 'encoder._bn1.weight', 'encoder._conv_head.weight'];
    expect(unused).toEqual(unet === 'unet_efficientnet_b0' ? top : []);
    expect(all - inspect(unet).parameters).toBe(unused.length > 0 ? 1280 * 320 + 2 * 1280 : 0);
  });

  it('is inspected in the form of the contract, each cut as when it is asked for', () => {
    const whole = inspect(unet);
    expect(whole.cuts.map((cut) => [cut.name, cut.stride])).toEqual([
      ['B1', 4],
      ['B2', 8],
      ['B3', 16],
      ['full', 32],
    ]);
    for (const { name, parameters, macs } of whole.cuts) {
      expect(inspect(unet, { cut: name })).toMatchObject({ cut: name, parameters, macs, cuts: whole.cuts });
    }
    expect(whole.parameters).toBe(whole.cuts.at(-1)!.parameters);
  });

  it('takes grey images, and has a map for each of several classes', () => {
    const [colour, grey, four] = [{}, { channels: 1 as const }, { classes: 4 }].map(
      (more) => inspect(unet, { cut: 'B1', ...more }).parameters,
    );
    const first = buildUnet(unet, UNET_CUTS[0], { classes: 2 }).nodes.find(({ op }) => op === 'conv')!.attributes;
    const { filters, kernel } = first as { filters: number; kernel: readonly [number, number] };
    expect(colour! - grey!).toBe(2 * filters * kernel[0] * kernel[1]);
    expect(four! - colour!).toBe(3 * (3 * 3 * 16 + 1));
  });

  it('is offered to nobody who chooses a network that tells classes apart', () => {
    expect(backbones.map(({ name }) => name)).not.toContain(unet);
    expect(backbones.map(({ name }) => name)).toContain(ENCODERS[unet]);
    const refused = expect.objectContaining({
      code: 'BACKBONE_UNKNOWN',
      message: `'${unet}' makes masks, and training such networks is not part of this version.`,
      remedy: expect.stringContaining(`such as '${ENCODERS[unet]}'`),
    });
    expect(() => findBackbone(unet)).toThrow(refused);
    const plan = trainingPlan.parse({ data: { folder: '.' }, backbone: unet, cut: 'B2' });
    expect(() => architectureOf(plan, ['a', 'b'])).toThrow(refused);
  });
});

it('parameters have the names of the library in a file', () => {
  const graph = buildUnet('unet_vgg16', UNET_CUTS[3], { classes: 2 });
  const names = graphParameters(graph, image).map((parameter) => inFile(parameter, 'torchvision').name);
  expect(names).toEqual(
    expect.arrayContaining([
      'encoder.features.0.weight',
      'encoder.features.28.bias',
      'decoder.center.0.0.weight',
      'decoder.center.1.1.running_mean',
      'decoder.blocks.0.conv1.0.weight',
      'decoder.blocks.4.conv2.1.bias',
      'segmentation_head.0.weight',
      'segmentation_head.0.bias',
    ]),
  );
});

describe('sizes', () => {
  it('that fit some cuts only are inspected at these', () => {
    expect(inspect('unet_resnet34', { cut: 'B1', input: 248 }).cuts.map(({ name }) => name)).toEqual(['B1', 'B2']);
    expect(inspect('unet_resnet34', { input: 32 }).cuts).toHaveLength(4);
  });

  it.each([
    [{ input: 250 }, 'full', 32, 'Sizes that fit: 224, 256 pixels.'],
    [{ input: 250, cut: 'B1' }, 'B1', 4, 'Sizes that fit: 248, 252 pixels.'],
    [{ input: 248 }, 'full', 32, 'Sizes that fit: 224, 256 pixels; or choose the cut B1, B2.'],
    [{ input: 248, cut: 'B3' }, 'B3', 16, 'Sizes that fit: 240, 256 pixels; or choose the cut B1, B2.'],
    [{ input: 17 }, 'full', 32, 'Sizes that fit: 32 pixels.'],
  ])('%j are refused with those that fit', (asked, cut, multiple, remedy) => {
    expect(() => inspect('unet_resnet34', asked)).toThrow(
      expect.objectContaining({
        code: 'INPUT_INVALID',
        message: `unet_resnet34 (${cut}) takes images whose sides are multiples of ${multiple} pixels, and ${asked.input} is none.`,
        remedy,
      }),
    );
  });

  it('an unknown cut is answered with those there are', () => {
    expect(() => inspect('unet_resnet34', { cut: 'layer2.3' })).toThrow(
      expect.objectContaining({ code: 'CUT_UNKNOWN', details: { valid: ['B1', 'B2', 'B3', 'full'] } }),
    );
  });
});
