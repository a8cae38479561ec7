import type { ReceptiveField } from '../contract/backbone.ts';
import type { Graph, GraphNode, Pair, Shape } from './graph.ts';
import { explicitPadding } from './padding.ts';
import { inferShapes, type ImageSize } from './shapes.ts';

/** Along an axis, in pixels: the first and the last that the first unit sees, and the step to the next unit. */
interface Extent {
  first: number;
  last: number;
  step: number;
}

/** What a node sees of the image; no extents: all of it. */
interface Seen {
  extents: readonly [vertical: Extent, horizontal: Extent] | null;
  gated: boolean;
}

const PIXEL: Extent = { first: 0, last: 0, step: 1 };

/**
 * The receptive field of every node that has units along height and width, for images of this size: all pixels that one of
 * them can see over any path (Araujo et al. 2019, Computing Receptive Fields of Convolutional Neural Networks, Distill). It
 * may be larger than the image. The gate of a squeeze and excitation sees the whole image, but says only how much of a
 * channel passes: it is told apart, and not counted.
 * @throws CutpointError INPUT_TOO_SMALL
 */
export function receptiveFields(graph: Graph, image: ImageSize): Map<string, ReceptiveField> {
  const shapes = inferShapes(graph, image);
  const seen = new Map<string, Seen>();
  const fields = new Map<string, ReceptiveField>();
  for (const node of graph.nodes) {
    const [input] = node.inputs;
    const of = seenBy(
      node,
      node.inputs.map((name) => seen.get(name)!),
      shapes.get(input ?? node.name)!,
    );
    seen.set(node.name, of);
    if (!of.extents) continue;
    const [vertical, horizontal] = of.extents;
    fields.set(node.name, {
      pixels: Math.max(vertical.last - vertical.first, horizontal.last - horizontal.first) + 1,
      centre: (vertical.first + vertical.last) / 2,
      gated: of.gated,
    });
  }
  return fields;
}

function seenBy(node: GraphNode, inputs: readonly Seen[], [height = 1, width = 1]: Shape): Seen {
  if (node.op === 'input') return { extents: [PIXEL, PIXEL], gated: false };
  if (node.op === 'globalAveragePool' || node.op === 'flatten') return { extents: null, gated: false };
  const local = inputs.flatMap(({ extents }) => (extents ? [extents] : []));
  const gated = local.length > 0 && inputs.some((each) => each.gated || !each.extents);
  if (local.length === 0) return { extents: null, gated };
  const union = [0, 1].map((axis) => local.map((extents) => extents[axis as 0 | 1]).reduce(united)) as [Extent, Extent];
  if (!('kernel' in node.attributes)) return { extents: union, gated };
  const { kernel, stride, padding } = node.attributes;
  const { top, left } = explicitPadding(padding, [height, width], kernel, stride);
  return {
    extents: [slid(union[0], [kernel[0], stride[0]], top), slid(union[1], [kernel[1], stride[1]], left)],
    gated,
  };
}

const united = (a: Extent, b: Extent): Extent => ({
  first: Math.min(a.first, b.first),
  last: Math.max(a.last, b.last),
  step: a.step,
});

/** Behind a window with so many rows or columns of padding before it. */
const slid = ({ first, last, step }: Extent, [kernel, stride]: Pair, before: number): Extent => ({
  first: first - before * step,
  last: last + (kernel - 1 - before) * step,
  step: step * stride,
});
