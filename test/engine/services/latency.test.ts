import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ProgressOf } from '../../../src-main/contract/index.ts';
import { folderForFile } from '../../support/folder.ts';
import { smallStudy } from '../../support/pictures.ts';
import { services, tinyPlan } from './inProcess.ts';

const folder = folderForFile();
let engine: Awaited<ReturnType<typeof services>>;
beforeAll(async () => {
  engine = await services(folder);
});
afterAll(() => engine.close());

const asked = { backbone: 'mobilenet_v2_keras', input: 96 };

it('measures block ends from shallow to deep, tells each as it is known, and keeps the answer', async () => {
  const told: ProgressOf<'backbone.latency'>[] = [];
  const report = await engine.call('backbone.latency', { ...asked, batch: 4 }, (event) => told.push(event));
  const inspection = await engine.call('backbone.inspect', asked);
  const ends = inspection.cuts.filter(({ endsBlock }) => endsBlock).map(({ name }) => name);
  expect(report.cuts.map(({ cut }) => cut)).toEqual(ends);
  expect(report).toMatchObject({ input: 96, runtime: expect.stringMatching(/^onnxruntime \d/), disturbed: false });
  // Each is told as it is measured, and again when it is measured again, at another moment; the shorter counts.
  const measured = told.flatMap((event) => event.measured ?? []);
  expect(measured.slice(0, ends.length).map(({ cut }) => cut)).toEqual(ends);
  expect(measured.slice(ends.length)).toEqual(report.cuts);
  measured.slice(0, ends.length).forEach(({ milliseconds }, at) => {
    expect(report.cuts[at]!.milliseconds).toBeLessThanOrEqual(milliseconds);
  });
  for (const { milliseconds, batch } of report.cuts) {
    expect(milliseconds).toBeGreaterThan(0);
    expect(batch!.images).toBe(4);
    expect(batch!.milliseconds).toBeGreaterThan(milliseconds);
  }
  // The whole network computes twenty times what its first block does.
  expect(report.cuts.at(-1)!.milliseconds).toBeGreaterThan(2 * report.cuts[0]!.milliseconds);
  expect((await engine.call('backbone.latency', { ...asked, batch: 4 })).origin!.found).toBe(true);
});

it('measures the cuts that are named, in the order of the network', async () => {
  const cuts = ['block_9_add', 'block_2_add'];
  const report = await engine.call('backbone.latency', { ...asked, cuts });
  expect(report.cuts.map(({ cut, batch }) => [cut, batch])).toEqual([
    ['block_2_add', null],
    ['block_9_add', null],
  ]);
});

it('refuses a cut that there is not, before anything is measured', async () => {
  const call = engine.call('backbone.latency', { ...asked, cuts: ['block_2_add', 'block_99'] });
  await expect(call).rejects.toMatchObject({ code: 'CUT_UNKNOWN' });
});

it('says that something was trained meanwhile, and does not keep such times', async () => {
  const study = `${folder}/study`;
  await smallStudy(study);
  const { id, until, end } = await engine.train(tinyPlan(study, { epochs: 500, earlyStopping: null }));
  await until(({ kind }) => kind === 'step');
  const again = { ...asked, cuts: ['block_1_project_BN'] };
  const report = await engine.call('backbone.latency', again);
  await engine.call('run.stop', { id });
  await end;
  expect(report.disturbed).toBe(true);
  expect(await engine.call('backbone.latency', again)).toMatchObject({ disturbed: false, origin: { found: false } });
});
