import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { CutpointError } from '../../../src-main/contract/errors.ts';
import { generator } from '../../../src-main/engine/random.ts';
import { openWeights } from '../../../src-main/engine/weights/open.ts';
import { openZip } from '../../../src-main/engine/weights/zip.ts';
import { mutate } from './mutate.ts';
import { scratch } from './scratch.ts';
import { zipped, type Zipped } from './zipped.ts';

/**
 * Damaged files of every format: each is opened and read whole, or refused with a code of the weights, in less than five
 * seconds and without memory that grows. The damage follows from the name of the fixture and the number of the round, so
 * that a failure can be repeated alone.
 */
const ALL = process.env.CUTPOINT_FUZZ === 'all';
const ROUNDS = ALL ? 2000 : 500;
/** Of the formats that take the longest; `npm run bench:fuzz` goes through as many as of the others. */
const HDF5_ROUNDS = ALL ? ROUNDS : 200;
const LONGEST_MS = 5000;
const MOST_GROWTH = 500e6;

/** A thread of the HDF5 library that has read this many damaged files has lost too much memory to go on. */
const FILES_PER_THREAD = 100;

const fixtures = join(import.meta.dirname, 'fixtures');
const fixture = (name: string): Buffer => readFileSync(join(fixtures, name));

/** Whether the file opened; a refusal of it or of one of its tensors is fine, anything else fails the test. */
async function tryToRead(path: string, round: string): Promise<boolean> {
  const started = performance.now();
  const refusal = (error: unknown): undefined => {
    const isRefusal = error instanceof CutpointError && error.code.startsWith('WEIGHTS_');
    if (!isRefusal) throw new Error(`${round} was neither read nor refused`, { cause: error });
  };
  const file = await openWeights(path).catch(refusal);
  for (const tensor of file?.tensors.values() ?? []) await tensor.read().catch(refusal);
  await file?.close();
  const took = performance.now() - started;
  if (took > LONGEST_MS) throw new Error(`${round} took ${Math.round(took)} ms`);
  return file !== undefined;
}

async function fuzz(name: string, damage: (random: () => number) => Buffer, as: string): Promise<void> {
  const path = join(scratch(), as);
  for (const other of ['external.bin', 'group1-shard1of1']) {
    copyFileSync(join(fixtures, 'external.bin'), join(path, '..', other));
  }
  const before = process.memoryUsage.rss();
  let opened = 0;
  for (let round = 0; round < ROUNDS; round++) {
    writeFileSync(path, damage(generator('fuzz', name, round)));
    if (await tryToRead(path, `round ${round} of ${name}`)) opened++;
  }
  expectSome(opened);
  expect(process.memoryUsage.rss() - before).toBeLessThan(MOST_GROWTH);
}

describe(`${ROUNDS} damaged files`, () => {
  const other = fixture('torch.pth');

  it.each([
    ['python.safetensors', 'torch.pth'],
    ['torch.pth', 'torchLegacy.pth'],
    ['torchDeflated.pth', 'torch.pth'],
    ['torchLegacy.pth', 'torch.pth'],
    ['model.onnx', 'external.onnx'],
    ['external.onnx', 'model.onnx'],
  ])('like %s are read or refused', { timeout: 300_000 }, async (name, donor) => {
    await fuzz(name, (random) => mutate(fixture(name), fixture(donor), random), name);
  });

  it('like a TensorFlow.js model are read or refused', { timeout: 300_000 }, async () => {
    const manifest = [
      {
        paths: ['group1-shard1of1'],
        weights: [
          { name: 'Conv1/kernel', shape: [1, 2, 1, 4], dtype: 'float32' },
          { name: 'bn/gamma', shape: [8], dtype: 'float32', quantization: { dtype: 'uint8', scale: 0.5, min: -1 } },
          { name: 'bn/beta', shape: [24], dtype: 'float32', quantization: { dtype: 'float16' } },
        ],
      },
    ];
    const whole = Buffer.from(JSON.stringify({ modelTopology: {}, weightsManifest: manifest }));
    await fuzz('model.json', (random) => mutate(whole, other, random), 'model.json');
  });

  it.each(['torch.pth', 'torchProtocol5.pth'])(
    'with the right checksums, of what lies inside of %s, are read or refused',
    { timeout: 300_000 },
    async (name) => {
      const entries = await unzipped(name);
      await fuzz(`inside ${name}`, (random) => zipped(damageOne(entries, other, random)), name);
    },
  );
});

describe(`${HDF5_ROUNDS} damaged files`, () => {
  it.each([
    ['plain.h5', 'model.h5', false],
    ['keras-3.weights.h5', 'plain.h5', true],
  ])('like %s are read or refused', { timeout: 600_000 }, async (name, donor, inMemory) => {
    const path = join(scratch(), name);
    const before = process.memoryUsage.rss();
    let opened = 0;
    for (let from = 0; from < HDF5_ROUNDS; from += FILES_PER_THREAD) {
      opened += await fuzzThread({ name, donor, inMemory, from, to: from + FILES_PER_THREAD, path });
    }
    expectSome(opened, HDF5_ROUNDS);
    expect(process.memoryUsage.rss() - before).toBeLessThan(MOST_GROWTH);
  });
});

/** Damage that is always fatal, or never, tests little. */
function expectSome(opened: number, rounds = ROUNDS): void {
  expect(opened).toBeGreaterThan(0);
  expect(opened).toBeLessThan(rounds);
}

async function unzipped(name: string): Promise<Zipped[]> {
  const zip = await openZip(join(fixtures, name));
  const entries = [...zip.entries.values()].map(async (entry) => ({
    name: entry.name,
    contents: Buffer.from(await entry.read()),
  }));
  return await Promise.all(entries).finally(() => zip.close());
}

/** Damages the contents of one entry, most often of the largest, whose checksum stays right. */
function damageOne(entries: readonly Zipped[], donor: Buffer, random: () => number): Zipped[] {
  const chosen =
    random() < 0.8 ? entries.findIndex(({ name }) => name.endsWith('data.pkl')) : Math.floor(random() * entries.length);
  return entries.map((entry, index) =>
    index === chosen ? { ...entry, contents: mutate(entry.contents, donor, random) } : entry,
  );
}

/** How many of these files the thread could read. Fails where it stops, or is busy with one for too long. */
function fuzzThread(work: { name: string; donor: string; inMemory: boolean; from: number; to: number; path: string }) {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const { name, donor } = work;
  const thread = new Worker(new URL('./h5Worker.ts', import.meta.url), {
    workerData: { ...work, fixture: join(fixtures, name), donor: join(fixtures, donor) },
    stdout: true,
    stderr: true,
  });
  let round = work.from;
  const late = () => reject(new Error(`round ${round} of ${basename(name)} took more than ${LONGEST_MS} ms`));
  let timer = setTimeout(late, 2 * LONGEST_MS);
  thread.on('message', (told: { round: number } | { opened: number }) => {
    clearTimeout(timer);
    if ('opened' in told) return resolve(told.opened);
    round = told.round;
    timer = setTimeout(late, LONGEST_MS);
  });
  thread.on('error', (cause) => reject(new Error(`round ${round} of ${basename(name)} ended the thread`, { cause })));
  thread.on('exit', () => reject(new Error(`round ${round} of ${basename(name)} ended the thread`)));
  return promise.finally(async () => {
    clearTimeout(timer);
    await thread.terminate();
  });
}
