import { CutpointError } from '../contract/errors.ts';
import type { Graph, GraphNode, OpName, Padding, Pair, Shape } from './graph.ts';
import { windowOutput } from './padding.ts';

/** Height and width of the images, in pixels. */
export interface ImageSize {
  height: number;
  width: number;
}

type ShapeRule<K extends OpName> = (node: GraphNode<K>, inputs: readonly Shape[], image: ImageSize) => Shape;

const rules: { [K in OpName]: ShapeRule<K> } = {
  input: (node, _inputs, image) => [image.height, image.width, node.attributes.channels],
  conv: (node, inputs) => {
    const { filters, groups } = node.attributes;
    if (spatial(node, inputs)[2] % groups !== 0 || filters % groups !== 0) throw unfit(node, inputs);
    return [...slide(node.attributes, spatial(node, inputs)), filters];
  },
  depthwiseConv: (node, inputs) => [...slide(node.attributes, spatial(node, inputs)), spatial(node, inputs)[2]],
  batchNorm: (node, inputs) => only(node, inputs),
  layerNorm: (node, inputs) => only(node, inputs),
  channelScale: (node, inputs) => only(node, inputs),
  activation: (node, inputs) => only(node, inputs),
  maxPool: (node, inputs) => [...slide(node.attributes, spatial(node, inputs)), spatial(node, inputs)[2]],
  averagePool: (node, inputs) => [...slide(node.attributes, spatial(node, inputs)), spatial(node, inputs)[2]],
  upsample: (node, inputs) => {
    const [height, width, channels] = spatial(node, inputs);
    return [height * node.attributes.factor, width * node.attributes.factor, channels];
  },
  globalAveragePool: (node, inputs) => {
    const channels = spatial(node, inputs)[2];
    return node.attributes.keepSpatial ? [1, 1, channels] : [channels];
  },
  flatten: (node, inputs) => [only(node, inputs).reduce((product, length) => product * length, 1)],
  add: (node, inputs) => {
    const first = inputs[0];
    if (first === undefined || inputs.some((shape) => shape.join() !== first.join())) throw unfit(node, inputs);
    return first;
  },
  multiply: (node, inputs) => {
    const [first, second] = inputs;
    if (!first || !second || inputs.length !== 2) throw unfit(node, inputs);
    const perChannel = [1, 1, first.at(-1)].join();
    if (second.join() !== first.join() && second.join() !== perChannel) throw unfit(node, inputs);
    return first;
  },
  concat: (node, inputs) => {
    const [first] = inputs;
    const outer = first?.slice(0, -1);
    if (!outer || inputs.some((shape) => shape.slice(0, -1).join() !== outer.join())) throw unfit(node, inputs);
    return [...outer, inputs.reduce((sum, shape) => sum + shape.at(-1)!, 0)];
  },
  dropout: (node, inputs) => only(node, inputs),
  dense: (node, inputs) => [...only(node, inputs).slice(0, -1), node.attributes.units],
  softmax: (node, inputs) => only(node, inputs),
};

/**
 * The shape that each node of the graph gives for one image of this size (no batch dimension), by node name.
 * @throws CutpointError INPUT_TOO_SMALL where a convolution or pooling would have no output left.
 */
export function inferShapes(graph: Graph, image: ImageSize): Map<string, Shape> {
  const shapes = new Map<string, Shape>();
  for (const node of graph.nodes) {
    const inputs = node.inputs.map((name) => {
      const shape = shapes.get(name);
      if (!shape) throw new Error(`'${node.name}' reads '${name}', which is not before it`);
      return shape;
    });
    const shape = apply(node, inputs, image);
    if (shape.some((length) => !(length >= 1))) {
      throw new CutpointError(
        'INPUT_TOO_SMALL',
        `Images of ${image.height} × ${image.width} pixels are too small for ${graph.name}: nothing is left of them at '${node.name}'.`,
        { remedy: 'Choose a larger input size, or an earlier cut.', details: { node: node.name } },
      );
    }
    shapes.set(node.name, shape);
  }
  return shapes;
}

function apply<K extends OpName>(node: GraphNode<K>, inputs: readonly Shape[], image: ImageSize): Shape {
  return (rules[node.op] as ShapeRule<K>)(node, inputs, image);
}

function slide(window: { kernel: Pair; stride: Pair; padding: Padding }, [height, width]: readonly number[]): Pair {
  return windowOutput(window.padding, [height!, width!], window.kernel, window.stride);
}

function only(node: GraphNode, inputs: readonly Shape[]): Shape {
  if (inputs.length !== 1 || inputs[0] === undefined) throw unfit(node, inputs);
  return inputs[0];
}

function spatial(node: GraphNode, inputs: readonly Shape[]): readonly [number, number, number] {
  const shape = only(node, inputs);
  if (shape.length !== 3) throw unfit(node, inputs);
  return shape as unknown as readonly [number, number, number];
}

function unfit(node: GraphNode, inputs: readonly Shape[]): Error {
  return new Error(`'${node.name}' (${node.op}) cannot take ${inputs.map((shape) => `[${shape}]`).join(' and ')}`);
}
