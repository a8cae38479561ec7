import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { cutNodes } from '../../../src-main/backbone/cuts.ts';
import type { Graph } from '../../../src-main/backbone/graph.ts';
import { withHead } from '../../../src-main/backbone/head.ts';
import type { Weights } from '../../../src-main/backbone/model.ts';
import { graphParameters, sizeOf } from '../../../src-main/backbone/parameters.ts';
import { inferShapes } from '../../../src-main/backbone/shapes.ts';
import { truncate } from '../../../src-main/backbone/truncate.ts';
import { backbones } from '../../../src-main/backbone/zoo/index.ts';
import { trainingPass } from '../../../src-main/engine/execute/gradient.ts';
import { run, type Network } from '../../../src-main/engine/execute/run.ts';
import { generator } from '../../../src-main/engine/random.ts';
import type { Engine } from '../../../src-main/engine/tensor/engine.ts';
import { loadEngine } from '../../../src-main/engine/tensor/engines.ts';
import { crossEntropy } from '../../../src-main/engine/task/crossEntropy.ts';

// Every backbone at the smallest of these sizes that it accepts, two images.
const sizes = [32, 64, 80, 96];

function smallest(graph: Graph): number {
  for (const size of sizes) {
    try {
      inferShapes(graph, { height: size, width: size });
      return size;
    } catch {
      continue;
    }
  }
  throw new Error(`${graph.name} takes none of the sizes`);
}

/** Numbers in [-0.5, 0.5) that every parameter takes its values from: drawing 400 million of them would take a minute. */
const noise = ((): Float32Array => {
  const random = generator('zoo');
  return Float32Array.from({ length: 2 ** 20 }, () => random() - 0.5);
})();

/** He-scaled kernels; gammas 0.5 to 1, variances 0.75 to 1.25, shifts within 0.1. */
function weightsOf(graph: Graph, size: number): Weights {
  let offset = 0;
  return new Map(
    graphParameters(graph, { height: size, width: size }).map(({ key, op, role, shape }) => {
      const data = new Float32Array(sizeOf(shape));
      const fanIn = op === 'depthwiseConv' ? shape[0]! * shape[1]! : sizeOf(shape) / shape.at(-1)!;
      const scale = role === 'kernel' ? Math.sqrt(24 / fanIn) : role === 'gamma' || role === 'variance' ? 0.5 : 0.2;
      const centre = role === 'gamma' ? 0.75 : role === 'variance' ? 1 : 0;
      offset = (offset + 7919) % 4096;
      for (let i = 0; i < data.length; i++) data[i] = centre + scale * noise[(offset + i) & (2 ** 20 - 1)]!;
      return [key, { shape, data }];
    }),
  );
}

const finite = (tensor: Tensor): boolean => tf.tidy(() => Number.isFinite(tf.sum(tf.abs(tensor)).dataSync()[0]!));
const equal = (a: Tensor, b: Tensor): boolean => tf.tidy(() => tf.all(tf.equal(a, b)).dataSync()[0] === 1);

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine('tensorflow');
});

describe.each(backbones.map((backbone) => [backbone.name, backbone] as const))('%s', (_name, backbone) => {
  it('cut anywhere gives what the full network has there; one training pass reaches every parameter', () => {
    const backboneGraph = backbone.build();
    const graph = withHead(backboneGraph, { classes: 2, pooling: 'average', dropout: 0 });
    const size = smallest(graph);
    const network: Network = { graph, ops: engine.ops, variables: engine.createVariables(weightsOf(graph, size)) };
    const x = tf.randomUniform([2, size, size, 3], -1, 1, 'float32', 7);

    const cuts = cutNodes(backboneGraph).map((node) => node.name);
    const activations = run(network, x, { taps: cuts });
    // Each cut network is that of the cut before and what follows, so only that is computed: of all that lies before, the
    // comparison at the cuts before has shown what it gives.
    let before: Graph | undefined;
    for (const [i, cut] of cuts.entries()) {
      const cutGraph = truncate(backboneGraph, cut);
      expect(cutGraph.nodes.slice(0, before?.nodes.length ?? 0), `up to ${cut}`).toEqual(before?.nodes ?? []);
      const from = cuts[i - 1];
      const output = run({ ...network, graph: cutGraph }, activations.get(from ?? '') ?? x, { from }).get(cut)!;
      expect(finite(output), `${cut} is finite`).toBe(true);
      expect(equal(output, activations.get(cut)!), `the network cut at ${cut} gives its activation`).toBe(true);
      output.dispose();
      before = cutGraph;
    }
    tf.dispose([...activations.values()]);

    const gradients = trainingPass(network, x, {
      random: () => 0.5,
      momentum: 0.9,
      lossGradient: (logits) => crossEntropy(logits, [0, 1], [1, 1]).gradient,
    });
    const parameters = graphParameters(graph, { height: size, width: size });
    const trainable = parameters.flatMap((parameter) => (parameter.trainable ? [parameter.key] : []));
    expect([...gradients.keys()].toSorted()).toEqual(trainable.toSorted());
    for (const [key, gradient] of gradients) expect(finite(gradient), `the gradient of ${key} is finite`).toBe(true);
    const first = gradients.get(trainable[0]!)!;
    expect(
      tf.tidy(() => tf.max(tf.abs(first)).dataSync()[0]!),
      `${trainable[0]} learns`,
    ).toBeGreaterThan(0);
    tf.dispose([x, ...gradients.values()]);
    network.variables.dispose();
  });
});
