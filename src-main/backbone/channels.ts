import type { Graph } from './graph.ts';
import type { Preprocessing } from './model.ts';

/** The same network for images of 1 (grey) or 3 channels; only the convolution that reads them has other parameters. */
export function withChannels(graph: Graph, channels: number): Graph {
  return {
    name: graph.name,
    nodes: graph.nodes.map((node) => (node.op === 'input' ? { ...node, attributes: { channels } } : node)),
  };
}

/** The node that reads the image, where it is a convolution. */
export function firstConvolution(graph: Graph): string | undefined {
  const input = graph.nodes.find((node) => node.op === 'input')?.name;
  return graph.nodes.find((node) => node.op === 'conv' && node.inputs[0] === input)?.name;
}

/**
 * Preprocessing of grey images by the means of mean and deviation over the colours. Of a grey image the three
 * channels that the source was trained on would hold the same value, and the summed first convolution can take only one
 * standardisation of it; the mean is the one that is nearest to all three, and exact where they are equal.
 */
export function greyPreprocessing({ mean, std }: Preprocessing): Preprocessing {
  const average = ([red, green, blue]: Preprocessing['mean']) => (red + green + blue) / 3;
  const [m, s] = [average(mean), average(std)];
  return { mean: [m, m, m], std: [s, s, s], grey: true };
}
