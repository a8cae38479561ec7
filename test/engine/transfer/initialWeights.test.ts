import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { graphParameters } from '../../../src-main/backbone/parameters.ts';
import type { Weights } from '../../../src-main/backbone/model.ts';
import { trainingPlan, type TrainingPlanInput } from '../../../src-main/contract/plan.ts';
import { contract } from '../../../src-main/contract/index.ts';
import { weightsSha256 } from '../../../src-main/engine/weights/weightsSha256.ts';
import { sourceFileHandlers } from '../../../src-main/engine/services/sources.ts';
import { openWorkspace, type OwnWorkspace } from '../../../src-main/engine/store/workspace.ts';
import { architectureOf } from '../../../src-main/backbone/architecture.ts';
import { initialWeights } from '../../../src-main/engine/transfer/initialWeights.ts';
import { loadSource } from '../../../src-main/engine/transfer/source.ts';
import { randomWeightsFile } from '../../support/weights.ts';

let workspace: OwnWorkspace;
let source: Weights;
beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cutpoint-'));
  workspace = openWorkspace(`${folder}/workspace`);
  const call = { signal: new AbortController().signal, progress: () => {} };
  const input = { file: await randomWeightsFile(folder, 'resnet18'), backbone: 'resnet18', name: 'pretrained' };
  await sourceFileHandlers(workspace)['source.add'](contract['source.add'].input.parse(input), call);
  source = await loadSource(workspace, 'pretrained', 'resnet18');
  return () => {
    workspace.close();
    rmSync(folder, { recursive: true, force: true });
  };
});

async function start(changes: Partial<TrainingPlanInput>) {
  const plan = trainingPlan.parse({
    data: { folder: '/study' },
    backbone: 'resnet18',
    source: 'pretrained',
    ...changes,
  });
  const architecture = architectureOf(plan, ['a', 'b']);
  return { weights: await initialWeights(plan, architecture, workspace), architecture };
}

/** Of one array, or of all. */
const digest = (weights: Weights, key?: string): string =>
  weightsSha256(key === undefined ? weights : new Map([[key, weights.get(key)!]]));

const statistics = (data: Float32Array) => {
  const mean = data.reduce((sum, value) => sum + value, 0) / data.length;
  return { mean, deviation: Math.sqrt(data.reduce((sum, value) => sum + (value - mean) ** 2, 0) / data.length) };
};
const correlation = (a: Float32Array, b: Float32Array) => {
  const [x, y] = [statistics(a), statistics(b)];
  const sum = a.reduce((total, value, i) => total + (value - x.mean) * (b[i]! - y.mean), 0);
  return sum / a.length / (x.deviation * y.deviation);
};

describe('what the layers start from', () => {
  test('layer-wise: all of the source, as in full fine-tuning', async () => {
    const [layerwise, full] = [
      await start({ strategy: 'layerwise', cut: 'layer2.1' }),
      await start({ strategy: 'full' }),
    ];
    expect(layerwise.architecture.frozen).toBe('layer2.1');
    expect(full.architecture.frozen).toBeNull();
    expect(digest(layerwise.weights)).toBe(digest(full.weights));
    for (const key of source.keys()) expect(digest(full.weights, key), key).toBe(digest(source, key));
  });

  test('TransFusion: the source up to the cut, random weights of half the width behind it', async () => {
    const { weights } = await start({ strategy: 'transfusion', cut: 'layer2.1' });
    expect(digest(weights, 'layer2.1.conv2/kernel')).toBe(digest(source, 'layer2.1.conv2/kernel'));
    expect(weights.get('layer3.0.conv1/kernel')!.shape).toEqual([3, 3, 128, 128]);
    expect(weights.get('layer4.1.conv2/kernel')!.shape).toEqual([3, 3, 256, 256]);
    expect(weights.get('layer3.0.bn1/gamma')!.data.every((value) => value === 1)).toBe(true);
    expect(weights.get('head_dense/kernel')!.shape).toEqual([256, 2]);
  });

  test('Mean-Var: mean and deviation of every array of the source, and nothing else of it', async () => {
    const { weights, architecture } = await start({ strategy: 'full', initialisation: 'mean-var' });
    for (const { key, role } of graphParameters(architecture.graph, architecture.input)) {
      const pretrained = source.get(key);
      if (!pretrained || role !== 'kernel') continue;
      const [drawn, from] = [statistics(weights.get(key)!.data), statistics(pretrained.data)];
      const n = Math.sqrt(pretrained.data.length);
      // Five standard errors of a mean and of a deviation.
      expect(Math.abs(drawn.mean - from.mean), key).toBeLessThan((5 * from.deviation) / n);
      expect(Math.abs(drawn.deviation / from.deviation - 1), key).toBeLessThan(5 / (Math.SQRT2 * n));
      expect(Math.abs(correlation(weights.get(key)!.data, pretrained.data)), key).toBeLessThan(5 / n);
    }
    // Statistics of batch normalisation belong to activations that these weights do not give.
    expect(weights.get('bn1/variance')!.data.every((value) => value === 1)).toBe(true);
    expect(digest((await start({ strategy: 'full', initialisation: 'mean-var' })).weights)).toBe(digest(weights));
    const other = await start({ strategy: 'full', initialisation: 'mean-var', seed: 1 });
    expect(digest(other.weights, 'conv1/kernel')).not.toBe(digest(weights, 'conv1/kernel'));
  });

  test('from scratch: as without a source', async () => {
    const [scratch, none] = [
      await start({ strategy: 'full', initialisation: 'random' }),
      await start({ strategy: 'full', source: null }),
    ];
    expect(digest(scratch.weights)).toBe(digest(none.weights));
    expect(digest(scratch.weights, 'conv1/kernel')).not.toBe(digest(source, 'conv1/kernel'));
  });
});

describe('a strategy that the backbone cannot take', () => {
  const architecture = (changes: Partial<TrainingPlanInput>) =>
    architectureOf(trainingPlan.parse({ data: { folder: '/s' }, backbone: 'resnet18', ...changes }), ['a', 'b']);

  test.each([
    ['a cut is missing', { strategy: 'layerwise' }, 'INPUT_INVALID', /layerwise strategy needs a cut/],
    ['deeper than the network', { strategy: 'layerwise', cut: 'layer9.0' }, 'CUT_UNKNOWN', /no cut named 'layer9.0'/],
    ['inside a unit', { strategy: 'truncated', cut: 'layer2.0.conv1' }, 'CUT_UNKNOWN', /break a unit/],
    [
      'a skip connection',
      { strategy: 'transfusion', cut: 'layer2.0' },
      'STRATEGY_UNSUPPORTED',
      /half its channels after/,
    ],
    ['nothing behind', { strategy: 'transfusion', cut: 'layer4.1' }, 'STRATEGY_UNSUPPORTED', /there are none/],
  ] as const)('%s: refused, with what would work', (_, changes, code, message) => {
    const refused = () => architecture(changes);
    expect(refused).toThrow(message);
    expect(refused).toThrow(
      expect.objectContaining({ code, details: { valid: expect.arrayContaining(['layer2.1']) as string[] } }),
    );
  });
});
