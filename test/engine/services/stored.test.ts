import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { RunSummary } from '../../../src-main/contract/run.ts';
import { readCheckpoint, writeCheckpoint } from '../../../src-main/engine/network/checkpoint.ts';
import { DAMAGES } from '../../support/damage.ts';
import { smallStudy } from '../../support/pictures.ts';
import { generator } from '../../../src-main/engine/random.ts';
import { numbersOf, services, tinyPlan } from './inProcess.ts';

const folder = mkdtempSync(join(tmpdir(), 'cutpoint-'));
const study = join(folder, 'study');
const trained = join(folder, 'trained');
let run: RunSummary;
let opened: Awaited<ReturnType<typeof services>>;

beforeAll(async () => {
  await smallStudy(study, { patients: 16, each: 3 });
  const first = await services(trained);
  run = await first.opened(await (await first.train(tinyPlan(study, { epochs: 2 }))).end);
  await first.close();
});
afterEach(() => opened.close());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let copies = 0;
/** The workspace of the run, after `change` was made to a copy of it. */
async function workspaceAfter(change: (workspace: string) => void | Promise<void>) {
  const workspace = join(folder, `copy-${++copies}`);
  cpSync(trained, workspace, { recursive: true });
  await change(workspace);
  opened = await services(workspace);
  return { workspace, call: opened.call, train: opened.train };
}

const bestOf = (workspace: string): string =>
  join(workspace, 'checkpoints', run.id, `epoch-0000${run.bestEpoch}.safetensors`);

function damage(path: string, seed: number): void {
  writeFileSync(path, DAMAGES['one bit flipped']!(readFileSync(path), generator(seed, path.length)));
}

describe('a run whose checkpoint is damaged', () => {
  it('says so whatever is asked of its network, and is not exported', async () => {
    const { call, workspace } = await workspaceAfter((copy) => damage(bestOf(copy), 20));
    const { id } = run;
    const picture = join(study, 'a/p0_0.png');
    const state = { kind: 'run' as const, run: id };
    const asked = [
      () => call('model.predict', { model: id, files: [picture] }),
      () => call('run.evaluate', { id, data: { folder: study, groupPattern: '(p\\d+)_' } }),
      () => call('model.export', { id, format: 'onnx', out: join(workspace, 'model.onnx') }),
      () => call('explain.map', { run: id, pictures: [{ file: picture }] }),
      () => call('similarity.compare', { a: state, b: { ...state, at: 'initial' } }),
      () => call('similarity.movement', { run: id }),
    ];
    for (const ask of asked) {
      await expect(ask(), String(ask)).rejects.toMatchObject({
        code: 'CHECKPOINT_DAMAGED',
        message: expect.stringContaining(`${id}/epoch-0000${run.bestEpoch}.safetensors`),
      });
    }
    expect(existsSync(join(workspace, 'model.onnx'))).toBe(false);
    const { metrics, warnings } = await call('run.evaluate', { id });
    expect(metrics).toEqual(run.test!.metrics);
    expect(warnings).toMatchObject([{ code: 'POSITIVE_UNCERTAIN' }, { code: 'CHECKPOINT_DAMAGED' }]);
  });

  it('of an earlier version, without a checksum, is found out by its stored test predictions', async () => {
    const { call, workspace } = await workspaceAfter(async (copy) => {
      const checkpoints = join(copy, 'checkpoints', run.id);
      const name = `epoch-0000${run.bestEpoch}.safetensors`;
      const read = await readCheckpoint(checkpoints, { name, crc32: null });
      read.weights.get('head_dense/kernel')!.data[0]! += 2 ** 4;
      await writeCheckpoint(checkpoints, read);
      const db = new Sqlite(join(copy, 'cutpoint.db'));
      db.exec('UPDATE epochs SET checkpoint_crc32 = NULL, row_crc32 = NULL');
      db.close();
    });
    const out = join(workspace, 'model.onnx');
    await expect(call('model.export', { id: run.id, format: 'onnx', out })).rejects.toMatchObject({
      code: 'EXPORT_MISMATCH',
      message: expect.stringContaining('no longer gives the predictions that were stored'),
    });
    expect(existsSync(out)).toBe(false);
  });
});

it('an export is compared with the stored predictions, and certificate and card say on how many images', async () => {
  const { call, workspace } = await workspaceAfter(() => {});
  const out = join(workspace, 'model.onnx');
  const { stored } = await call('model.export', { id: run.id, format: 'onnx', out, latency: false });
  expect(stored).toMatchObject({ images: run.test!.images, tolerance: 1e-4, changedDecisions: 0 });
  expect(stored!.largestDifference).toBeLessThan(1e-5);
  expect(JSON.parse(readFileSync(`${out}.certificate.json`, 'utf8'))).toMatchObject({ stored });
  expect(readFileSync(`${out}.card.md`, 'utf8')).toContain(
    `predictions that were stored with the run: on ${run.test!.images} held-out images`,
  );
  expect((await call('model.exports', { id: run.id }))[0]).toMatchObject({ stored });
});

it('an export that comes back damaged, as a model, as a source or with its certificate, is refused', async () => {
  const { call, workspace } = await workspaceAfter(() => {});
  const { id } = run;
  const picture = join(study, 'a/p0_0.png');
  for (const format of ['onnx', 'tfjs', 'keras', 'keras-h5', 'safetensors'] as const) {
    const { path } = await call('model.export', { id, format, out: join(workspace, 'out', format), latency: false });
    const file = format === 'tfjs' ? join(path, 'group1-shard1of1.bin') : path;
    const whole = readFileSync(file);
    const source = { file: path, backbone: 'mobilenet_v2_keras', partial: true };
    await call('source.add', { ...source, name: format });
    for (const seed of [21, 22, 23]) {
      damage(file, seed);
      await expect(call('source.add', { ...source, name: `${format} ${seed}` }), format).rejects.toMatchObject({
        code: expect.stringMatching(/^(MODEL_DAMAGED|WEIGHTS_\w+)$/),
      });
      if (format === 'onnx' || format === 'tfjs')
        await expect(call('model.predict', { model: path, files: [picture] })).rejects.toMatchObject({
          code: expect.stringMatching(/^MODEL_(DAMAGED|NOT_READABLE)$/),
        });
      writeFileSync(file, whole);
    }
  }
  damage(join(workspace, 'out/onnx.onnx.certificate.json'), 24);
  await expect(
    call('model.export', { id, format: 'onnx', out: join(workspace, 'out/onnx'), latency: false, overwrite: true }),
  ).rejects.toMatchObject({ code: 'EXPORT_WRITE_FAILED', message: expect.stringContaining('is damaged') });
});

it('an export is refused where stored predictions and stored results disagree', async () => {
  const { call, workspace } = await workspaceAfter((copy) => {
    const db = new Sqlite(join(copy, 'cutpoint.db'));
    db.exec(`UPDATE predictions SET row_crc32 = NULL, label = 1 - label WHERE image_set = 'test' AND position = 0`);
    db.close();
  });
  await expect(
    call('model.export', { id: run.id, format: 'onnx', out: join(workspace, 'model.onnx') }),
  ).rejects.toMatchObject({ code: 'STORE_CORRUPT', message: expect.stringContaining('do not agree') });
  // Tested again, all is as it was.
  expect((await call('run.evaluate', { id: run.id, again: true })).metrics).toEqual(run.test!.metrics);
  const out = join(workspace, 'model.onnx');
  expect((await call('model.export', { id: run.id, format: 'onnx', out, latency: false })).stored).toMatchObject({
    changedDecisions: 0,
  });
});

it('damaged caches give the numbers that whole ones give, and it is said how many images were', async () => {
  const { train, workspace } = await workspaceAfter(() => {});
  const cache = join(workspace, 'cache');
  const [name] = readdirSync(cache).filter((each) => each.endsWith('.rgb'));
  const bytes = readFileSync(join(cache, name!));
  for (const image of [0, 11, 30]) bytes[image * 32 * 32 * 3 + 1000 + image]! ^= 128;
  writeFileSync(join(cache, name!), bytes);
  const { end, events } = await train(tinyPlan(study, { epochs: 2 }));
  expect(numbersOf(await opened.opened(await end))).toEqual(numbersOf(run));
  expect(events).toContainEqual(expect.objectContaining({ message: '3 decoded images were damaged: decoding again' }));
});
