import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { generator } from '../../../src-main/engine/random.ts';
import { openWeights } from '../../../src-main/engine/weights/open.ts';
import { mutate } from './mutate.ts';
import { readAll } from './readAll.ts';
import { scratch } from './scratch.ts';

const fixtures = join(import.meta.dirname, 'fixtures');

function withHeader(header: unknown, data: number, declared?: bigint): Buffer {
  const json = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(declared ?? BigInt(json.length));
  return Buffer.concat([length, json, Buffer.alloc(data)]);
}

const f32 = (shape: number[], from: number, to: number) => ({ dtype: 'F32', shape, data_offsets: [from, to] });

describe('files of weights that lie', () => {
  it.each<[string, Buffer, string]>([
    ['a.safetensors', Buffer.alloc(0), 'WEIGHTS_CORRUPT'],
    ['a.safetensors', Buffer.from('short'), 'WEIGHTS_CORRUPT'],
    ['a.safetensors', withHeader({ a: f32([2], 0, 8) }, 8, 2n ** 63n), 'WEIGHTS_CORRUPT'],
    ['a.safetensors', withHeader({ a: f32([2], 0, 8) }, 8, 2n ** 60n), 'WEIGHTS_CORRUPT'],
    ['a.safetensors', withHeader({ a: f32([2], 0, 8) }, 8, 9999n), 'WEIGHTS_CORRUPT'],
    ['a.safetensors', withHeader('{"a": ', 8), 'WEIGHTS_CORRUPT'],
    ['a.safetensors', withHeader('{"a": 1}', 8), 'WEIGHTS_CORRUPT'],
    ['a.safetensors', withHeader({ a: f32([2], 0, 8) }, 7), 'WEIGHTS_CORRUPT'],
    ['a.safetensors', withHeader({ a: f32([2], 0, 8) }, 9), 'WEIGHTS_CORRUPT'],
    ['a.safetensors', withHeader({ a: f32([3], 0, 8) }, 8), 'WEIGHTS_CORRUPT'],
    ['a.safetensors', withHeader({ a: f32([-2], 0, 8) }, 8), 'WEIGHTS_CORRUPT'],
    ['a.safetensors', withHeader({ a: f32([2], 0, 8), b: f32([2], 4, 12) }, 12), 'WEIGHTS_CORRUPT'],
    ['a.safetensors', withHeader({ a: f32([2], 0, 8), b: f32([2], 12, 20) }, 20), 'WEIGHTS_CORRUPT'],
    ['a.safetensors', withHeader({ a: f32([2 ** 30, 2 ** 30], 0, 8) }, 8), 'WEIGHTS_CORRUPT'],
    [
      'a.safetensors',
      withHeader({ a: { dtype: 'F4', shape: [2], data_offsets: [0, 1] } }, 1),
      'WEIGHTS_FORMAT_UNKNOWN',
    ],
    ['a.h5', Buffer.from('\x89HDF\r\n\x1a\nand then nothing of the kind', 'latin1'), 'WEIGHTS_CORRUPT'],
    ['model.json', Buffer.from('{"weightsManifest": 3}'), 'WEIGHTS_CORRUPT'],
    ['model.json', Buffer.from('{"weightsManifest": [}'), 'WEIGHTS_CORRUPT'],
    ['model.json', Buffer.from('{"name": "something else"}'), 'WEIGHTS_FORMAT_UNKNOWN'],
    ['model.json', Buffer.from('{"weightsManifest": [{"paths": ["../x"], "weights": []}]}'), 'WEIGHTS_CORRUPT'],
    ['a.h5', Buffer.from('just text'), 'WEIGHTS_FORMAT_UNKNOWN'],
    ['a.safetensors', Buffer.from('\x89PNG\r\n\x1a\n and so on, a picture', 'latin1'), 'WEIGHTS_FORMAT_UNKNOWN'],
  ])('%s is refused (%#)', async (name, contents, code) => {
    const path = join(scratch(), name);
    writeFileSync(path, contents);
    await expect(readAll(path)).rejects.toMatchObject({ code, remedy: expect.any(String) });
  });

  it('names a file that is not there, and a folder without a model', async () => {
    const folder = scratch();
    await expect(readAll(join(folder, 'none.h5'))).rejects.toMatchObject({ code: 'FILE_NOT_READABLE' });
    mkdirSync(join(folder, 'empty'));
    await expect(readAll(join(folder, 'empty'))).rejects.toMatchObject({
      code: 'WEIGHTS_FORMAT_UNKNOWN',
      message: expect.stringContaining('holds no weights'),
    });
  });

  it('that the HDF5 library is given, in its own thread, never hang or crash it', { timeout: 120_000 }, async () => {
    const folder = scratch();
    const donor = readFileSync(join(fixtures, 'round.h5'));
    for (const name of ['plain.h5', 'model.h5', 'keras-3.weights.h5']) {
      const whole = readFileSync(join(fixtures, name));
      for (let round = 0; round < 5; round++) {
        const path = join(folder, `${round}-${name}`);
        writeFileSync(path, mutate(whole, donor, generator('thread', name, round)));
        const start = performance.now();
        await readAll(path).catch((error: unknown) => {
          expect(error, `${name}, round ${round}`).toMatchObject({ code: expect.stringMatching(/^WEIGHTS_/) });
        });
        expect(performance.now() - start).toBeLessThan(5000);
      }
    }
  });

  it('as HDF5 with offsets that lead nowhere are refused', async () => {
    const whole = readFileSync(join(fixtures, 'plain.h5'));
    // The addresses of the end of the file, and of the root group's header, B-tree and heap, in the superblock.
    for (const offset of [40, 64, 80, 88]) {
      for (const address of [8n, BigInt(whole.length), 2n ** 64n - 1n]) {
        const bytes = Buffer.from(whole);
        bytes.writeBigUInt64LE(address, offset);
        const path = join(scratch(), `${offset}.h5`);
        writeFileSync(path, bytes);
        const outcome = await readAll(path).catch((error: unknown) => error);
        if (!(outcome instanceof Map)) expect(outcome).toMatchObject({ code: expect.stringMatching(/^WEIGHTS_/) });
      }
    }
  });

  it('as a pipe or a folder in the place of a file are refused at once', async () => {
    const folder = scratch();
    mkdirSync(join(folder, 'model.json'));
    await expect(readAll(folder)).rejects.toMatchObject({ code: 'FILE_NOT_READABLE' });
    if (existsSync('/dev/zero')) {
      await expect(readAll('/dev/zero')).rejects.toMatchObject({ code: 'FILE_NOT_READABLE' });
    }
  });
});

describe('Keras HDF5', () => {
  const kernel = Float32Array.from({ length: 18 }, (_, i) => (i - 5) / 8);

  it.each(['plain.h5', 'model.h5'])(
    '%s, written by h5py, gives the layers and nothing from elsewhere',
    async (name) => {
      const file = await openWeights(join(fixtures, name));
      expect([...file.tensors.keys()].toSorted()).toEqual(['Conv1/Conv1/kernel:0', 'bn/bn/gamma:0', 'bn/bn/steps:0']);
      expect(file.tensors.get('Conv1/Conv1/kernel:0')!.shape).toEqual([3, 3, 1, 2]);
      expect(await file.tensors.get('Conv1/Conv1/kernel:0')!.read()).toEqual(kernel);
      expect(await file.tensors.get('bn/bn/gamma:0')!.read()).toEqual(kernel.slice(0, 2));
      await expect(file.tensors.get('bn/bn/steps:0')!.read()).rejects.toMatchObject({ code: 'WEIGHTS_FORMAT_UNKNOWN' });
      await file.close();
    },
  );

  it('that was damaged can be replaced by a good file of the same name', async () => {
    const path = join(scratch(), 'weights.h5');
    const whole = readFileSync(join(fixtures, 'plain.h5'));
    const damaged = Buffer.from(whole);
    damaged.fill(0xff, 1000, 6000);
    writeFileSync(path, damaged);
    await expect(readAll(path)).rejects.toMatchObject({ code: 'WEIGHTS_CORRUPT' });
    writeFileSync(path, whole);
    const file = await openWeights(path);
    const [first, again] = ['Conv1/Conv1/kernel:0', 'bn/bn/gamma:0'].map((name) => file.tensors.get(name)!.read());
    expect([await first, await again]).toEqual([kernel, kernel.slice(0, 2)]);
    await file.close();
  });

  it('whose groups go round is refused', async () => {
    await expect(openWeights(join(fixtures, 'round.h5'))).rejects.toMatchObject({ code: 'WEIGHTS_CORRUPT' });
  });
});

describe('TensorFlow.js layers models', () => {
  it('of one group per layer, with quantised values and tensors across shards, are read', async () => {
    const folder = scratch();
    const manifest = [
      {
        paths: ['group1-shard1of2', 'group1-shard2of2'],
        weights: [{ name: 'Conv1/kernel', shape: [1, 1, 1, 4], dtype: 'float32' }],
      },
      {
        paths: ['group2-shard1of1'],
        weights: [
          { name: 'bn/gamma', shape: [3], dtype: 'float32', quantization: { dtype: 'uint8', scale: 0.5, min: -1 } },
          { name: 'bn/beta', shape: [2], dtype: 'float32', quantization: { dtype: 'uint16', scale: 2, min: 1 } },
          { name: 'bn/moving_mean', shape: [2], dtype: 'float32', quantization: { dtype: 'float16' } },
        ],
      },
    ];
    writeFileSync(join(folder, 'model.json'), JSON.stringify({ modelTopology: {}, weightsManifest: manifest }));
    const kernel = Buffer.from(Float32Array.of(1, -2, 3.5, 4).buffer);
    writeFileSync(join(folder, 'group1-shard1of2'), kernel.subarray(0, 7));
    writeFileSync(join(folder, 'group1-shard2of2'), kernel.subarray(7));
    const quantised = Buffer.from([0, 2, 255, 0, 0, 0xff, 0xff, 0x00, 0x3c, 0x00, 0xc2]);
    writeFileSync(join(folder, 'group2-shard1of1'), quantised);
    expect(Object.fromEntries(await readAll(folder))).toEqual({
      'Conv1/kernel': Float32Array.of(1, -2, 3.5, 4),
      'bn/gamma': Float32Array.of(-1, 0, 126.5),
      'bn/beta': Float32Array.of(1, 131071),
      'bn/moving_mean': Float32Array.of(1, -3),
    });
  });
});
