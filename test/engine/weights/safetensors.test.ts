import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Weights } from '../../../src-main/backbone/model.ts';
import { openSafetensors, readSafetensors } from '../../../src-main/engine/weights/safetensors.ts';
import { writeSafetensors } from '../../../src-main/engine/weights/writeSafetensors.ts';
import { scratch } from './scratch.ts';

const ramp = (values: number) => Float32Array.from({ length: values }, (_, i) => (i - 5) / 8);

describe('reading safetensors', () => {
  it('gives what the Python package wrote, in every floating-point type', async () => {
    const path = join(import.meta.dirname, 'fixtures', 'python.safetensors');
    await expect(readSafetensors(path)).rejects.toMatchObject({
      code: 'WEIGHTS_FORMAT_UNKNOWN',
      message: expect.stringContaining("'num_batches_tracked'"),
    });
    const file = await openSafetensors(path);
    expect(file.metadata).toEqual({ format: 'np', note: 'Ä ≠ 日本' });
    const expected: Record<string, [number[], Float32Array]> = {
      f32: [[2, 3], ramp(6)],
      f16: [[4], ramp(4)],
      bf16: [[3, 1, 2], ramp(6)],
      f64: [[5], ramp(5)],
      scalar: [[], Float32Array.of(2.5)],
      empty: [[0, 3], new Float32Array(0)],
      'edges.f16': [[4], Float32Array.of(65504, 2 ** -24, -(2 ** -14), 0.333251953125)],
    };
    for (const [name, [shape, values]] of Object.entries(expected)) {
      const tensor = file.tensors.get(name)!;
      expect(tensor.shape).toEqual(shape);
      expect(await tensor.read()).toEqual(values);
    }
    await file.close();
  });
});

describe('writing safetensors', () => {
  const shape = fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 4 });
  const tensor = shape.chain((lengths) =>
    fc
      .float32Array({
        minLength: lengths.reduce((product, length) => product * length, 1),
        maxLength: lengths.reduce((product, length) => product * length, 1),
      })
      .map((data) => ({ shape: lengths, data })),
  );
  const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });

  it('can be read back, bit for bit', async () => {
    const path = join(scratch(), 'round.safetensors');
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.tuple(name, tensor), { selector: ([key]) => key, maxLength: 8 }),
        // What reads the header drops a key of that name, as a safeguard; nobody writes one.
        fc.dictionary(
          name.filter((key) => key !== '__proto__'),
          fc.string({ unit: 'grapheme' }),
        ),
        async (entries, metadata) => {
          fc.pre(entries.every(([key]) => !key.startsWith('__')));
          const tensors: Weights = new Map(entries);
          await writeSafetensors(path, tensors, metadata);
          const read = await readSafetensors(path);
          expect([...read.tensors.keys()].sort()).toEqual([...tensors.keys()].sort());
          for (const [key, { shape, data }] of tensors) {
            expect(read.tensors.get(key)!.shape).toEqual(shape);
            expect(bits(read.tensors.get(key)!.data)).toEqual(bits(data));
          }
          expect(Object.entries(read.metadata)).toEqual(Object.entries(metadata));
        },
      ),
      { numRuns: 50 },
    );
  });

  it('writes a view of a larger buffer without its surroundings', async () => {
    const path = join(scratch(), 'view.safetensors');
    await writeSafetensors(path, new Map([['a', { shape: [2], data: Float32Array.of(9, 1, 2, 9).subarray(1, 3) }]]));
    expect((await readSafetensors(path)).tensors.get('a')!.data).toEqual(Float32Array.of(1, 2));
  });

  // The partial file leads to the kernel's device that is always full.
  it.skipIf(!existsSync('/dev/full'))('on a full disk says so, and leaves what was there', async () => {
    const path = join(scratch(), 'checkpoint.safetensors');
    await writeSafetensors(path, new Map([['a', { shape: [1], data: Float32Array.of(1) }]]));
    const before = readFileSync(path);
    symlinkSync('/dev/full', `${path}.partial`);
    const large: Weights = new Map([['a', { shape: [1_000_000], data: new Float32Array(1_000_000) }]]);
    await expect(writeSafetensors(path, large)).rejects.toMatchObject({
      code: 'DISK_FULL',
      message: expect.stringContaining('checkpoint.safetensors'),
    });
    expect(readFileSync(path)).toEqual(before);
    expect(existsSync(`${path}.partial`)).toBe(false);
    await writeSafetensors(path, large);
    expect((await readSafetensors(path)).tensors.get('a')!.shape).toEqual([1_000_000]);
  });

  it('into a folder that is not there fails with a sentence, and over a stale partial file it succeeds', async () => {
    const folder = scratch();
    const one: Weights = new Map([['a', { shape: [1], data: Float32Array.of(1) }]]);
    await expect(writeSafetensors(join(folder, 'none', 'x'), one)).rejects.toMatchObject({
      code: 'CHECKPOINT_WRITE_FAILED',
    });
    writeFileSync(
      join(folder, 'x.partial'),
      'left behind by a killed engine, and longer than what replaces it'.repeat(9),
    );
    await writeSafetensors(join(folder, 'x'), one);
    expect((await readSafetensors(join(folder, 'x'))).tensors.get('a')!.data).toEqual(Float32Array.of(1));
  });

  it('holds a checkpoint of 300 MB without copying it', { timeout: 60_000 }, async () => {
    const path = join(scratch(), 'large.safetensors');
    const tensors: Weights = new Map(
      Array.from({ length: 30 }, (_, i) => [
        `t${i}`,
        { shape: [2_500_000], data: new Float32Array(2_500_000).fill(i) },
      ]),
    );
    const before = process.memoryUsage();
    await writeSafetensors(path, tensors);
    const after = process.memoryUsage();
    expect(after.arrayBuffers + after.heapUsed - before.arrayBuffers - before.heapUsed).toBeLessThan(50e6);
    expect((await readSafetensors(path)).tensors.get('t29')!.data.at(-1)).toBe(29);
  });
});

function bits(values: Float32Array): Uint8Array {
  return new Uint8Array(values.slice().buffer);
}
