import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import golden from '../../golden/export.json' with { type: 'json' };
import { exportVerified } from '../../../src-main/engine/export/export.ts';
import { loadWasm } from '../../../src-main/engine/tensor/wasm.ts';
import { formulaImages } from './formula.ts';
import { modelOf } from './networks.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cutpoint-export-'));
  await loadWasm();
});
afterAll(() => rm(folder, { recursive: true }));

let paths = 0;
const freshPath = (extension: string): string => join(folder, `${paths++}${extension}`);

const provenance = { run: 'run-1', fit: 'letterbox' } as const;

describe.each(golden.cases.map((row) => ({ cut: '', ...row })))(
  '$network $cut at $height × $width, $pooling, as in $source',
  ({ probabilities, images: count, ...network }) => {
    const reference = () => ({
      images: formulaImages(count, network),
      expected: Float32Array.from(probabilities),
    });

    test('ONNX', async () => {
      const out = freshPath('.onnx');
      const { parity, bytes } = await exportVerified(
        modelOf(network),
        { format: 'onnx', out, provenance },
        reference(),
      );
      expect(parity.largestDifference).toBeLessThan(golden.tolerance);
      expect((await stat(out)).size).toBe(bytes);
    });

    test('TensorFlow.js', async () => {
      const out = freshPath('');
      const { parity } = await exportVerified(modelOf(network), { format: 'tfjs', out, provenance }, reference());
      expect(parity.largestDifference).toBeLessThan(golden.tolerance);
      for (const name of await readdir(out)) {
        expect((await stat(join(out, name))).size).toBeLessThanOrEqual(4 * 1024 * 1024);
      }
      expect(JSON.parse(await readFile(join(out, 'model.json'), 'utf8')).userDefinedMetadata.run).toBe('run-1');
    });
  },
);
