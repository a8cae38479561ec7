import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import onnxProto from 'onnx-proto';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Model } from '../../../src-main/backbone/model.ts';
import { graphParameters } from '../../../src-main/backbone/parameters.ts';
import type { ExportOptions } from '../../../src-main/contract/model.ts';
import { fit, type Fit } from '../../../src-main/contract/plan.ts';
import { resample } from '../../../src-main/engine/data/prepare.ts';
import { exportVerified } from '../../../src-main/engine/export/export.ts';
import { foldBatchNorm } from '../../../src-main/engine/export/fold.ts';
import { encodeOnnx } from '../../../src-main/engine/export/onnx/encode.ts';
import { predictOnnx } from '../../../src-main/engine/export/onnx/predict.ts';
import { parityOf, type Reference } from '../../../src-main/engine/export/verify.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { predictions } from './app.ts';
import { formulaImages } from './formula.ts';
import { modelOf } from './networks.ts';

const { ModelProto, TensorProto } = onnxProto.onnx;

let model: Model;
let reference: Reference;
beforeAll(async () => {
  model = modelOf({ network: 'every', height: 32, width: 32, pooling: 'average', classes: 3 });
  const images = formulaImages(16, model.input);
  reference = { images, expected: await predictions('auto', model, images) };
});

async function exported(options: Partial<ExportOptions>, frame: Fit = 'letterbox', calibration = reference.images) {
  return exportVerified(
    model,
    {
      format: 'onnx',
      out: join(temporaryFolder(), 'model.onnx'),
      provenance: { run: 'run-1', fit: frame },
      calibration,
      options: { precision: 'float32', foldBatchNorm: false, anySize: false, ...options },
    },
    reference,
  );
}

test('every operation at once: as the application, in batches of any length', async () => {
  const { path, parity } = await exported({});
  expect(parity.largestDifference).toBeLessThan(1e-5);
  const onnx = await predictOnnx(path);
  for (const n of [1, 3, 16]) {
    const given = await onnx.predict(Buffer.concat(reference.images.slice(0, n)), n);
    expect(given.length).toBe(n * 3);
    given.forEach((value, index) => expect(value).toBeCloseTo(reference.expected[index]!, 5));
  }
  await onnx.close();
});

describe('folded batch norms', () => {
  test('leave the norms that something stands before or that are not alone', () => {
    const before = new Map(model.weights);
    const folded = foldBatchNorm(model);
    const gone = model.graph.nodes.filter(({ name }) => !folded.graph.nodes.some((node) => node.name === name));
    expect(gone.map(({ name }) => name)).toEqual(['n1', 'n2', 'scale']);
    expect([...folded.weights.keys()].sort()).toEqual(
      graphParameters(folded.graph, model.input)
        .map(({ key }) => key)
        .sort(),
    );
    expect(model.weights).toEqual(before);
  });

  test('compute the same', async () => {
    const { parity, bytes } = await exported({ foldBatchNorm: true });
    expect(parity.largestDifference).toBeLessThan(1e-5);
    expect(bytes).toBeLessThan((await exported({})).bytes);
  });
});

describe('fewer bits', () => {
  test('float16: half the file, one changed decision at most', async () => {
    const { parity, bytes } = await exported({ precision: 'float16' });
    expect(parity.largestDifference).toBeGreaterThan(0);
    expect(parity.largestDifference).toBeLessThan(0.02);
    expect(parity.meanDifference).toBeLessThan(0.002);
    expect(parity.changedDecisions).toBeLessThanOrEqual(1);
    expect(bytes).toBeLessThan((await exported({ foldBatchNorm: true })).bytes);
  });

  test('int8: calibrated, in whole numbers that the runtime computes with', async () => {
    const { parity, path } = await exported({ precision: 'int8' });
    expect(parity.largestDifference).toBeGreaterThan(0);
    expect(parity.meanDifference).toBeLessThan(0.02);
    const { graph } = ModelProto.decode(readFileSync(path));
    const kernels = graph!.initializer!.filter(({ name }) => /^c\d\/kernel$/.test(name!));
    const { FLOAT, INT8 } = TensorProto.DataType;
    expect(kernels.map(({ dataType }) => dataType)).toEqual([FLOAT, FLOAT, INT8, INT8, INT8]);
  });

  test('of enlarged maps: factors stay whole, and whole numbers are handed on', async () => {
    const enlarged = modelOf({ network: 'enlarged', height: 37, width: 30, pooling: 'average', classes: 3 });
    const images = formulaImages(8, enlarged.input);
    const expected = await predictions('auto', enlarged, images);
    const out = join(temporaryFolder(), 'model');
    const agreement = async (precision: 'float16' | 'int8') => {
      const options = { precision, foldBatchNorm: false, anySize: false };
      const provenance = { run: 'run-1', fit: 'letterbox' } as const;
      return exportVerified(
        enlarged,
        { format: 'onnx', out: `${out}-${precision}`, provenance, calibration: images, options },
        { images, expected },
      );
    };
    const half = await agreement('float16');
    expect(half.parity.largestDifference).toBeLessThan(0.02);
    const whole = await agreement('int8');
    expect(whole.parity.meanDifference).toBeLessThan(0.02);
    const { graph } = ModelProto.decode(readFileSync(whole.path));
    const resized = graph!.node!.filter(({ opType }) => opType === 'Resize').map(({ input }) => input![0]);
    expect(resized).toEqual([expect.stringMatching(/dequantised$/), expect.stringMatching(/dequantised$/)]);
  });

  test('int8 of a network cut so short that its first convolutions are all it has', async () => {
    const short = modelOf({ network: 'same', height: 32, width: 32, pooling: 'average', classes: 2 });
    const onnx = await encodeOnnx(
      short,
      {},
      { precision: 'int8', foldBatchNorm: false, anySize: false, fit: 'crop', calibration: reference.images },
    );
    const { graph } = ModelProto.decode(onnx);
    const kernels = graph!.initializer!.filter(({ name }) => /^c\d\/kernel$/.test(name!));
    expect(kernels.map(({ dataType }) => dataType)).toContain(TensorProto.DataType.INT8);
  });

  test('int8 without images to calibrate on is a defect of the caller', async () => {
    await expect(exported({ precision: 'int8' }, 'crop', [])).rejects.toThrow(/without images/);
  });

  test('a network whose values half precision cannot hold is refused, not kept', async () => {
    const weights = new Map(model.weights);
    weights.set('p1/bias', { shape: [20], data: new Float32Array(20).fill(1e6) });
    const huge = { ...model, weights };
    const folder = temporaryFolder();
    const options = { precision: 'float16', foldBatchNorm: false, anySize: false } as const;
    const provenance = { run: 'run-1', fit: 'crop' } as const;
    await expect(
      exportVerified(huge, { format: 'onnx', out: join(folder, 'm'), provenance, options }, reference),
    ).rejects.toMatchObject({ code: 'EXPORT_MISMATCH', message: expect.stringMatching(/no probabilities at all/) });
    expect(readdirSync(folder)).toEqual([]);
  });

  test.each(['float16', 'int8'] as const)('%s with pictures of any size', async (precision) => {
    const { path, parity } = await exported({ precision, anySize: true });
    const large = { height: 50, width: 41 };
    const onnx = await predictOnnx(path);
    const given = await onnx.predict(formulaImages(1, large)[0]!, 1, large);
    await onnx.close();
    expect(given.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
    expect(parity.meanDifference).toBeLessThan(0.02);
  });
});

describe.each(fit.options)('resizing in the graph, %s', (frame) => {
  test('leaves prepared pixels as they are, and follows the application on pictures of any size', async () => {
    const { path, parity } = await exported({ anySize: true }, frame);
    expect(parity.largestDifference).toBeLessThan(1e-5);
    // Reduced and enlarged, by whole and broken factors, with and without boxes before the kernel; thin as a hair.
    const sizes = [
      [40, 40],
      [131, 97],
      [97, 260],
      [20, 20],
      [13, 31],
      [32, 32],
      [1, 1],
      [2, 90],
      [301, 1],
      [517, 389],
      [20, 90],
    ] as const;
    const pictures = sizes.map(([width, height]) => {
      const [coarse] = formulaImages(1, { height: Math.ceil(height / 4), width: Math.ceil(width / 4) });
      const pixels = Uint8Array.from({ length: height * width * 3 }, (_, index) => {
        const [row, column] = [Math.floor(index / 3 / width), Math.floor(index / 3) % width];
        return coarse![(Math.floor(row / 4) * Math.ceil(width / 4) + Math.floor(column / 4)) * 3 + (index % 3)]!;
      });
      return { width, height, channels: 3 as const, pixels };
    });
    const prepared = pictures.map((picture) => resample(picture, { size: 32, fit: frame }));
    const expected = await predictions('auto', model, prepared);
    const file = await predictOnnx(path);
    const given: Float32Array[] = [];
    for (const picture of pictures) given.push(await file.predict(picture.pixels, 1, picture));
    await file.close();
    const resizing = parityOf(given, { images: pictures, expected }, file);
    expect(resizing.images).toBe(pictures.length);
    expect(resizing.changedDecisions).toBe(0);
    expect(resizing.largestDifference).toBeLessThan(1e-5);
  });
});
