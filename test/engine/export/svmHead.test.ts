import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { withHead } from '../../../src-main/backbone/head.ts';
import type { Model } from '../../../src-main/backbone/model.ts';
import { exportFormat } from '../../../src-main/contract/model.ts';
import { exportVerified } from '../../../src-main/engine/export/export.ts';
import { predictOnnx } from '../../../src-main/engine/export/onnx/predict.ts';
import { run } from '../../../src-main/engine/execute/run.ts';
import type { Reference } from '../../../src-main/engine/export/verify.ts';
import { loadEngine } from '../../../src-main/engine/tensor/engines.ts';
import { preprocess } from '../../../src-main/engine/network/batch.ts';
import { networkOn } from '../../../src-main/engine/network/open.ts';
import { svmProbabilities } from '../../../src-main/engine/transfer/svm/head.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { predictions } from './app.ts';
import { formulaImages } from './formula.ts';
import { modelOf } from './networks.ts';

const provenance = { run: 'run-1', fit: 'letterbox' } as const;

/** Three SVMs whose logits are far apart, on either side of zero. */
function svmModel(): Model {
  const base = modelOf({ network: 'same', height: 37, width: 30, pooling: 'average', classes: 3 });
  const end = base.graph.nodes.findIndex(({ name }) => name === 'head_pool');
  const trunk = { ...base.graph, nodes: base.graph.nodes.slice(0, end) };
  const graph = withHead(trunk, { classes: 3, pooling: 'average', dropout: 0.3, classifier: 'svm' });
  const weights = new Map(base.weights);
  weights.set('head_dense/bias', { shape: [3], data: Float32Array.of(3, -2, 30) });
  return { ...base, graph, weights };
}

describe('the head of one-versus-rest SVMs', () => {
  const model = svmModel();
  let reference: Reference;
  beforeAll(async () => {
    const images = formulaImages(6, model.input);
    reference = { images, expected: await predictions('auto', model, images) };
  });

  test('gives the sigmoids of its logits over their sum, as probabilities', async () => {
    const network = networkOn(await loadEngine('auto'), model, model);
    const bytes = Buffer.concat(reference.images);
    const x = preprocess(
      tf.tensor4d(Float32Array.from(bytes), [6, model.input.height, model.input.width, 3]),
      model.preprocessing,
    );
    const logits = run(network, x, { to: 'head_dense' }).get('head_dense')!;
    const values = logits.dataSync<'float32'>();
    const byClass = [0, 1, 2].map((unit) => values.filter((_, index) => index % 3 === unit));
    const expected = svmProbabilities(byClass);
    reference.expected.forEach((value, index) => expect(value).toBeCloseTo(expected[index]!, 5));
    tf.dispose([x, logits]);
    network.variables.dispose();
  });

  test.each(exportFormat.options)('as %s computes what the application does', async (format) => {
    const before = tf.memory().numTensors;
    const out = join(temporaryFolder(), 'model');
    const { parity } = await exportVerified(model, { format, out, provenance }, reference);
    expect(parity).toMatchObject({ images: 6, changedDecisions: 0 });
    expect(parity.largestDifference).toBeLessThan(1e-5);
    expect(tf.memory().numTensors).toBe(before);
  });

  test.each(['float16', 'int8'] as const)(
    'in %s: log σ in single precision, wherever its logits are',
    async (precision) => {
      const { path, parity } = await exportVerified(
        model,
        {
          format: 'onnx',
          out: join(temporaryFolder(), 'model.onnx'),
          provenance,
          calibration: reference.images,
          options: { precision, foldBatchNorm: false, anySize: false },
        },
        reference,
      );
      expect(parity.largestDifference).toBeLessThan(0.05);
      const file = await predictOnnx(path);
      const given = await file.predict(Buffer.concat(reference.images), 6);
      await file.close();
      expect(given.every((value) => Number.isFinite(value))).toBe(true);
    },
  );
});
