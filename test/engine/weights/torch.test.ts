import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openWeights } from '../../../src-main/engine/weights/open.ts';
import { pickled } from './pickled.ts';
import { readAll } from './readAll.ts';
import { scratch } from './scratch.ts';
import { zipped, type Zipped } from './zipped.ts';

const fixtures = join(import.meta.dirname, 'fixtures');
const ramp = (values: number) => Float32Array.from({ length: values }, (_, i) => (i - 5) / 8);

async function formatOf(path: string): Promise<string> {
  const file = await openWeights(path);
  await file.close();
  return file.format;
}

describe('PyTorch checkpoints', () => {
  it.each([
    ['torch.pth', 'pytorch'],
    ['torchProtocol5.pth', 'pytorch'],
    ['torchDeflated.pth', 'pytorch'],
    ['torchLegacy.pth', 'pytorch-legacy'],
  ])('%s gives every tensor that torch.save was given, dense and as float32', async (name, format) => {
    const file = await openWeights(join(fixtures, name));
    expect(file.format).toBe(format);
    const expected: Record<string, [number[], Float32Array]> = {
      f32: [[2, 3], ramp(6)],
      f16: [[4], ramp(4)],
      bf16: [[3, 1, 2], ramp(6)],
      f64: [[5], ramp(5)],
      scalar: [[], Float32Array.of(2.5)],
      empty: [[0, 3], new Float32Array(0)],
      transposed: [[2, 3], ramp(6)],
      channels_last: [[2, 3, 2, 2], ramp(24)],
      from4to7: [[4], ramp(12).slice(4, 8)],
      every_third: [[4], ramp(12).filter((_, i) => i % 3 === 0)],
      tied: [[12], ramp(12)],
      parameter: [[3], ramp(3)],
    };
    for (const [key, [shape, values]] of Object.entries(expected)) {
      const tensor = file.tensors.get(`state_dict.${key}`)!;
      expect(tensor.shape, key).toEqual(shape);
      expect(await tensor.read(), key).toEqual(values);
    }
    const steps = file.tensors.get('state_dict.num_batches_tracked')!;
    expect(steps.shape).toEqual([1]);
    await expect(steps.read()).rejects.toMatchObject({ code: 'WEIGHTS_FORMAT_UNKNOWN' });
    expect(file.tensors.size).toBe(Object.keys(expected).length + 1);
    await file.close();
  });

  it('are told by what they hold, not by their name', async () => {
    const path = join(scratch(), 'weights.h5');
    writeFileSync(path, readFileSync(join(fixtures, 'torch.pth')));
    expect(await formatOf(path)).toBe('pytorch');
    writeFileSync(path, readFileSync(join(fixtures, 'torchLegacy.pth')));
    expect(await formatOf(path)).toBe('pytorch-legacy');
  });

  it('of Python 2, with short strings, pairs and the first tensor function, are read', async () => {
    const short = (text: string) =>
      Buffer.concat([Buffer.from(`U${String.fromCharCode(text.length)}`), Buffer.from(text)]);
    const tensor = pickled.call(
      pickled.global('torch._utils', '_rebuild_tensor'),
      Buffer.concat([
        pickled.tuple(
          short('storage'),
          pickled.global('torch', 'FloatStorage'),
          short('94'),
          short('cuda:0'),
          pickled.number(6),
          pickled.tuple(short('95'), pickled.number(2), pickled.number(4)),
        ),
        Buffer.from('Q'),
      ]),
      pickled.number(0),
      pickled.tuple(pickled.number(2), pickled.number(2)),
      pickled.tuple(pickled.number(2), pickled.number(1)),
    );
    const pairs = pickled.list(pickled.list(short('fc.weight'), tensor));
    const count = Buffer.alloc(8);
    count.writeUInt8(6);
    const path = join(scratch(), 'python2.pth');
    writeFileSync(
      path,
      Buffer.concat([
        Buffer.from('80028a0a6cfc9c46f9206aa850192e8002 4de9032e'.replace(' ', ''), 'hex'),
        pickled.whole(pickled.dict(['little_endian', Buffer.from([0x88])])),
        pickled.whole(pickled.call(pickled.global('collections', 'OrderedDict'), pairs)),
        pickled.whole(pickled.list(short('94'))),
        count,
        Buffer.from(ramp(6).buffer),
      ]),
    );
    expect(Object.fromEntries(await readAll(path))).toEqual({ 'fc.weight': ramp(6).slice(2) });
  });
});

describe('PyTorch checkpoints that ask for more than tensors', () => {
  const archive = (pickle: Buffer, ...others: Zipped[]) => {
    const path = join(scratch(), 'model.pth');
    writeFileSync(path, zipped([{ name: 'archive/data.pkl', contents: pickle }, ...others]));
    return path;
  };
  const armed = join(tmpdir(), `cutpoint-armed-${process.pid}`);

  it.each<[string, Buffer]>([
    ['posix.system', pickled.call(pickled.global('posix', 'system'), pickled.text(`touch ${armed}`))],
    ['os.system', pickled.call(pickled.global('os', 'system'), pickled.text(`touch ${armed}`))],
    ['builtins.eval', pickled.call(pickled.global('builtins', 'eval'), pickled.text('1'))],
    ['__builtin__.exec', Buffer.from("(S'x'\ni__builtin__\nexec\n").subarray(6)],
    ['subprocess.Popen', Buffer.concat([pickled.text('subprocess'), pickled.text('Popen'), Buffer.from([0x93])])],
    [
      'os.system',
      pickled.call(
        pickled.global('torch._utils', '_rebuild_parameter'),
        pickled.call(pickled.global('os', 'system'), pickled.text('true')),
      ),
    ],
    ['torch.os.system', pickled.global('torch', 'os.system')],
    ['nt.system', pickled.global('nt', 'system')],
    ['__builtin__.getattr.os.system', pickled.global('__builtin__', 'getattr.os.system')],
    ['my_project.os.system', pickled.global('my_project.os', 'system')],
    ['torch.hub.load', pickled.call(pickled.global('torch.hub', 'load'), pickled.text('a/b'))],
    ['torch.load', pickled.global('torch', 'load')],
    ['numpy.load', pickled.global('numpy', 'load')],
    ['pickle.loads', pickled.global('pickle', 'loads')],
    ['runpy.run_path', pickled.global('runpy', 'run_path')],
    ['webbrowser.open', pickled.global('webbrowser', 'open')],
    ['importlib.import_module', pickled.global('importlib', 'import_module')],
    [
      'os.system',
      pickled.call(pickled.global('functools', 'partial'), pickled.global('os', 'system'), pickled.text('true')),
    ],
    ['torch.serialization.load', pickled.global('torch.serialization', 'load')],
    ['cProfile.run', pickled.call(pickled.global('cProfile', 'run'), pickled.text('1'))],
    ['bdb.Bdb.run', pickled.global('bdb', 'Bdb.run')],
    ['sqlite3.connect', pickled.call(pickled.global('sqlite3', 'connect'), pickled.text(armed))],
    ['zipfile.ZipFile', pickled.call(pickled.global('zipfile', 'ZipFile'), pickled.text(armed), pickled.text('w'))],
    ['http.client.HTTPSConnection', pickled.global('http.client', 'HTTPSConnection')],
    ['operator.methodcaller', pickled.call(pickled.global('operator', 'methodcaller'), pickled.text('system'))],
    [
      'torch.os.system',
      pickled.call(pickled.global('builtins', 'getattr'), pickled.global('torch', 'os'), pickled.text('system')),
    ],
    [
      'pathlib.Path.touch',
      pickled.call(
        pickled.call(
          pickled.global('__builtin__', 'getattr'),
          pickled.global('pathlib', 'Path'),
          pickled.text('touch'),
        ),
        pickled.call(pickled.global('pathlib', 'PosixPath'), pickled.text(armed)),
      ),
    ],
    ['a?b.c', pickled.global('a\x1bb', 'c')],
  ])('are refused by the name %s (%#)', async (asks, part) => {
    await expect(readAll(archive(pickled.whole(part)))).rejects.toMatchObject({
      code: 'WEIGHTS_FORMAT_UNKNOWN',
      message: expect.stringContaining(`asks to run '${asks}'`),
      remedy: expect.stringContaining('state_dict'),
    });
    expect(existsSync(armed)).toBe(false);
  });

  const long = (code: number, length: number[]) => Buffer.from([code, ...length, 1, 2, 3]);
  const nested = (levels: number) => Buffer.concat([Buffer.alloc(levels, ']'), Buffer.alloc(levels - 1, 'a')]);
  const laughs = Buffer.concat([
    pickled.text('ha'),
    Buffer.from('q\x00', 'latin1'),
    ...Array.from({ length: 12 }, (_, i) =>
      Buffer.concat([
        Buffer.from('](', 'latin1'),
        ...Array.from({ length: 50 }, () => Buffer.from([0x68, i])),
        Buffer.from([0x65, 0x71, i + 1]),
      ]),
    ),
  ]);
  const pairsAgain = Buffer.concat([
    pickled.list(...Array.from({ length: 50_000 }, () => Buffer.from('NN\x86', 'latin1'))),
    Buffer.from('q\x00c__builtin__\ndict\nq\x01', 'latin1'),
    Buffer.from('h\x01h\x00\x85R0'.repeat(20_000), 'latin1'),
  ]);
  const four = { name: 'archive/data/0', contents: Buffer.alloc(16) };

  it.each<[string, Buffer, Zipped[]]>([
    ['with text longer than the file', long(0x58, [0xff, 0xff, 0xff, 0xff]), []],
    ['with text of 2^63 bytes', long(0x8d, [0, 0, 0, 0, 0, 0, 0, 0x80]), []],
    ['with bytes longer than the file', long(0x42, [0xff, 0xff, 0xff, 0x7f]), []],
    ['with an integer of a gigabyte', long(0x8b, [0, 0, 0, 0x40]), []],
    ['with an integer of many bytes', Buffer.concat([Buffer.from([0x8a, 255]), Buffer.alloc(255, 1)]), []],
    ['with a million marks', Buffer.alloc(1_000_001, '('), []],
    ['nested without end', nested(100_000), []],
    ['that multiplies itself', laughs, []],
    ['that holds itself', Buffer.from(']q\x00h\x00a', 'latin1'), []],
    ['that pops what it never pushed', Buffer.from('a'), []],
    ['that recalls what it never gave', Buffer.from('h\x07', 'latin1'), []],
    ['that calls a number', Buffer.concat([pickled.number(1), pickled.tuple(), Buffer.from('R')]), []],
    ['that calls a storage type', pickled.call(pickled.global('torch', 'FloatStorage')), []],
    ['with an instruction for extensions', Buffer.from([0x82, 1]), []],
    ['that makes one dictionary of pairs again and again', pairsAgain, []],
    ['with a name of a megabyte', pickled.global('a'.repeat(1_000_000), 'b'), []],
    [
      'with a tensor larger than its storage',
      pickled.dict(['a', pickled.tensor(pickled.storage('0', 4), 0, [5], [1])]),
      [four],
    ],
    [
      'with a tensor behind its storage',
      pickled.dict(['a', pickled.tensor(pickled.storage('0', 4), 2, [3], [1])]),
      [four],
    ],
    [
      'with a tensor that repeats its storage',
      pickled.dict(['a', pickled.tensor(pickled.storage('0', 4), 0, [65536, 65536], [0, 0])]),
      [four],
    ],
    ['with a negative stride', pickled.dict(['a', pickled.tensor(pickled.storage('0', 4), 3, [4], [-1])]), [four]],
    [
      'with a storage larger than its entry',
      pickled.dict(['a', pickled.tensor(pickled.storage('0', 5), 0, [4], [1])]),
      [four],
    ],
    ['without the storage', pickled.dict(['a', pickled.tensor(pickled.storage('1', 4), 0, [4], [1])]), [four]],
    [
      'with a storage outside of its folder',
      pickled.dict(['a', pickled.tensor(pickled.storage('../../b', 4), 0, [4], [1])]),
      [four],
    ],
    [
      'whose values are damaged',
      pickled.dict(['a', pickled.tensor(pickled.storage('0', 4), 0, [4], [1])]),
      [{ ...four, checksum: 1 }],
    ],
    ['with two entries of one name', pickled.dict(), [four, four]],
    [
      'with ten thousand entries',
      pickled.dict(),
      Array.from({ length: 10_000 }, (_, i) => ({ ...four, name: `archive/${i}` })),
    ],
    ['with two checkpoints', pickled.dict(), [{ name: 'other/data.pkl', contents: pickled.whole(pickled.dict()) }]],
    ['with an entry that leads elsewhere', pickled.dict(), [{ name: '../../data', contents: four.contents }]],
    ['with an entry of an absolute path', pickled.dict(), [{ name: '/etc/passwd', contents: four.contents }]],
    [
      'with an entry that is not there',
      pickled.dict(['a', pickled.tensor(pickled.storage('0', 4), 0, [4], [1])]),
      [{ ...four, position: 9 }],
    ],
    [
      'with an entry that claims too much',
      pickled.dict(['a', pickled.tensor(pickled.storage('0', 400_000), 0, [4], [1])]),
      [{ ...four, deflated: true, claimedBytes: 1_600_000 }],
    ],
  ])('%s are refused in less than two seconds', async (_, part, others) => {
    const path = archive(pickled.whole(part), ...others);
    const started = performance.now();
    const before = process.memoryUsage.rss();
    await expect(readAll(path)).rejects.toMatchObject({ code: 'WEIGHTS_CORRUPT', remedy: expect.any(String) });
    expect(performance.now() - started).toBeLessThan(2000);
    expect(process.memoryUsage.rss() - before).toBeLessThan(400e6);
  });

  it.each([
    ['with many million lists', Buffer.alloc(20_000_000, ']')],
    ['that fills the memo', Buffer.concat([Buffer.from('N'), Buffer.alloc(20_000_000, 0x94)])],
  ])('%s are refused as too large, not as damaged', async (_, part) => {
    const path = archive(pickled.whole(part));
    const before = process.memoryUsage.rss();
    await expect(readAll(path)).rejects.toMatchObject({
      code: 'WEIGHTS_FORMAT_UNKNOWN',
      message: expect.stringContaining('carries more beside its weights'),
      remedy: expect.stringContaining('torch.save'),
    });
    expect(process.memoryUsage.rss() - before).toBeLessThan(500e6);
  });

  it('are refused as a zip bomb before anything is unpacked', async () => {
    const contents = Buffer.alloc(100_000_000);
    const path = archive(pickled.whole(pickled.dict()), { name: 'archive/data/0', contents, deflated: true });
    const before = process.memoryUsage().arrayBuffers;
    await expect(readAll(path)).rejects.toMatchObject({ message: expect.stringContaining('far larger') });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(5e6);
  });

  it('are refused when encrypted, and when packed in another way', async () => {
    const tensor = pickled.whole(pickled.dict(['a', pickled.tensor(pickled.storage('0', 4), 0, [4], [1])]));
    for (const lie of [{ flags: 0x801 }, { method: 14 }]) {
      const path = archive(tensor, { name: 'archive/data/0', contents: Buffer.alloc(16), ...lie });
      await expect(readAll(path)).rejects.toMatchObject({ code: expect.stringMatching(/^WEIGHTS_/) });
    }
  });

  it('of a machine with another order of bytes are refused', async () => {
    const path = archive(pickled.whole(pickled.dict()), { name: 'archive/byteorder', contents: Buffer.from('big') });
    await expect(readAll(path)).rejects.toMatchObject({
      code: 'WEIGHTS_FORMAT_UNKNOWN',
      message: expect.stringContaining('order of bytes'),
    });
  });

  it('are refused wherever they are cut off', async () => {
    const folder = scratch();
    for (const name of ['torch.pth', 'torchDeflated.pth', 'torchLegacy.pth']) {
      const whole = readFileSync(join(fixtures, name));
      for (let length = 1; length < whole.length; length += 97) {
        const path = join(folder, `${length}-${name}`);
        writeFileSync(path, whole.subarray(0, length));
        await expect(readAll(path), `${name}, ${length}`).rejects.toMatchObject({
          code: expect.stringMatching(/^WEIGHTS_/),
        });
      }
    }
  });

  it('leave nothing beside them', async () => {
    const folder = join(scratch(), 'inner');
    mkdirSync(folder);
    writeFileSync(join(folder, 'a.pth'), readFileSync(join(fixtures, 'torchDeflated.pth')));
    await (await openWeights(join(folder, 'a.pth'))).close();
    expect(readdirSync(folder)).toEqual(['a.pth']);
  });
});
