import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CutpointError } from '../../../src-main/contract/errors.ts';
import type { OutputOf } from '../../../src-main/contract/index.ts';
import type { JobRow } from '../../../src-main/contract/job.ts';
import type { RunSummary } from '../../../src-main/contract/run.ts';
import { folderForFile } from '../../support/folder.ts';
import { put, smallPng, smallStudy } from '../../support/pictures.ts';
import { services, tinyPlan } from '../services/inProcess.ts';

const folder = folderForFile();
const study = join(folder, 'study');
const workspace = join(folder, 'workspace');
let engine: Awaited<ReturnType<typeof services>>;
let run: RunSummary;

beforeAll(async () => {
  await smallStudy(study, { patients: 16, each: 3 });
  engine = await services(workspace);
  run = await (await engine.train(tinyPlan(study, { epochs: 1 }))).end;
});
afterAll(() => engine.close());

const audit = () => ({ folder: study, groupPattern: '(p\\d+)_' });
const sweep = (seed: number) => ({
  network: { kind: 'backbone' as const, backbone: 'cbr_tiny', source: null, seed },
  data: audit(),
  input: 32,
  folds: 3,
});
const jobs = (): Promise<JobRow[]> => engine.call('job.list', {});
const ended = async (id: string): Promise<JobRow> => engine.call('job.watch', { id });
const isRunning = () => expect.poll(async () => (await newest()).status, { timeout: 20_000 }).toBe('running');
const newest = async (): Promise<JobRow> => (await jobs())[0]!;

describe('an answer is kept', () => {
  it('is found again at once, saying from when it is, until it is asked anew', async () => {
    const first = await engine.call('probe.sweep', sweep(1));
    expect(first.origin).toMatchObject({ found: false });
    const count = (await jobs()).length;
    const again = await engine.call('probe.sweep', sweep(1));
    expect(again).toEqual({ ...first, origin: { ...first.origin!, found: true } });
    expect(await jobs()).toHaveLength(count);
    const anew = await engine.call('probe.sweep', { ...sweep(1), again: true });
    expect(anew.origin).toMatchObject({ found: false });
    expect(anew.origin!.job).not.toBe(first.origin!.job);
    expect((await engine.call('probe.sweep', sweep(1))).origin!.job).toBe(anew.origin!.job);
    expect((await engine.call('probe.sweep', sweep(2))).origin).toMatchObject({ found: false });
  });

  it('is not taken for that of files that were changed, added or are gone', async () => {
    await engine.call('data.audit', audit());
    expect((await engine.call('data.audit', audit())).origin!.found).toBe(true);
    put(study, join('a', 'p99_0.png'), await smallPng(99));
    const more = await engine.call('data.audit', audit());
    expect(more).toMatchObject({ images: 49, origin: { found: false } });
    const file = join(study, 'a', 'p99_0.png');
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.fill(0, bytes.length - 40));
    expect((await engine.call('data.audit', audit())).origin!.found).toBe(false);
    put(study, join('a', 'p99_0.png'), await smallPng(99));
    expect((await engine.call('data.audit', audit())).origin!.found).toBe(false);
  });

  it('is kept over a restart of the engine', async () => {
    const before = await engine.call('explain.map', maps(2));
    await engine.close();
    engine = await services(workspace);
    expect(await engine.call('explain.map', maps(2))).toEqual({
      ...before,
      origin: { ...before.origin!, found: true },
    });
  });

  it('without the images of patients: what holds them is not kept', async () => {
    const ask = { ...maps(1), image: true };
    const { origin } = await engine.call('explain.map', ask);
    expect(await engine.call('job.get', { id: origin!.job })).toMatchObject({ status: 'completed', kept: false });
    expect((await engine.call('explain.map', ask)).origin).toMatchObject({ found: false });
  });

  it('of an export only while the file is what was written', async () => {
    const out = { id: run.id, format: 'onnx' as const, out: join(folder, 'model.onnx'), latency: false };
    const first = await engine.call('model.export', out);
    expect(await engine.call('model.export', out)).toEqual({ ...first, origin: { ...first.origin!, found: true } });
    writeFileSync(first.card!, 'another card');
    await expect(engine.call('model.export', out)).rejects.toMatchObject({ code: 'EXPORT_EXISTS' });
    const anew = await engine.call('model.export', { ...out, overwrite: true });
    expect(anew.origin!.found).toBe(false);
    expect(readFileSync(anew.card!, 'utf8')).not.toBe('another card');
  });

  it('goes with the run that it was made of', async () => {
    const other = await (await engine.train(tinyPlan(study, { epochs: 1, seed: 9 }))).end;
    const { origin } = await engine.call('similarity.movement', { run: other.id });
    await engine.call('storage.remove', { kind: 'run', ids: [other.id] });
    await expect(engine.call('job.get', { id: origin!.job })).rejects.toMatchObject({ code: 'JOB_UNKNOWN' });
  });
});

const maps = (images: number) => ({
  run: run.id,
  pictures: Array.from({ length: images }, (_, index) => ({ split: 'validation' as const, index })),
});

describe('a job', () => {
  it('is one, however many ask for it, and whoever comes later sees what was reported', async () => {
    const ask = { ...maps(5), cut: 'block_1_project_BN' };
    const seen: number[] = [];
    const late: number[] = [];
    const joined = Promise.withResolvers<OutputOf<'explain.map'>>();
    const first = engine.call('explain.map', ask, ({ map, done }) => {
      if (map) seen.push(map.picture);
      if (done !== 3) return;
      engine.call('explain.map', ask, (event) => event.map && late.push(event.map.picture)).then(joined.resolve, joined.reject); // prettier-ignore
    });
    const { maps: made, origin } = await first;
    expect(seen).toEqual([0, 1, 2, 3, 4]);
    expect(made.map(({ picture }) => picture)).toEqual(seen);
    const second = await joined.promise;
    expect(second.origin!.job).toBe(origin!.job);
    expect(late.toSorted()).toEqual(seen);
  });

  it('is begun without waiting, watched, and read when it has ended', async () => {
    const row = await engine.call('job.start', { method: 'probe.sweep', input: sweep(3) });
    expect(row).toMatchObject({ method: 'probe.sweep', title: 'Probe of cbr_tiny on study', kept: false });
    const events: unknown[] = [];
    const over = await engine.call('job.watch', { id: row.id }, ({ event }) => events.push(event));
    expect(over).toMatchObject({ status: 'completed', kept: true, error: null });
    expect(events.length).toBeGreaterThan(0);
    const got = await engine.call('job.get', { id: row.id });
    const { origin, ...answer } = await engine.call('probe.sweep', sweep(3));
    expect(got).toMatchObject({ input: sweep(3), output: answer });
    expect(origin).toMatchObject({ job: row.id, found: true });
    await expect(engine.call('job.start', { method: 'probe.sweep', input: {} })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    });
  });

  it('waits for those before it in its queue, and can be taken out of it', async () => {
    const begin = (input: object) => engine.call('job.start', { method: 'probe.sweep', input });
    const one = await begin({ ...sweep(11), input: 160 });
    const [two, three] = [await begin(sweep(12)), await begin(sweep(13))];
    const map = await engine.call('explain.map', { ...maps(1), method: 'layer-cam' });
    expect(map.maps).toHaveLength(1);
    expect(await engine.call('job.cancel', { id: two.id })).toMatchObject({ status: 'cancelled', startedAt: null });
    expect(await ended(one.id)).toMatchObject({ status: 'completed' });
    const last = await ended(three.id);
    expect(last).toMatchObject({ status: 'completed' });
    expect(last.startedAt! >= (await ended(one.id)).endedAt!).toBe(true);
  });

  it('ends when the last who asked for it cancels, and only then', async () => {
    const [first, second] = [new AbortController(), new AbortController()];
    const ask = (signal: AbortSignal) => engine.call('probe.sweep', { ...sweep(21), input: 160 }, () => {}, signal);
    const calls = [ask(first.signal), ask(second.signal)];
    await isRunning();
    first.abort();
    expect((await newest()).status).toBe('running');
    second.abort();
    for (const call of calls) await expect(call).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(await ended((await newest()).id)).toMatchObject({ status: 'cancelled' });
  });

  it('that is being ended gives nobody who comes then its end for an answer', async () => {
    const first = new AbortController();
    const ask = (signal?: AbortSignal) =>
      engine.call('explain.map', { ...maps(9), method: 'grad-cam++' }, () => {}, signal);
    const cancelled = ask(first.signal);
    cancelled.catch(() => {});
    await isRunning();
    first.abort();
    // At once: the first one is still on its way out.
    expect(await ask()).toMatchObject({ origin: { found: false } });
    await expect(cancelled).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('continues when the connection of who asked is lost', async () => {
    const controller = new AbortController();
    const call = engine.call('probe.sweep', { ...sweep(31), input: 160 }, () => {}, controller.signal);
    await isRunning();
    controller.abort(new CutpointError('CONNECTION_LOST', 'The window is gone.'));
    await call;
    expect((await engine.call('probe.sweep', { ...sweep(31), input: 160 })).origin).toMatchObject({ found: true });
  });

  it('says why it failed, and is tried again', async () => {
    const gone = join(folder, 'gone');
    const asked = engine.call('data.audit', { folder: gone });
    await expect(asked).rejects.toMatchObject({ code: 'FOLDER_NOT_FOUND' });
    const row = await newest();
    expect(row).toMatchObject({ status: 'failed', kept: false, error: { code: 'FOLDER_NOT_FOUND' } });
    put(gone, join('a', 'one.png'), await smallPng(1));
    const again = await engine.call('job.again', { id: row.id });
    expect(await ended(again.id)).toMatchObject({ status: 'completed' });
  });

  it('that an engine left in the middle is interrupted, and can be done again', async () => {
    const row = await engine.call('job.start', { method: 'probe.sweep', input: { ...sweep(41), input: 160 } });
    await isRunning();
    await engine.close();
    engine = await services(workspace);
    expect(await ended(row.id)).toMatchObject({ status: 'interrupted', kept: false });
    const again = await engine.call('job.again', { id: row.id });
    expect(await ended(again.id)).toMatchObject({ status: 'completed', kept: true });
  });
});
