import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Certificate } from '../../../src-main/contract/certificate.ts';
import { temporaryFolder, folderForFile } from '../../support/folder.ts';
import { put, smallStudy } from '../../support/pictures.ts';
import { services, tinyPlan } from './inProcess.ts';

const folder = folderForFile();
const study = join(folder, 'study');
let engine: Awaited<ReturnType<typeof services>>;
let id: string;

beforeAll(async () => {
  await smallStudy(study, { patients: 16, each: 2 });
  engine = await services(join(folder, 'workspace'));
  id = (await (await engine.train(tinyPlan(study, { epochs: 1 }))).end).id;
});
afterAll(() => engine.close());

const exportTo = (out: string, changes: object = {}) =>
  engine.call('model.export', { id, format: 'onnx', out, latency: false, ...changes });

it('an earlier export is replaced only where that is asked for', async () => {
  const out = join(temporaryFolder(), 'model.onnx');
  const first = await exportTo(out);
  // The same question: the file that is there is its answer.
  expect(await exportTo(out)).toMatchObject({ sha256: first.sha256, origin: { found: true } });
  const other = { options: { foldBatchNorm: true } };
  const before = readFileSync(out);
  for (const changes of [other, { again: true }])
    await expect(exportTo(out, changes)).rejects.toMatchObject({ code: 'EXPORT_EXISTS', details: { path: out } });
  expect(readFileSync(out)).toEqual(before);
  const replaced = await exportTo(out, { ...other, overwrite: true });
  expect(replaced.sha256).not.toBe(first.sha256);
  expect(await exportTo(out, other)).toMatchObject({ sha256: replaced.sha256, origin: { found: true } });
  await exportTo(out, { again: true, overwrite: true });
  expect(readFileSync(out)).toEqual(before);
  // What is not of this run stays whatever is asked.
  writeFileSync(out, 'mine');
  await expect(exportTo(out, { overwrite: true })).rejects.toMatchObject({ code: 'EXPORT_WRITE_FAILED' });
});

it('card and certificate are read in place', async () => {
  const out = join(temporaryFolder(), 'model.onnx');
  const { certificate, card, sha256 } = await exportTo(out);
  const texts = await engine.call('model.documents', { path: out });
  expect(texts).toEqual({ card: readFileSync(card!, 'utf8'), certificate: readFileSync(certificate!, 'utf8') });
  expect(JSON.parse(texts.certificate!)).toMatchObject({ file: { sha256 } });
  await expect(engine.call('model.documents', { path: join(study, 'none') })).rejects.toMatchObject({
    code: 'FILE_NOT_READABLE',
  });
});

it.each(['onnx', 'tfjs'] as const)('an exported %s model answers beside the application', async (format) => {
  const { path } = await exportTo(join(temporaryFolder(), 'model'), { format });
  const files = [join(study, 'a/p0_0.png'), put(folder, 'broken.png', 'no image'), join(study, 'b/p1_0.png')];
  const seen: number[] = [];
  const answer = await engine.call('model.try', { model: path, files }, ({ done }) => seen.push(done));
  expect(seen).toEqual([1, 2, 3, 4, 5, 6]);
  const alone = (await engine.call('model.predict', { model: id, files })).predictions;
  expect(answer).toMatchObject({ run: id, problems: [{ file: files[1] }] });
  expect(answer.runtime).toMatch(format === 'onnx' ? /^onnxruntime / : /^TensorFlow\.js /);
  expect(answer.tried.map(({ file, application }) => ({ file, ...application }))).toEqual(alone);
  for (const { exported, application, difference } of answer.tried) {
    const apart = exported.probabilities.map((value, at) => Math.abs(value - application.probabilities[at]!));
    expect(difference).toBe(Math.max(...apart));
    expect(difference).toBeLessThan(1e-4);
    expect(exported.predicted).toBe(application.predicted);
  }
});

it('what is no export of this workspace is not tried', async () => {
  const attempt = (model: string) => engine.call('model.try', { model, files: [join(study, 'a/p0_0.png')] });
  await expect(attempt(put(folder, 'no.onnx', 'text'))).rejects.toMatchObject({ code: 'MODEL_NOT_READABLE' });
  await expect(attempt(study)).rejects.toMatchObject({ code: 'MODEL_NOT_READABLE' });
});

it('the threshold that is kept with a run decides in its predictions and exports, and stands in card and certificate', async () => {
  const files = [join(study, 'a/p0_0.png'), join(study, 'b/p1_0.png')];
  const [negative, positive] = (await engine.call('run.get', { id })).classes as [string, string];
  const called = async (model: string) =>
    (await engine.call('model.predict', { model, files })).predictions.map(({ predicted }) => predicted);
  const none = { kind: 'fixed', threshold: 1 } as const;
  await engine.call('run.operate', { id, rule: none });
  expect(await called(id)).toEqual([negative, negative]);
  await engine.call('run.operate', { id, rule: { kind: 'fixed', threshold: 0 } });
  expect(await called(id)).toEqual([positive, positive]);

  const out = join(temporaryFolder(), 'model.onnx');
  const { path } = await exportTo(out);
  await engine.call('run.openTest', { id });
  // A kept answer is not that of another threshold.
  await engine.call('run.operate', { id, rule: none });
  const again = await exportTo(out, { overwrite: true });
  expect(again).not.toHaveProperty('origin.found', true);
  expect(await called(path)).toEqual([negative, negative]);
  const { tried } = await engine.call('model.try', { model: path, files });
  expect(tried.map((each) => each.application.predicted)).toEqual(tried.map((each) => each.exported.predicted));

  const { card, certificate } = await engine.call('model.documents', { path });
  const { model } = JSON.parse(certificate!) as Certificate;
  expect(model).toMatchObject({
    threshold: 1,
    operatingPoint: { positive, rule: none, threshold: 1, afterTest: true },
  });
  expect(model.operatingPoint!.test!.counts).toMatchObject({ truePositives: 0, falsePositives: 0 });
  expect(model.operatingPoint!.validation.counts).toMatchObject({ truePositives: 0, falsePositives: 0 });
  expect(card).toContain(`## Threshold\n\n\`${positive}\` is called at a probability of 1 or more.`);
  expect(card).toContain(`called = probabilities[:, 1] >= 1  # ${positive}`);

  expect(card).toContain('| Test |');

  await engine.call('run.operate', { id, rule: null });
  const without = await exportTo(join(temporaryFolder(), 'without.onnx'));
  expect(await called(without.path)).not.toEqual([negative, negative]);
});
