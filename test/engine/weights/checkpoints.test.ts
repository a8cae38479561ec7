import { existsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CutpointError } from '../../../src-main/contract/errors.ts';
import { openWeights } from '../../../src-main/engine/weights/open.ts';
import { openZip } from '../../../src-main/engine/weights/zip.ts';
import { pickled } from './pickled.ts';
import { readAll } from './readAll.ts';
import { scratch } from './scratch.ts';
import { zipped } from './zipped.ts';

const fixtures = join(import.meta.dirname, 'fixtures');
const ramp = (values: number, scale = 1) => Float32Array.from({ length: values }, (_, i) => (scale * (i - 5)) / 8);

/** Name, shape and values of every tensor; of one that is no weight, how it is stored. */
async function contents(path: string): Promise<Record<string, [readonly number[], Float32Array | string]>> {
  const file = await openWeights(path);
  const all: Record<string, [readonly number[], Float32Array | string]> = {};
  for (const [name, { shape, read }] of file.tensors) {
    const values = await read().catch((error: CutpointError) => /stored as (.*), which/.exec(error.message)![1]!);
    all[name] = [shape, values];
  }
  await file.close();
  return all;
}

/** See fixtures/make_checkpoints.py. */
const CHECKPOINT = {
  rng: [[4], 'uint8'],
  'arrays.c': [[2, 3], ramp(6)],
  'arrays.fortran': [[2, 3], ramp(6)],
  'state_dict.conv.weight': [[2, 1, 2, 2], ramp(8)],
  'state_dict.bn.running_mean': [[2], ramp(2)],
  'state_dict_ema.conv.weight': [[2, 1, 2, 2], ramp(8, 2)],
  'state_dict_ema.bn.running_mean': [[2], ramp(2, 2)],
};
const CARRIED = [
  'numpy._core.multiarray.scalar',
  'argparse.Namespace',
  'pathlib.PurePosixPath',
  'pathlib.PureWindowsPath',
  'collections.defaultdict',
  'collections.Counter',
  'collections.deque',
  'datetime.datetime',
  'datetime.timezone',
  'datetime.timedelta',
  'decimal.Decimal',
  'fractions.Fraction',
  'uuid.UUID',
  'my_project.settings.Phase',
  'my_project.settings.EasyDict',
  'my_project.settings.Layers',
  'my_project.settings.Slotted',
  'my_project.settings.Metric',
  'my_project.settings.Recursive',
  'functools.partial',
  'torch.nn.init.normal_',
  'my_project.settings.schedule',
  'torch.nn.modules.conv.Conv2d',
];

describe('arrays of NumPy in a pickle without PyTorch', () => {
  const dtype = pickled.call(pickled.global('numpy', 'dtype'), pickled.text('f4'));
  const array = (count: number) =>
    Buffer.concat([
      pickled.call(
        pickled.global('numpy.core.multiarray', '_reconstruct'),
        pickled.global('numpy', 'ndarray'),
        pickled.tuple(pickled.number(0)),
        Buffer.from('C\x01b'),
      ),
      pickled.tuple(
        pickled.number(1),
        pickled.tuple(pickled.number(count)),
        dtype,
        Buffer.from([0x89]),
        Buffer.concat([Buffer.from([0x43, 4 * count]), Buffer.from(ramp(count).buffer)]),
      ),
      Buffer.from('b'),
    ]);
  const save = (value: Buffer) => {
    const path = join(scratch(), 'weights.pkl');
    writeFileSync(path, pickled.whole(value));
    return path;
  };

  it('are read', async () => {
    const path = save(pickled.dict(['model', pickled.dict(['conv1.weight', array(6)])], ['author', pickled.text('x')]));
    expect(Object.fromEntries(await readAll(path))).toEqual({ 'model.conv1.weight': ramp(6) });
    const file = await openWeights(path);
    expect(file.format).toBe('pickle');
  });

  it('are refused beside a command, and tensors of PyTorch in them are named', async () => {
    const command = pickled.call(pickled.global('posix', 'system'), pickled.text('true'));
    await expect(readAll(save(pickled.dict(['a', array(6)], ['b', command])))).rejects.toMatchObject({
      code: 'WEIGHTS_FORMAT_UNKNOWN',
      message: expect.stringContaining("asks to run 'posix.system'"),
    });
    const tensor = pickled.tensor(
      pickled.call(pickled.global('torch.storage', '_load_from_bytes'), Buffer.from('C\x01x')),
      0,
      [6],
      [1],
    );
    await expect(readAll(save(pickled.dict(['a', tensor])))).rejects.toMatchObject({
      code: 'WEIGHTS_FORMAT_UNKNOWN',
      message: expect.stringContaining('pickle.dump instead of torch.save'),
      remedy: expect.stringContaining('torch.save'),
    });
  });
});

describe('what people save beside their weights', () => {
  it.each(['checkpoint2.pth', 'checkpoint5.pth'])('is taken as data, and the tensors are read: %s', async (name) => {
    expect(await contents(join(fixtures, name))).toEqual(CHECKPOINT);
    const file = await openWeights(join(fixtures, name));
    expect(file.objects).toEqual(expect.arrayContaining(CARRIED));
    await file.close();
  });

  it('is the same with the names of NumPy 1', async () => {
    const zip = await openZip(join(fixtures, 'checkpoint2.pth'));
    const entries = await Promise.all(
      [...zip.entries.values()].map(async ({ name, read }) => ({ name, contents: Buffer.from(await read()) })),
    );
    await zip.close();
    const path = join(scratch(), 'old.pth');
    const renamed = (bytes: Buffer) =>
      Buffer.from(bytes.toString('latin1').replaceAll('cnumpy._core.', 'cnumpy.core.'), 'latin1');
    writeFileSync(
      path,
      zipped(
        entries.map((each) => (each.name.endsWith('.pkl') ? { ...each, contents: renamed(each.contents) } : each)),
      ),
    );
    expect(await contents(path)).toEqual(CHECKPOINT);
    const file = await openWeights(path);
    expect(file.objects).toContain('numpy.core.multiarray.scalar');
    await file.close();
  });

  it('may be a whole model, whose parameters have the names of its state dict', async () => {
    expect(await contents(join(fixtures, 'wholeModel.pth'))).toEqual({
      scale: [[3], ramp(3)],
      'features.0.weight': [[2, 1, 2, 2], ramp(8)],
      'features.0.bias': [[2], ramp(2)],
      'features.1.weight': [[2], ramp(2)],
      'features.1.bias': [[2], ramp(2)],
      'features.1.running_mean': [[2], ramp(2)],
      'features.1.running_var': [[2], ramp(2)],
      'features.1.num_batches_tracked': [[], 'int64'],
    });
  });

  it('may be a TorchScript program, which is not run', async () => {
    const { scale: _, ...expected } = await contents(join(fixtures, 'wholeModel.pth'));
    expect(await contents(join(fixtures, 'script.pt'))).toEqual(expected);
  });

  it('may be tensors of odd kinds, each told by how it is stored', async () => {
    expect(await contents(join(fixtures, 'oddTensors.pth'))).toEqual({
      subclass: [[4], ramp(4)],
      parameter: [[3], ramp(3)],
      buffer: [[3], ramp(3)],
      window: [[2, 2], Float32Array.of(-0.125, 0.125, 0.375, 0.625)],
      expanded: [[2, 3], Float32Array.of(-0.625, -0.625, -0.625, -0.5, -0.5, -0.5)],
      quantised: [[4], 'quantised integers'],
      'per channel': [[2, 2], 'quantised integers'],
      sparse: [[2, 2], 'a sparse tensor'],
      rows: [[2, 2], 'a sparse tensor'],
      meta: [[2, 5], expect.stringContaining('without values')],
      eighth: [[4], 'float8_e4m3fn'],
      complex: [[2], 'complex64'],
      unsigned: [[2], 'uint16'],
      negated: [[3], 'a lazy view'],
    });
  });

  it('of old files may be a layer with its program, which is not run', async () => {
    const module = Buffer.concat([
      pickled.tuple(
        pickled.text('module'),
        pickled.global('my_project.nets', 'Net'),
        pickled.text('/home/x/nets.py'),
        pickled.text('import os'),
      ),
      Buffer.from('Q)\x81', 'latin1'),
    ]);
    const state = pickled.dict(
      ['_parameters', pickled.dict(['weight', pickled.tensor(pickled.storage('0', 4), 0, [4], [1])])],
      ['_buffers', pickled.dict()],
      ['_modules', pickled.dict()],
    );
    const path = join(scratch(), 'model.pth');
    writeFileSync(
      path,
      zipped([
        { name: 'archive/data.pkl', contents: pickled.whole(module, state, Buffer.from('b')) },
        { name: 'archive/data/0', contents: Buffer.from(ramp(4).buffer) },
      ]),
    );
    expect(Object.fromEntries(await readAll(path))).toEqual({ weight: ramp(4) });
  });

  /** A checkpoint of one weight and, before it, another value. */
  const beside = (value: Buffer) => {
    const path = join(scratch(), 'checkpoint.pth');
    const weight = pickled.tensor(pickled.storage('0', 4), 0, [4], [1]);
    writeFileSync(
      path,
      zipped([
        { name: 'archive/data.pkl', contents: pickled.whole(pickled.dict(['extra', value], ['weight', weight])) },
        { name: 'archive/data/0', contents: Buffer.from(ramp(4).buffer) },
      ]),
    );
    return path;
  };

  const scalar = Buffer.from('h\x01h\x02h\x03X\x04\x00\x00\x00\x00\x00\x00?h\x04\x86R\x86R', 'latin1');
  const megabytes = 'é'.repeat(5_000_000);
  it.each<[string, Buffer]>([
    [
      'losses of 1,200,000 steps',
      pickled.list(Buffer.alloc(9 * 1_200_000, Buffer.from('G?\xf0\0\0\0\0\0\0', 'latin1'))),
    ],
    [
      'losses of 150,000 steps as scalars of NumPy',
      Buffer.concat([
        pickled.global('numpy.core.multiarray', 'scalar'),
        Buffer.from('q\x010'),
        pickled.call(pickled.global('numpy', 'dtype'), pickled.text('f4')),
        Buffer.from('q\x020'),
        pickled.global('_codecs', 'encode'),
        Buffer.from('q\x030'),
        pickled.text('latin1'),
        Buffer.from('q\x040'),
        pickled.list(Buffer.alloc(scalar.length * 150_000, scalar)),
      ]),
    ],
    [
      'predictions as text that is to be encoded',
      pickled.list(
        ...Array.from({ length: 3 }, () =>
          pickled.call(pickled.global('_codecs', 'encode'), pickled.text(megabytes), pickled.text('latin1')),
        ),
      ),
    ],
    ['names of 300,000 pictures', pickled.list(Buffer.alloc(300_000 * 12, pickled.text('123.png')))],
  ])('may be long records of a training: %s', async (_, value) => {
    const path = beside(value);
    let turns = 0;
    const others = setInterval(() => turns++, 1);
    expect(Object.fromEntries(await readAll(path))).toEqual({ weight: ramp(4) });
    clearInterval(others);
    if (value.length > 10_000_000) expect(turns).toBeGreaterThan(0);
  });

  it('may be a model within another object, as those that torch.compile wraps', async () => {
    const module = (state: Buffer) =>
      Buffer.concat([pickled.call(pickled.global('my_project.nets', 'Net')), state, Buffer.from('b')]);
    const net = module(
      pickled.dict(
        ['_parameters', pickled.dict(['kernel', pickled.tensor(pickled.storage('0', 4), 0, [4], [1])])],
        ['_buffers', pickled.dict()],
        ['_modules', pickled.dict()],
      ),
    );
    const path = beside(
      pickled.call(pickled.global('torch._dynamo.eval_frame', 'OptimizedModule'), net, pickled.dict()),
    );
    expect(Object.fromEntries(await readAll(path))).toEqual({ 'extra.0.kernel': ramp(4), weight: ramp(4) });
  });

  it('may be saved under protocol 1, whose magic number is text', async () => {
    const key = pickled.text('k');
    const parts = [
      'L119547037146038801333356L\n.',
      'M\xe9\x03.',
      Buffer.concat([pickled.dict(['little_endian', Buffer.from('I01\n')]), Buffer.from('.')]),
      Buffer.concat([
        pickled.dict(['weight', pickled.tensor(pickled.storage('k', 4, { legacy: true }), 0, [4], [1])]),
        Buffer.from('.'),
      ]),
      Buffer.concat([pickled.list(key), Buffer.from('.')]),
      Buffer.from([4, 0, 0, 0, 0, 0, 0, 0]),
      Buffer.from(ramp(4).buffer),
    ];
    const path = join(scratch(), 'weights.pth');
    writeFileSync(
      path,
      Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part))),
    );
    expect(Object.fromEntries(await readAll(path))).toEqual({ weight: ramp(4) });
  });

  const armed = join(tmpdir(), `cutpoint-armed-${process.pid}-data`);
  it.each<[string, Buffer]>([
    ['a class of a project', pickled.call(pickled.global('my_project.utils', 'Meter'), pickled.text(`touch ${armed}`))],
    ['a built-in function', pickled.call(pickled.global('functools', 'partial'), pickled.global('builtins', 'print'))],
    ['a comparison', pickled.global('operator', 'lt')],
    ['an exception', pickled.call(pickled.global('builtins', 'KeyError'), pickled.text('auc'))],
    ['an address taken apart', pickled.call(pickled.global('urllib.parse', 'ParseResult'), pickled.text('https'))],
    ['a log', pickled.call(pickled.global('_io', 'StringIO'), pickled.text('epoch 1'))],
    ['a class within a class', pickled.global('my_project', 'Outer.Inner')],
    ['a lambda of a project', pickled.global('__main__', '<lambda>'.replace(/[<>]/g, ''))],
    ['another alphabet', pickled.global('проект', 'Модель')],
    [
      'a call of what a call gave',
      pickled.call(pickled.call(pickled.global('functools', 'partial'), pickled.number(1))),
    ],
    [
      'an attribute by its name',
      pickled.call(pickled.global('builtins', 'getattr'), pickled.global('a.b', 'C'), pickled.text('D')),
    ],
    [
      'a scalar of NumPy 1',
      pickled.call(
        pickled.global('numpy.core.multiarray', 'scalar'),
        pickled.global('numpy', 'dtype'),
        pickled.text('x'),
      ),
    ],
    ['a path of Python 3.13', pickled.call(pickled.global('pathlib._local', 'PosixPath'), pickled.text('/data'))],
    [
      'a node of OmegaConf',
      Buffer.concat([
        pickled.call(pickled.global('omegaconf.dictconfig', 'DictConfig')),
        pickled.dict(['_content', pickled.dict()]),
        Buffer.from('b'),
      ]),
    ],
    ['a callback of Lightning', pickled.global('pytorch_lightning.callbacks.model_checkpoint', 'ModelCheckpoint')],
    [
      'protocol 0',
      Buffer.from("(dp0\nS'a\\x41\\'b'\np1\nV\\u00e9\np2\nsS'n'\nF1.5\nsS'l'\n(lp3\nI1\naL2L\nas", 'latin1'),
    ],
    ['an object of protocol 1', Buffer.from('(cmy_project\nThing\no}b', 'latin1')],
    ['arguments by name', Buffer.concat([pickled.global('my_project', 'Thing'), Buffer.from(')}\x92', 'latin1')])],
    [
      'a dictionary of a class',
      Buffer.concat([
        pickled.call(
          pickled.global('copy_reg', '_reconstructor'),
          pickled.global('my_project', 'Config'),
          pickled.global('__builtin__', 'dict'),
          pickled.dict(),
        ),
      ]),
    ],
  ])('may be %s', async (_, value) => {
    const path = beside(value);
    expect(Object.fromEntries(await readAll(path))).toEqual({ weight: ramp(4) });
    expect(existsSync(armed)).toBe(false);
  });
});
