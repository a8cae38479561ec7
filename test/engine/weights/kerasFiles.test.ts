import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sizeOf } from '../../../src-main/backbone/parameters.ts';
import { openWeights } from '../../../src-main/engine/weights/open.ts';
import { scratch } from './scratch.ts';

const fixtures = join(import.meta.dirname, 'fixtures');

/** The variables of the fixtures (see make_keras.py), in the order of the model, under the names of the legacy format. */
const VARIABLES: readonly (readonly [name: string, shape: readonly number[]])[] = [
  ['first/kernel', [3, 3, 3, 4]],
  ['first_bn/beta', [4]],
  ['first_bn/moving_mean', [4]],
  ['first_bn/moving_variance', [4]],
  ['second/depthwise_kernel', [3, 3, 4, 1]],
  ['second/bias', [4]],
  ['sequential/stem/kernel', [1, 1, 4, 2]],
  ['sequential/stem/bias', [2]],
  ['sequential/norm/gamma', [2]],
  ['sequential/norm/beta', [2]],
  ['sequential/norm/moving_mean', [2]],
  ['sequential/norm/moving_variance', [2]],
  ['head/kernel', [2, 2]],
  ['head/bias', [2]],
];

const values = (length: number, n: number) => Float32Array.from({ length }, (_, i) => (i - 5) / 8 + n);

describe('files that Keras 3 wrote', () => {
  it.each([
    ['keras-3.weights.h5', 'keras-h5', 'says the names of the layers beside the variables'],
    ['keras-3-half.weights.h5', 'keras-h5', 'holds half precision'],
    ['keras-3.keras', 'keras', 'is an archive of the model'],
    ['keras-3.3.keras', 'keras', 'says the names of the layers in the description only'],
  ])('%s (%s) %s', async (name, format) => {
    const file = await openWeights(join(fixtures, name));
    try {
      expect(file.format).toBe(format);
      expect(file.tensors.size).toBe(VARIABLES.length);
      for (const [n, [variable, shape]] of VARIABLES.entries()) {
        const tensor = file.tensors.get(variable);
        expect(tensor?.shape, variable).toEqual(shape);
        expect(await tensor!.read(), variable).toEqual(values(sizeOf(shape), n));
      }
    } finally {
      await file.close();
    }
  });

  it('a whole model in the legacy format keeps its paths', async () => {
    const file = await openWeights(join(fixtures, 'keras-3-model.h5'));
    try {
      const [nested, plain] = ['inner/inner/stem/kernel', 'second/second/kernel'].map((name) =>
        file.tensors.get(name)!,
      );
      expect(await nested!.read()).toEqual(values(8, 6));
      expect(await plain!.read()).toEqual(values(36, 4));
    } finally {
      await file.close();
    }
  });
});

describe('Keras archives that lie', () => {
  const whole = readFileSync(join(fixtures, 'keras-3.keras'));
  const inner = whole.indexOf('\x89HDF\r\n\x1a\n', 0, 'latin1');
  const config = whole.indexOf('{"module"');

  it.each<[string, (bytes: Buffer) => Buffer]>([
    ['end early', (bytes) => bytes.subarray(0, bytes.length - 100)],
    ['hold weights that are none', (bytes) => Buffer.from(bytes).fill(0, inner, inner + 4000)],
    ['hold a description that is no JSON', (bytes) => Buffer.from(bytes).fill('[', config, config + 20)],
  ])('and %s are refused', async (_what, damage) => {
    const path = join(scratch(), 'model.keras');
    writeFileSync(path, damage(whole));
    await expect(openWeights(path)).rejects.toMatchObject({ code: 'WEIGHTS_CORRUPT', remedy: expect.any(String) });
  });
});
