import { countNodes } from '../../../backbone/count.ts';
import { cutNodes } from '../../../backbone/cuts.ts';
import type { Graph } from '../../../backbone/graph.ts';
import { sizeOf } from '../../../backbone/parameters.ts';
import type { ImageSize } from '../../../backbone/shapes.ts';

/**
 * Multiply-accumulates in the time of which memory moves one activation. The wide layers at the bottom of a network move
 * many activations for few multiply-accumulates, so that counting these alone makes shallow cuts look cheaper than they
 * are: MobileNetV2 cut in its middle has 0.5 of the multiply-accumulates and takes 0.74 of the time (96 pixels, 2 cores).
 * Measured: 10 at 48 pixels, 40 at 96.
 */
const PER_ACTIVATION = 20;

/** Of each cut, the work of a training step of the network truncated there, per image, in multiply-accumulates forward. */
export type Work = ReadonlyMap<string, number>;

/** The multiply-accumulates of every cut, and its activations in their unit. @throws CutpointError INPUT_TOO_SMALL */
export function stepWork({ graph, image }: { graph: Graph; image: ImageSize }): Work {
  const cuts = new Set(cutNodes(graph).map(({ name }) => name));
  const work = new Map<string, number>();
  let sum = 0;
  for (const { node, shape, macs } of countNodes(graph, image)) {
    sum += macs + PER_ACTIVATION * sizeOf(shape);
    if (cuts.has(node.name)) work.set(node.name, sum);
  }
  return work;
}
