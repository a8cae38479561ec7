import type { ReceptiveField } from '../contract/backbone.ts';
import type { Graph, GraphNode, Pair, Shape } from './graph.ts';
import { explicitPadding } from './padding.ts';
import { inferShapes, type ImageSize } from './shapes.ts';

/**
 * Along an axis, in pixels: the first and the last that each of the first units sees, and the step from these units to as
 * many next ones. There is one such unit, unless the map was enlarged: units that were one then see the same.
 */
interface Extent {
  units: readonly { first: number; last: number }[];
  step: number;
}

/** What a node sees of the image; no extents: all of it. */
interface Seen {
  extents: readonly [vertical: Extent, horizontal: Extent] | null;
  gated: boolean;
}

const PIXEL: Extent = { units: [{ first: 0, last: 0 }], step: 1 };

/**
 * The receptive field of every node that has units along height and width, for images of this size: all pixels that one of
 * them can see over any path (Araujo et al. 2019, Computing Receptive Fields of Convolutional Neural Networks, Distill). It
 * may be larger than the image. In a map that was enlarged, units side by side see differently much: the most is told. The gate of a squeeze and excitation sees the whole image, but says only how much of a
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
      pixels:
        Math.max(...[vertical, horizontal].flatMap(({ units }) => units.map(({ first, last }) => last - first))) + 1,
      centre: (vertical.units[0]!.first + vertical.units[0]!.last) / 2,
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
  if (node.op === 'upsample') {
    const { factor } = node.attributes;
    return { extents: [enlarged(union[0], factor), enlarged(union[1], factor)], gated };
  }
  if (!('kernel' in node.attributes)) return { extents: union, gated };
  const { kernel, stride, padding } = node.attributes;
  const { top, left } = explicitPadding(padding, [height, width], kernel, stride);
  return {
    extents: [slid(union[0], [kernel[0], stride[0]], top), slid(union[1], [kernel[1], stride[1]], left)],
    gated,
  };
}

/** What the unit at any place sees. */
function unitAt({ units, step }: Extent, place: number): { first: number; last: number } {
  const rounds = Math.floor(place / units.length);
  const { first, last } = units[place - rounds * units.length]!;
  return { first: first + rounds * step, last: last + rounds * step };
}

/** The same map with `count` units told; a multiple of those that were. */
function unrolled(extent: Extent, count: number): Extent {
  const { length } = extent.units;
  if (count === length) return extent;
  const units = Array.from({ length: count }, (_, place) => unitAt(extent, place));
  return { units, step: (extent.step * count) / length };
}

/** Of two maps of equal size, read together. */
function united(a: Extent, b: Extent): Extent {
  const count = leastCommonMultiple(a.units.length, b.units.length);
  const [ours, theirs] = [unrolled(a, count), unrolled(b, count)];
  const units = ours.units.map(({ first, last }, place) => {
    const other = theirs.units[place]!;
    return { first: Math.min(first, other.first), last: Math.max(last, other.last) };
  });
  return { units, step: ours.step };
}

/** Behind a window with so many rows or columns of padding before it. */
function slid(extent: Extent, [kernel, stride]: Pair, before: number): Extent {
  const { length } = extent.units;
  const count = leastCommonMultiple(length, stride) / stride;
  const units = Array.from({ length: count }, (_, place) => {
    const start = place * stride - before;
    return { first: unitAt(extent, start).first, last: unitAt(extent, start + kernel - 1).last };
  });
  return { units, step: (extent.step * stride * count) / length };
}

/** Each unit, so many times. */
const enlarged = ({ units, step }: Extent, factor: number): Extent => ({
  units: units.flatMap((unit) => new Array<typeof unit>(factor).fill(unit)),
  step,
});

function leastCommonMultiple(a: number, b: number): number {
  let multiple = a;
  while (multiple % b !== 0) multiple += a;
  return multiple;
}
