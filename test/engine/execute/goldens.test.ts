import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { backbones } from '../../../src-main/backbone/zoo/index.ts';
import { MINUS_ONE_TO_ONE } from '../../../src-main/backbone/zoo/backbone.ts';
import { run } from '../../../src-main/engine/execute/run.ts';
import type { Engine } from '../../../src-main/engine/tensor/engine.ts';
import { loadEngine } from '../../../src-main/engine/tensor/engines.ts';
import { preprocess } from '../../../src-main/engine/train/batch.ts';
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
function input(): tf.Tensor4D {
  const bytes = formulaImages(1, image)[0]!;
  return preprocess(tf.tensor4d(new Float32Array(bytes), [1, image.height, image.width, 3]), MINUS_ONE_TO_ONE);
}

it.each(backbones)('$name computes what the published implementation computes', (backbone) => {
  const entry = entries[backbone.name];
  if (!entry) throw new Error(`test/golden/zoo.py has not been run for ${backbone.name}`);
  const graph = backbone.build();
  expect(entry.outputs.at(-1)!.node, 'the last map is compared too').toBe(graph.nodes.at(-1)!.name);
  const variables = engine.createVariables(formulaWeights(graph, image));
  const x = input();
  const maps = run({ graph, ops: engine.ops, variables }, x, { taps: entry.outputs.map(({ node }) => node) });
  for (const { node, shape, mean, rms, largest, values } of entry.outputs) {
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
});
