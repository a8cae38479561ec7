import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Scaling } from '../../../src-main/contract/calibration.ts';
import { exportFormat, exportOptions, type ExportOptions } from '../../../src-main/contract/model.ts';
import { exportVerified } from '../../../src-main/engine/export/export.ts';
import type { Reference } from '../../../src-main/engine/export/verify.ts';
import { inverseOf, scaled } from '../../../src-main/engine/metrics/calibration/scaling.ts';
import { withScaling } from '../../../src-main/engine/network/withScaling.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { predictions } from './app.ts';
import { formulaImages } from './formula.ts';
import { modelOf } from './networks.ts';

const provenance = { run: 'run-1', fit: 'letterbox' } as const;

describe.each<[string, number, Scaling]>([
  ['a temperature for two classes', 2, { method: 'temperature', temperature: 2.5 }],
  ['a temperature for three classes', 3, { method: 'temperature', temperature: 0.4 }],
  ['Platt scaling', 2, { method: 'platt', slope: 0.6, intercept: 0.9 }],
])('%s is in the file', (_, classes, scaling) => {
  const plain = modelOf({ network: 'same', height: 37, width: 30, pooling: 'average', classes });
  const model = withScaling(plain, scaling);
  const images = formulaImages(6, plain.input);
  /** By the formula from what the network itself gives: not by the weights that were scaled. */
  let reference: Reference;
  beforeAll(async () => {
    const own = await predictions('auto', plain, images);
    reference = { images, expected: Float32Array.from(scaled(own, classes, scaling)) };
    const changed = Math.max(...own.map((value, at) => Math.abs(value - reference.expected[at]!)));
    expect(changed).toBeGreaterThan(0.01);
    scaled(reference.expected, classes, inverseOf(scaling)).forEach((value, at) =>
      expect(value).toBeCloseTo(own[at]!, 5),
    );
  });

  const write = async (format: (typeof exportFormat.options)[number], options: Partial<ExportOptions>) => {
    const extension = { onnx: '.onnx', tfjs: '', keras: '.keras', 'keras-h5': '.h5', safetensors: '.safetensors' };
    const out = join(temporaryFolder(), `model${extension[format]}`);
    const asked = { format, out, options: exportOptions.parse(options), calibration: images, provenance };
    return (await exportVerified(model, asked, reference)).parity;
  };

  test.each(exportFormat.options)('as %s', async (format) => {
    const { largestDifference, changedDecisions } = await write(format, {});
    expect(largestDifference).toBeLessThan(2e-6);
    expect(changedDecisions).toBe(0);
  });

  test.each<[string, Partial<ExportOptions>, number]>([
    ['merged batch normalisation', { foldBatchNorm: true }, 1e-5],
    ['float16', { precision: 'float16' }, 0.01],
    ['int8', { precision: 'int8' }, 0.1],
  ])('as ONNX with %s', async (_name, options, most) => {
    expect((await write('onnx', options)).largestDifference).toBeLessThan(most);
  });
});
