import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../../src-main/backbone/builder.ts';
import { cutPoints } from '../../src-main/backbone/cuts.ts';
import type { Graph, GraphNode } from '../../src-main/backbone/graph.ts';
import { explicitPadding } from '../../src-main/backbone/padding.ts';
import { receptiveFields } from '../../src-main/backbone/receptiveField.ts';
import { inferShapes } from '../../src-main/backbone/shapes.ts';
import { buildUnet, UNET_HEAD } from '../../src-main/backbone/unet/build.ts';
import { UNET_CUTS } from '../../src-main/backbone/unet/cuts.ts';
import { backbones, findBackbone } from '../../src-main/backbone/zoo/index.ts';

/** Larger than any receptive field, so that no edge of the image hides what a unit could see. */
const SIDE = 4096;
const image = { height: SIDE, width: SIDE };

/**
 * The definition, tried out along one axis: all pixels that a unit depends on, by walking back from it; not through gates.
 * @returns the pixels seen of the unit in the middle of the node's map, or so many beside it, and its place
 */
function footprint(graph: Graph, end: string, axis: 0 | 1, beside = 0): { at: number; pixels: number[] } {
  const shapes = inferShapes(graph, image);
  const at = Math.floor(shapes.get(end)![axis]! / 2) + beside;
  const seen = new Map<string, Set<number>>([[end, new Set([at])]]);
  for (const node of graph.nodes.toReversed()) {
    const units = seen.get(node.name);
    if (!units || node.op === 'globalAveragePool') continue;
    node.inputs.forEach((input, place) => {
      if (node.op === 'multiply' && place === 1) return;
      const back = seen.get(input) ?? new Set();
      for (const unit of units) for (const each of dependsOn(node, unit, shapes.get(input)!, axis)) back.add(each);
      seen.set(input, back);
    });
  }
  return { at, pixels: [...seen.get('input')!].sort((a, b) => a - b) };
}

function dependsOn(node: GraphNode, unit: number, shape: readonly number[], axis: 0 | 1): number[] {
  if (node.op === 'upsample') return [Math.floor(unit / node.attributes.factor)];
  if (!('kernel' in node.attributes)) return [unit];
  const { kernel, stride, padding } = node.attributes;
  const { top, left } = explicitPadding(padding, [shape[0]!, shape[1]!], kernel, stride);
  const start = unit * stride[axis] - (axis === 0 ? top : left);
  return Array.from({ length: kernel[axis] }, (_, offset) => start + offset).filter((p) => p >= 0 && p < shape[axis]!);
}

describe('receptive fields', () => {
  // Of the last feature map, as Araujo et al. 2019 list them for TF-Slim's networks. Its ResNet has as many 3 × 3
  // convolutions before each stride as that of Keras, and fewer than torchvision's.
  it.each([
    ['alexnet', 195],
    ['vgg16', 212],
    ['inception_v3', 1311],
    ['resnet50_keras', 483],
    ['resnet101_keras', 1027],
  ])('of %s is that of the paper, %d pixels', (name, pixels) => {
    const graph = findBackbone(name).build();
    expect(receptiveFields(graph, image).get(graph.nodes.at(-1)!.name)!.pixels).toBe(pixels);
  });

  it.each(backbones.map((backbone) => [backbone.name, backbone] as const))(
    'of %s are the pixels that a unit depends on, at the end of every block',
    (_name, backbone) => {
      const graph = backbone.build();
      const fields = receptiveFields(graph, image);
      for (const { name, stride } of cutPoints(graph, image).filter(({ endsBlock }) => endsBlock)) {
        const { pixels, centre } = fields.get(name)!;
        const [vertical, horizontal] = [footprint(graph, name, 0), footprint(graph, name, 1)];
        const extents = [vertical, horizontal].map((each) => each.pixels.at(-1)! - each.pixels[0]! + 1);
        expect([name, Math.max(...extents)]).toEqual([name, pixels]);
        const middle = (vertical.pixels[0]! + vertical.pixels.at(-1)!) / 2;
        expect([name, centre + vertical.at * stride!]).toEqual([name, middle]);
      }
    },
  );

  it('in maps that were enlarged are the most that one of the units side by side depends on', () => {
    const b = new GraphBuilder();
    const window = { filters: 2, padding: 'same', bias: false, groups: 1 } as const;
    const conv = (name: string, input: string, kernel: number, stride: number) =>
      b.add('conv', name, [input], { ...window, kernel: [kernel, 3], stride: [stride, stride] });
    const half = conv('half', b.add('input', 'input', [], { channels: 1 }), 5, 2);
    const low = conv('low', conv('quarter', half, 3, 2), 3, 1);
    const joined = b.add('concat', 'joined', [b.add('upsample', 'twice', [low], { factor: 2 }), half], {});
    const large = b.add('upsample', 'thrice', [conv('between', joined, 3, 1)], { factor: 3 });
    // Half of three: units alternate between what six of the large map saw.
    conv('end', conv('halved', large, 3, 2), 4, 1);
    const graph = b.build('enlarged');
    const fields = receptiveFields(graph, image);
    for (const name of ['twice', 'joined', 'between', 'thrice', 'halved', 'end']) {
      const extents = Array.from({ length: 12 }, (_, beside) => {
        const { pixels } = footprint(graph, name, 0, beside);
        return pixels.at(-1)! - pixels[0]! + 1;
      });
      expect([name, fields.get(name)!.pixels]).toEqual([name, Math.max(...extents)]);
    }
    expect(fields.get('end')!.pixels).toBeGreaterThan(fields.get('low')!.pixels);
  });

  it.each(['unet_resnet18', 'unet_vgg16', 'unet_efficientnet_b0'] as const)(
    'of the masks of %s are the most that a place depends on, at every cut',
    (unet) => {
      for (const cut of UNET_CUTS) {
        const graph = buildUnet(unet, cut, { classes: 2 });
        const extents = Array.from({ length: 2 ** cut.halvings }, (_, beside) => {
          const { pixels } = footprint(graph, UNET_HEAD, 1, beside);
          return pixels.at(-1)! - pixels[0]! + 1;
        });
        const { pixels } = receptiveFields(graph, image).get(UNET_HEAD)!;
        expect([cut.name, pixels]).toEqual([cut.name, Math.max(...extents)]);
      }
    },
  );

  it('tells gates apart, which see the whole image', () => {
    const gated = (name: string) => {
      const graph = findBackbone(name).build();
      return receptiveFields(graph, image).get(graph.nodes.at(-1)!.name)!.gated;
    };
    expect(['efficientnet_b0', 'mobilenet_v3_large'].map(gated)).toEqual([true, true]);
    expect(['resnet50', 'efficientnet_lite0', 'convnext_tiny'].map(gated)).toEqual([false, false, false]);
  });
});
