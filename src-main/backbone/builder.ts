import type { Attributes, Graph, GraphNode, OpName } from './graph.ts';

/**
 * Writes a graph node by node, in topological order. The place (block and unit) set by `within` holds until the next.
 */
export class GraphBuilder {
  readonly #nodes: GraphNode[] = [];
  readonly #names = new Set<string>();
  #place: { block?: string; unit?: string } = {};

  /** Nodes added from now on belong to this unit (what a cut may not sever) of this block (stage). */
  within(block: string, unit: string): void {
    this.#place = { block, unit };
  }

  /**
   * Appends a node and returns its name, so that calls chain through their results.
   * @throws Error (a defect of the family's file) where the name is taken or an input is not there yet.
   */
  add<K extends OpName>(op: K, name: string, inputs: readonly string[], attributes: Attributes[K]): string {
    if (this.#names.has(name)) throw new Error(`two nodes are named '${name}'`);
    for (const input of inputs) if (!this.#names.has(input)) throw new Error(`'${name}' reads '${input}' before it is`);
    this.#names.add(name);
    this.#nodes.push({ name, op, inputs, attributes, ...this.#place } as GraphNode);
    return name;
  }

  /** Appends nodes of another graph, units and blocks included, under other names. */
  copy(nodes: readonly GraphNode[], rename: (name: string) => string): void {
    for (const { name, op, inputs, attributes, unit, block } of nodes) {
      this.#place = { ...(unit && { unit: rename(unit) }), ...(block && { block: rename(block) }) };
      this.add(op, rename(name), inputs.map(rename), attributes);
    }
  }

  /** The node added last. */
  get end(): string {
    return this.#nodes.at(-1)!.name;
  }

  /** Nodes added from now on belong to no unit: the published classifier, which is never cut. */
  outside(): void {
    this.#place = {};
  }

  build(name: string): Graph {
    return { name, nodes: this.#nodes };
  }
}
