import type { Graph } from './graph.ts';

/**
 * The nodes whose output has height and width. Behind flattening, or pooling to channels alone, there are features without
 * a place in the image. Follows from the operations, whatever the size of the images.
 */
export function nodesWithPositions({ nodes }: Graph): Set<string> {
  const spatial = new Set<string>();
  for (const { name, op, inputs, attributes } of nodes) {
    const flattens = op === 'flatten' || ('keepSpatial' in attributes && !attributes.keepSpatial);
    if (!flattens && inputs.every((input) => spatial.has(input))) spatial.add(name);
  }
  return spatial;
}
