import type { GraphNode } from '../../backbone/graph.ts';
import { hasParameters } from '../../backbone/parameters.ts';
import { countReaders } from '../../backbone/readers.ts';
import type { Fusion } from './fusion.ts';

/**
 * Nodes whose gradient is needed: their output depends on a parameter that is trained, or on an activation asked for.
 * @param start node that the pass begins behind
 * @param computed the nodes behind it, in order
 */
export function nodesWithGradient(
  start: GraphNode,
  computed: readonly GraphNode[],
  { parameters, at }: { parameters: boolean | ReadonlySet<string>; at: readonly string[] },
): Set<string> {
  const asked = new Set(at);
  const flows = new Set(asked.has(start.name) ? [start.name] : []);
  for (const { name, op, inputs } of computed)
    if (asked.has(name) || (hasParameters(op) && wants(parameters, name)) || inputs.some((input) => flows.has(input)))
      flows.add(name);
  return flows;
}

/** Whether gradients of the parameters of a node are asked for. */
export const wants = (parameters: boolean | ReadonlySet<string>, node: string): boolean =>
  typeof parameters === 'boolean' ? parameters : parameters.has(node);

/**
 * How often each node's output is read in a forward and backward pass: by later nodes, and by gradients. A value can be
 * freed after the last of these.
 * @param flows nodes that have a gradient
 * @param fusion how nodes are computed, and so what their gradients read
 */
export function countReads(
  computed: readonly GraphNode[],
  flows: ReadonlySet<string>,
  { handlerOf }: Pick<Fusion, 'handlerOf'>,
): Map<string, number> {
  const reads = countReaders(computed);
  for (const node of computed) {
    if (!flows.has(node.name)) continue;
    const { inputs, output } = handlerOf(node).reads;
    for (const name of [...(inputs ? node.inputs : []), ...(output ? [node.name] : [])])
      reads.set(name, (reads.get(name) ?? 0) + 1);
  }
  return reads;
}
