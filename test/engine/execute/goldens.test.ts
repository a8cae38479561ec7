import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import type { Graph } from '../../../src-main/backbone/graph.ts';
import type { Weights } from '../../../src-main/backbone/model.ts';
import { backbones, findBackbone } from '../../../src-main/backbone/zoo/index.ts';
import { MINUS_ONE_TO_ONE } from '../../../src-main/backbone/zoo/backbone.ts';
import { bundledFile, findEntry } from '../../../src-main/engine/catalogue/entries.ts';
import { run } from '../../../src-main/engine/execute/run.ts';
import type { Engine } from '../../../src-main/engine/tensor/engine.ts';
import { loadEngine } from '../../../src-main/engine/tensor/engines.ts';
import { preprocess } from '../../../src-main/engine/network/batch.ts';
import { importWeights } from '../../../src-main/engine/weights/import.ts';
import lite0 from '../../golden/lite0.json' with { type: 'json' };
import golden from '../../golden/zoo.json' with { type: 'json' };
import { formulaImages, formulaWeights } from '../export/formula.ts';

interface Entry {
  source: string;
  outputs: { node: string; shape: number[]; mean: number; rms: number; largest: number; values: number[] }[];
}

const entries: Readonly<Record<string, Entry>> = golden.entries;
const image = { height: golden.image[0]!, width: golden.image[1]! };

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine('tensorflow');
});

/** The one image of the goldens, from -1 to 1. */
function input(size = image): tf.Tensor4D {
  const bytes = formulaImages(1, size)[0]!;
  return preprocess(tf.tensor4d(new Float32Array(bytes), [1, size.height, size.width, 3]), MINUS_ONE_TO_ONE);
}

function expectOutputs(graph: Graph, weights: Weights, x: tf.Tensor4D, outputs: Entry['outputs']): void {
  const variables = engine.createVariables(weights);
  const maps = run({ graph, ops: engine.ops, variables }, x, { taps: outputs.map(({ node }) => node) });
  for (const { node, shape, mean, rms, largest, values } of outputs) {
    const map = maps.get(node)!;
    expect(map.shape, node).toEqual([1, ...shape]);
    const data = map.dataSync<'float32'>();
    const difference = values.map((value, i) => Math.abs(value - data[(i * golden.stride) % data.length]!));
    expect(Math.max(...difference) / largest, node).toBeLessThan(golden.tolerance);
    const sum = data.reduce((total, value) => total + value, 0);
    const squares = data.reduce((total, value) => total + value ** 2, 0);
    expect(Math.abs(sum / data.length - mean) / rms, node).toBeLessThan(golden.tolerance);
    expect(Math.abs(Math.sqrt(squares / data.length) / rms - 1), node).toBeLessThan(golden.tolerance);
  }
  tf.dispose([x, ...maps.values()]);
  variables.dispose();
}

it.each(backbones)('$name computes what the published implementation computes', (backbone) => {
  const entry = entries[backbone.name];
  if (!entry) throw new Error(`test/golden/zoo.py has not been run for ${backbone.name}`);
  const graph = backbone.build();
  expect(entry.outputs.at(-1)!.node, 'the last map is compared too').toBe(graph.nodes.at(-1)!.name);
  expectOutputs(graph, formulaWeights(graph, image), input(), entry.outputs);
});

it('EfficientNet-Lite0 computes with its published weights what the published implementation does', async ({
  skip,
}) => {
  const file = bundledFile(findEntry('efficientnet-lite0'));
  if (file === null) return skip('set-up has not fetched the weights');
  const backbone = findBackbone('efficientnet_lite0');
  const { weights, report } = await importWeights(file, backbone);
  expect([report.missing, report.mismatched, report.unexpected]).toEqual([[], [], []]);
  expectOutputs(backbone.build(), weights, input({ height: 224, width: 224 }), lite0.outputs);
});
