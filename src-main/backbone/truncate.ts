import { CutpointError } from '../contract/errors.ts';
import { cutNodes } from './cuts.ts';
import type { Graph } from './graph.ts';

/**
 * The backbone up to and including the node at the cut. A cut at the output gives the whole backbone.
 * @throws CutpointError CUT_UNKNOWN, with the valid names in `details.valid`
 */
export function truncate(graph: Graph, cut: string): Graph {
  const cuts = cutNodes(graph);
  const valid = cuts.map((node) => node.name);
  if (!valid.includes(cut)) {
    const exists = graph.nodes.find((node) => node.name === cut);
    const near = exists && cuts.find(({ unit }) => unit === exists.unit);
    throw new CutpointError(
      'CUT_UNKNOWN',
      exists
        ? `${graph.name} cannot be cut at '${cut}': that would break a unit or a skip connection apart.`
        : `${graph.name} has no cut named '${cut}'.`,
      {
        remedy: near
          ? `Choose '${near.name}', with which its unit ends, or another of: ${valid.join(', ')}.`
          : `Choose one of: ${valid.join(', ')}.`,
        details: { valid },
      },
    );
  }
  const end = graph.nodes.findIndex((node) => node.name === cut) + 1;
  return { name: graph.name, nodes: graph.nodes.slice(0, end) };
}
