import { copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import onnxProto from 'onnx-proto';
import type { onnx } from 'onnx-proto';
import { findBackbone } from '../../../src-main/backbone/zoo/index.ts';
import { importWeights } from '../../../src-main/engine/weights/import.ts';
import { openWeights } from '../../../src-main/engine/weights/open.ts';
import { readAll } from './readAll.ts';
import { scratch } from './scratch.ts';

const { ModelProto, TensorProto } = onnxProto.onnx;
const fixtures = join(import.meta.dirname, 'fixtures');
const ramp = (values: number) => Float32Array.from({ length: values }, (_, i) => (i - 5) / 8);

describe('ONNX initialisers', () => {
  it('written by the Python package are read in every floating-point type, raw and typed', async () => {
    const file = await openWeights(join(fixtures, 'model.onnx'));
    expect(file.format).toBe('onnx');
    const expected: Record<string, [number[], Float32Array]> = {
      f32: [[2, 3], ramp(6)],
      f16: [[4], ramp(4)],
      f64: [[5], ramp(5)],
      bf16: [[6], ramp(6)],
      'typed.f32': [[2, 3], ramp(6)],
      'typed.f64': [[5], ramp(5)],
      'typed.f16': [[4], ramp(4)],
      'typed.bf16': [[4], ramp(4)],
      scalar: [[], Float32Array.of(2.5)],
      empty: [[0, 3], new Float32Array(0)],
    };
    for (const [name, [shape, values]] of Object.entries(expected)) {
      expect(file.tensors.get(name)!.shape, name).toEqual(shape);
      expect(await file.tensors.get(name)!.read(), name).toEqual(values);
    }
    await expect(file.tensors.get('num_batches_tracked')!.read()).rejects.toMatchObject({
      code: 'WEIGHTS_FORMAT_UNKNOWN',
      message: expect.stringContaining('int64'),
    });
    await file.close();
  });

  it('with data in a file beside the model are read, also from a folder beneath', async () => {
    expect(Object.fromEntries(await readAll(join(fixtures, 'external.onnx')))).toEqual({
      first: ramp(6),
      second: ramp(6),
    });
    const path = join(scratch(), 'model.onnx');
    mkdirSync(join(dirname(path), 'data'));
    copyFileSync(join(fixtures, 'external.bin'), join(dirname(path), 'data', 'all.bin'));
    writeFileSync(path, model([external('data/all.bin', { offset: '64', length: '24' })]));
    expect((await readAll(path)).get('a')).toEqual(ramp(6));
  });

  it('that an exporter folded together are refused with the way to export them whole', async () => {
    const path = join(scratch(), 'folded.onnx');
    writeFileSync(path, model([raw({ name: 'onnx::Conv_193' }), raw({ name: 'fc.weight' })]));
    await expect(importWeights(path, findBackbone('resnet18'))).rejects.toMatchObject({
      code: 'WEIGHTS_MISMATCH',
      remedy: expect.stringContaining('do_constant_folding=False'),
    });
  });

  it('are told by what the file holds, not by its name', async () => {
    const path = join(scratch(), 'weights.pth');
    copyFileSync(join(fixtures, 'model.onnx'), path);
    const file = await openWeights(path);
    expect(file.format).toBe('onnx');
    await file.close();
  });
});

const raw = (over: onnx.ITensorProto = {}): onnx.ITensorProto => ({
  name: 'a',
  dims: [6],
  dataType: TensorProto.DataType.FLOAT,
  rawData: new Uint8Array(24),
  ...over,
});

function external(location: string, more: Record<string, string> = {}): onnx.ITensorProto {
  const entries = Object.entries({ location, ...more }).map(([key, value]) => ({ key, value }));
  return { ...raw(), rawData: undefined, dataLocation: TensorProto.DataLocation.EXTERNAL, externalData: entries };
}

function model(initializer: onnx.ITensorProto[]): Uint8Array {
  return ModelProto.encode({ irVersion: 8, producerName: 'test', graph: { initializer } }).finish();
}

describe('ONNX models that lie', () => {
  it.each<[string, onnx.ITensorProto]>([
    ['/etc/passwd', external('/etc/passwd')],
    ['a path upwards', external('../secret.bin')],
    ['a path down and up', external('data/../../secret.bin')],
    ['a path upwards as on Windows', external('..\\secret.bin')],
    ['a drive', external('C:\\secret.bin')],
    ['no path', external('')],
    ['the folder itself', external('.')],
    ['a link that leads out', external('link.bin')],
    ['a folder that leads out', external('linked/secret.bin')],
    ['a file that is not there', external('none.bin')],
    ['bytes behind the end', external('inside.bin', { offset: '64' })],
    ['a negative offset', external('inside.bin', { offset: '-8' })],
    ['an offset that is no number', external('inside.bin', { offset: '1e1' })],
    ['another length', external('inside.bin', { length: '23' })],
  ])('by external data at %s are refused', async (_, tensor) => {
    const folder = join(scratch(), 'model');
    mkdirSync(folder);
    const secret = join(folder, '..', 'secret.bin');
    writeFileSync(secret, Buffer.alloc(24));
    writeFileSync(join(folder, 'inside.bin'), Buffer.alloc(64));
    symlinkSync(secret, join(folder, 'link.bin'));
    symlinkSync('..', join(folder, 'linked'));
    writeFileSync(join(folder, 'model.onnx'), model([tensor]));
    await expect(readAll(join(folder, 'model.onnx'))).rejects.toMatchObject({
      code: 'WEIGHTS_CORRUPT',
      remedy: expect.any(String),
    });
  });

  it.each<[string, onnx.ITensorProto[], string]>([
    ['too few bytes', [raw({ rawData: new Uint8Array(23) })], 'WEIGHTS_CORRUPT'],
    ['no bytes', [raw({ rawData: undefined })], 'WEIGHTS_CORRUPT'],
    ['a negative length', [raw({ dims: [-6] })], 'WEIGHTS_CORRUPT'],
    ['2^60 values', [raw({ dims: [2 ** 30, 2 ** 30] })], 'WEIGHTS_CORRUPT'],
    ['too few numbers', [raw({ rawData: undefined, floatData: [1, 2] })], 'WEIGHTS_CORRUPT'],
    ['too few halves', [raw({ dataType: 10, rawData: undefined, int32Data: [1, 2, 3, 4, 5] })], 'WEIGHTS_CORRUPT'],
    [
      'too many halves',
      [raw({ dataType: 10, rawData: undefined, int32Data: [1, 2, 3, 4, 5, 6, 7] })],
      'WEIGHTS_CORRUPT',
    ],
    ['a name twice', [raw(), raw()], 'WEIGHTS_CORRUPT'],
    ['no name', [raw({ name: '' })], 'WEIGHTS_CORRUPT'],
    ['a part of a tensor', [raw({ segment: { begin: 0, end: 3 } })], 'WEIGHTS_CORRUPT'],
    ['no tensors', [], 'WEIGHTS_FORMAT_UNKNOWN'],
    ['integers', [raw({ dataType: 7, rawData: new Uint8Array(48) })], 'WEIGHTS_FORMAT_UNKNOWN'],
    ['a type that does not exist', [raw({ dataType: 99 })], 'WEIGHTS_FORMAT_UNKNOWN'],
  ])('with %s are refused', async (_, tensors, code) => {
    const path = join(scratch(), 'model.onnx');
    writeFileSync(path, model(tensors));
    await expect(readAll(path)).rejects.toMatchObject({ code, remedy: expect.any(String) });
  });

  it('with a million empty fields are refused in less than two seconds', async () => {
    const path = join(scratch(), 'model.onnx');
    writeFileSync(path, Buffer.concat([Buffer.from([8, 8]), Buffer.alloc(4_000_000, Buffer.from([0x12, 0]))]));
    const started = performance.now();
    await expect(readAll(path)).rejects.toMatchObject({ code: 'WEIGHTS_CORRUPT' });
    expect(performance.now() - started).toBeLessThan(2000);
  });

  it('are refused wherever they are cut off', async () => {
    const path = join(scratch(), 'model.onnx');
    const whole = readFileSync(join(fixtures, 'model.onnx'));
    for (let length = 1; length < whole.length; length += 7) {
      writeFileSync(path, whole.subarray(0, length));
      await expect(readAll(path)).rejects.toMatchObject({ code: expect.stringMatching(/^WEIGHTS_/) });
    }
  });
});
