import type { Graph, GraphNode } from '../../backbone/graph.ts';
import { sizeOf } from '../../backbone/parameters.ts';
import { countReaders } from '../../backbone/readers.ts';
import { inferShapes, type ImageSize } from '../../backbone/shapes.ts';
import type { Ops } from '../tensor/ops.ts';
import { countReads, nodesWithGradient } from './flow.ts';
import { fuse } from './fusion.ts';
import { savesInput } from './ops/activation.ts';
import { positionOf } from './run.ts';
import { temporariesOf } from './temporaries.ts';

/** Values of one image that are in memory, several owners to a buffer where operations share it. */
class Tally {
  live = 0;
  peak = 0;

  make(size: number): Buffer {
    this.live += size;
    this.peak = Math.max(this.peak, this.live);
    return { size, owners: 1 };
  }

  drop(buffer: Buffer): void {
    if (--buffer.owners === 0) this.live -= buffer.size;
  }

  /** What an operation needs beside its inputs and outputs while it runs. */
  pass(size: number): void {
    this.peak = Math.max(this.peak, this.live + size);
  }
}

interface Buffer {
  size: number;
  owners: number;
}

const shared = (buffer: Buffer): Buffer => {
  buffer.owners++;
  return buffer;
};

/**
 * The most values of one image that a training step holds at once: the forward and backward pass of `trainingPass`, gone
 * through with sizes in place of tensors.
 * @param from node whose output the step starts from; default: the input node
 * @param ops of the engine that trains
 */
export function trainingValues(
  graph: Graph,
  image: ImageSize,
  { from, ops }: { from: string | null; ops: Pick<Ops, 'takesAlong' | 'normalised'> },
): number {
  const { nodes } = graph;
  const shapes = inferShapes(graph, image);
  const sizes = new Map([...shapes].map(([name, shape]) => [name, sizeOf(shape)]));
  const start = nodes[from === null ? 0 : positionOf(nodes, from)]!;
  const computed = nodes.slice(nodes.indexOf(start) + 1);
  const flows = nodesWithGradient(start, computed, { parameters: true, at: [] });
  const fusion = fuse(computed, ops, new Set([nodes.at(-1)!.name]));
  const readers = countReads(computed, flows, fusion);

  const tally = new Tally();
  const values = new Map<string, Buffer>();
  const saved = new Map<string, Buffer>();
  const release = (name: string): void => {
    const left = readers.get(name)! - 1;
    readers.set(name, left);
    if (left === 0) tally.drop(values.get(name)!);
  };
  // The batch itself stays the caller's.
  values.set(start.name, shared(tally.make(sizes.get(start.name)!)));
  for (const node of computed) {
    const inputs = node.inputs.map((name) => values.get(name)!);
    const size = sizes.get(node.name)!;
    const passes = fusion.passes(node);
    // What a convolution gives is kept for the gradient, and what is normalised comes besides.
    const joined = node.op !== 'batchNorm' && fusion.normOf(node) !== undefined;
    if (joined) saved.set(node.name, tally.make(size));
    const output = sharesInput(node) || passes ? shared(inputs[0]!) : tally.make(size);
    if (!passes) tally.pass(temporariesOf(node, size, inputs[0]!.size).forward);
    if (flows.has(node.name) && !passes) {
      if (node.op === 'activation')
        saved.set(node.name, shared(savesInput(node.attributes.kind) ? inputs[0]! : output));
      if (node.op === 'dropout') saved.set(node.name, tally.make(size));
    }
    values.set(node.name, output);
    if ((readers.get(node.name) ?? 0) === 0) tally.drop(output);
    node.inputs.forEach(release);
  }

  const flowing = new Map([[nodes.at(-1)!.name, tally.make(sizes.get(nodes.at(-1)!.name)!)]]);
  for (const node of computed.toReversed()) {
    if (!flows.has(node.name)) continue;
    const dy = flowing.get(node.name)!;
    const size = sizes.get(node.name)!;
    const wanted = node.inputs.filter((name) => flows.has(name));
    const passes = fusion.passes(node);
    const gradients = wanted.map((name) =>
      node.op === 'add' || node.op === 'flatten' || passes ? shared(dy) : tally.make(sizes.get(name)!),
    );
    if (!passes) tally.pass(temporariesOf(node, size, sizes.get(node.inputs[0]!)!).backward);
    tally.drop(dy);
    const kept = saved.get(node.name);
    if (kept) tally.drop(kept);
    const { reads } = fusion.handlerOf(node);
    if (reads.inputs) node.inputs.forEach(release);
    if (reads.output) release(node.name);
    wanted.forEach((name, i) => {
      const before = flowing.get(name);
      const gradient = gradients[i]!;
      flowing.set(name, before ? tally.make(gradient.size) : gradient);
      if (before) [before, gradient].forEach((each) => tally.drop(each));
    });
  }
  return tally.peak;
}

/** The same of a forward pass alone, from `from` to `to`. */
export function inferenceValues(
  graph: Graph,
  image: ImageSize,
  span: { from?: string | null; to?: string } = {},
): number {
  const { nodes } = graph;
  const shapes = inferShapes(graph, image);
  const first = span.from == null ? 0 : positionOf(nodes, span.from);
  const last = span.to === undefined ? nodes.length - 1 : positionOf(nodes, span.to);
  const computed = nodes.slice(first + 1, last + 1);
  const readers = countReaders(computed);
  const tally = new Tally();
  const values = new Map([[nodes[first]!.name, shared(tally.make(sizeOf(shapes.get(nodes[first]!.name)!)))]]);
  for (const node of computed) {
    const inputs = node.inputs.map((name) => values.get(name)!);
    const size = sizeOf(shapes.get(node.name)!);
    values.set(node.name, sharesInput(node) || node.op === 'dropout' ? shared(inputs[0]!) : tally.make(size));
    tally.pass(temporariesOf(node, size, inputs[0]!.size).forward);
    for (const name of node.inputs) {
      readers.set(name, readers.get(name)! - 1);
      if (readers.get(name) === 0) tally.drop(values.get(name)!);
    }
  }
  return tally.peak;
}

const sharesInput = ({ op }: GraphNode): boolean => op === 'flatten';
