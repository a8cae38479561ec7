import { CutpointError } from '../contract/errors.ts';
import type { SourceSummary } from '../contract/source.ts';
import { cutNodes, cutPoints } from './cuts.ts';
import type { Graph, Shape } from './graph.ts';
import { inferShapes, type ImageSize } from './shapes.ts';
import { backbones, type Backbone } from './zoo/index.ts';

// Dense layers as cuts: a backbone ends with its last map, unless the cut lies in a hidden dense layer of the published
// classifier. Then these belong to it too.

/** Names of the cuts in the dense layers of a backbone, in order; most have none. */
export function denseCuts(backbone: Backbone): string[] {
  if (!backbone.withDense) return [];
  const trunk = new Set(backbone.build().nodes.map(({ name }) => name));
  return cutNodes(backbone.withDense()).flatMap(({ name }) => (trunk.has(name) ? [] : [name]));
}

/**
 * The graph in which a cut lies: up to the last map, or with the dense layers behind it. One that is unknown is looked for
 * among all cuts.
 * @throws CutpointError INPUT_INVALID for a cut in dense layers that images of this size do not fit; INPUT_TOO_SMALL
 */
export function graphWith(backbone: Backbone, cut: string | undefined, image: ImageSize): Graph {
  const trunk = backbone.build();
  if (cut === undefined || !backbone.withDense || cutNodes(trunk).some(({ name }) => name === cut)) return trunk;
  const obstacle = denseObstacle(backbone, image);
  if (obstacle === null) return backbone.withDense();
  if (!denseCuts(backbone).includes(cut)) return trunk;
  throw new CutpointError('INPUT_INVALID', obstacle.message, { remedy: obstacle.remedy });
}

/**
 * The graph with all cuts that there are for images of this size: the dense layers are among them where they fit.
 * @param dense the cuts in dense layers that there are weights for; left out: all
 * @throws CutpointError INPUT_TOO_SMALL
 */
export function graphAt(backbone: Backbone, image: ImageSize, dense: readonly string[] = denseCuts(backbone)): Graph {
  const last = dense.at(-1);
  if (last === undefined || !backbone.withDense || denseObstacle(backbone, image) !== null) return backbone.build();
  const { name, nodes } = backbone.withDense();
  return { name, nodes: nodes.slice(0, nodes.findIndex((node) => node.name === last) + 1) };
}

/**
 * Why the dense layers of a backbone are no cuts for images of this size, in a sentence, and what to do; null where they
 * are, or where it has none. Their kernels have a row for each place of the published map. Torchvision's network would
 * average another map down to that size; what it then computes is not what the layers were trained on.
 * @throws CutpointError INPUT_TOO_SMALL
 */
export function denseObstacle(backbone: Backbone, image: ImageSize): { message: string; remedy: string } | null {
  if (!backbone.withDense) return null;
  const [wanted, found] = [lastMap(backbone, backbone.input), lastMap(backbone, image)];
  if (wanted.join() === found.join()) return null;
  const fits = (side: number): boolean => lastMap(backbone, side).join() === wanted.join();
  let [least, most] = [backbone.input, backbone.input];
  while (fits(least - 1)) least--;
  while (fits(most + 1)) most++;
  const map = ([height, width]: Shape): string => `${height} × ${width}`;
  return {
    message: `The dense layers of ${backbone.title} read a map of ${map(wanted)}, and images of ${image.height} × ${image.width} pixels leave one of ${map(found)}.`,
    remedy: `Choose an input size from ${least} to ${most} pixels, or a cut up to '${backbone.build().nodes.at(-1)!.name}'.`,
  };
}

function lastMap(backbone: Backbone, image: number | ImageSize): Shape {
  const graph = backbone.build();
  const size = typeof image === 'number' ? { height: image, width: image } : image;
  return inferShapes(graph, size).get(graph.nodes.at(-1)!.name)!;
}

/**
 * The cuts in dense layers that a source has weights for: those up to which it has parameters. Sources of versions that
 * left the dense layers out have none, and count none.
 */
export function denseCutsIn({ backbone: name, parameters }: Pick<SourceSummary, 'backbone' | 'parameters'>): string[] {
  const backbone = backbones.find((each) => each.name === name);
  return backbone ? denseCuts(backbone).filter((cut) => parametersUpTo(backbone, cut) <= parameters) : [];
}

/** Trainable parameters of a backbone, without a classifier. @param cut in its dense layers; left out: up to its last map */
export function parametersUpTo(backbone: Backbone, cut?: string): number {
  const image = { height: backbone.input, width: backbone.input };
  const points = cutPoints(graphAt(backbone, image), image);
  return (
    cut === undefined ? points.findLast(({ stride }) => stride !== null) : points.find(({ name }) => name === cut)
  )!.parameters;
}
