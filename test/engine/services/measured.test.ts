import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Predictions } from '../../../src-main/contract/prediction.ts';
import { rowsOf } from '../../../src-main/contract/table.ts';
import { folderForFile } from '../../support/folder.ts';
import { smallStudy } from '../../support/pictures.ts';
import { services, tinyPlan } from './inProcess.ts';

const folder = folderForFile();
const study = join(folder, 'study');
const other = join(folder, 'other');
let engine: Awaited<ReturnType<typeof services>>;
let id: string;

beforeAll(async () => {
  await smallStudy(study, { patients: 16, each: 3 });
  await smallStudy(other, { patients: 4, each: 1 });
  engine = await services(join(folder, 'workspace'));
  id = (await engine.opened(await (await engine.train(tinyPlan(study, { epochs: 2 }))).end)).id;
});
afterAll(() => engine.close());

/** Probabilities of each image, class by class. */
function probabilitiesOf({ probabilities, classes }: Predictions): number[][] {
  const values = new Float32Array(probabilities.slice().buffer);
  return Array.from({ length: values.length / classes.length }, (_, image) => [
    ...values.subarray(image * classes.length, (image + 1) * classes.length),
  ]);
}

describe('what a run predicted', () => {
  it('of its test images, one row each, is what its numbers were made of', async () => {
    const { call } = engine;
    const run = await call('run.get', { id });
    const answer = await call('run.predictions', { id });
    const images = rowsOf(answer.images);
    const { metrics, images: count, groups } = run.test!;
    expect(answer).toMatchObject({ run: id, folder: study, classes: run.classes, grouping: 'patient' });
    expect(images).toHaveLength(count);
    expect(images.filter(({ correct }) => correct).length / count).toBe(metrics.accuracy);
    // Numbers in the order in which patients first come; the file says whose it is.
    expect(new Set(images.map(({ group }) => group))).toEqual(new Set(Array.from({ length: groups }, (_, at) => at)));
    for (const [name, own] of Object.entries(Object.groupBy(images, ({ file }) => /p\d+/.exec(file)![0])))
      expect(new Set(own!.map(({ group }) => group)).size, name).toBe(1);
    probabilitiesOf(answer).forEach((each, at) => {
      expect(each[0]! + each[1]!).toBeCloseTo(1, 6);
      expect(run.classes[each[0]! >= each[1]! ? 0 : 1]).toBe(images[at]!.predicted);
    });
    const { maps } = await call('explain.map', { run: id, pictures: [{ split: 'test', index: 1 }] });
    maps[0]!.probabilities.forEach((value, at) => expect(value).toBeCloseTo(probabilitiesOf(answer)[1]![at]!, 5));
  });

  it('of its validation images gives the numbers of its best epoch', async () => {
    const { call } = engine;
    const run = await call('run.get', { id });
    const best = run.epochs.find(({ epoch }) => epoch === run.bestEpoch)!;
    const evaluation = await call('run.evaluate', { id, part: 'validation' });
    expect(evaluation).toMatchObject({ on: 'validation', ...run.split!.validation });
    expect(evaluation.metrics.auroc).toBeCloseTo(best.validationAuroc!, 10);
    expect(evaluation.metrics.loss).toBeCloseTo(best.validationLoss, 5);
    expect(rowsOf((await call('run.predictions', { id, part: 'validation' })).images)).toHaveLength(evaluation.images);
    await expect(call('run.evaluate', { id, part: 'validation', again: true })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    });
  });

  it('has intervals and curves, the same again', async () => {
    const { call } = engine;
    const evaluation = await call('run.evaluate', { id });
    const { intervals, curves, metrics } = evaluation;
    expect(intervals).toMatchObject({ confidence: 0.95, clustered: true, accuracy: { of: evaluation.images } });
    expect(intervals!.accuracy.count / intervals!.accuracy.of).toBe(metrics.accuracy);
    if (metrics.auroc! < 1) expect(intervals!.auroc).toMatchObject({ value: metrics.auroc, method: 'bootstrap' });
    expect(curves!.map((each) => each.class)).toEqual([evaluation.classes[1]]);
    expect(await call('run.evaluate', { id })).toEqual(evaluation);
    const anew = await call('run.evaluate', { id, again: true });
    expect({ ...anew, origin: undefined }).toEqual(evaluation);
  });

  it('has all figures of the task, of images and of patients', async () => {
    const { metrics, intervals, figures, images, groups, grouping } = await engine.call('run.evaluate', { id });
    expect(grouping).toBe('patient');
    expect(figures).toMatchObject({
      ...{ confidence: 0.95, resamples: 2000, order: { classes: null, by: 'unknown' } },
      images: { cases: images, drawn: groups },
    });
    const { whole, perClass } = figures!.images;
    const value = (of: typeof whole, name: string) => of.find((each) => each.name === name)!.value;
    expect(value(whole, 'accuracy')).toBe(metrics.accuracy);
    expect(value(perClass[1]!.figures, 'auroc')).toBe(metrics.auroc);
    expect(perClass[1]!.figures.find(({ name }) => name === 'sensitivity')!.share!.of).toBe(intervals!.sensitivity!.of);
    // Each patient has images of one class, three of them.
    const { mixed, sets } = figures!.groups!;
    expect([mixed, sets.map(({ aggregation, cases }) => [aggregation, cases])]).toEqual([
      0,
      ['mean', 'max', 'noisy-or'].map((how) => [how, groups]),
    ]);
    expect((await engine.call('run.evaluate', { id, part: 'validation' })).figures!.groups).not.toBeNull();
  });

  it('of another folder is there as long as the list of its images is', async () => {
    const { call } = engine;
    await expect(call('run.predictions', { id, part: { dataset: 'none' } })).rejects.toMatchObject({
      code: 'RUN_STATE',
    });
    expect(await call('run.evaluated', { id })).toEqual([]);
    const evaluation = await call('run.evaluate', { id, data: { folder: other } });
    const { dataset } = evaluation.data!;
    expect(await call('run.evaluated', { id })).toMatchObject([{ dataset, folder: other, images: 4 }]);
    const { origin: _, ...measured } = evaluation;
    expect(await call('run.evaluate', { id, part: { dataset } })).toEqual(measured);
    const answer = await call('run.predictions', { id, part: { dataset } });
    expect(answer).toMatchObject({ folder: other, grouping: 'image' });
    expect(rowsOf(answer.images).filter(({ correct }) => correct)).toHaveLength(evaluation.intervals!.accuracy.count);
    await call('storage.remove', { kind: 'dataset', ids: [dataset] });
    expect(await call('run.evaluated', { id })).toEqual([]);
  });

  it('is nothing of a run that was not tested', async () => {
    const { call, train } = engine;
    const whole = await (await train(tinyPlan(study, { epochs: 1, split: { validation: 0.25, test: 0 } }))).end;
    for (const method of ['run.evaluate', 'run.predictions'] as const)
      await expect(call(method, { id: whole.id })).rejects.toMatchObject({
        code: 'RUN_STATE',
        message: expect.stringContaining('has no test set'),
      });
    expect((await call('run.evaluate', { id: whole.id, part: 'validation' })).on).toBe('validation');
  });
});

describe('its figures by what else is known of the images', () => {
  it('by a column of a table beside them, found by the file, whoever wrote the name', async () => {
    const { call } = engine;
    const images = rowsOf((await call('run.predictions', { id })).images);
    const rows = images.map(
      ({ file }, at) => `${at % 2 ? file.replaceAll('/', '\\') : file},${at % 5 === 0 ? '' : at % 2 ? 'f' : 'm'}`,
    );
    writeFileSync(join(study, 'people.csv'), ['file,sex', ...rows, 'nowhere.png,f'].join('\n'));
    const by = { kind: 'column', name: 'sex', csv: 'people.csv' } as const;
    const report = await call('run.subgroups', { id, by, least: 2 });
    const count = (value: string) => rows.filter((row) => row.endsWith(`,${value}`)).length;
    expect(report).toMatchObject({ run: id, by, images: images.length, grouping: 'patient', bands: null });
    expect(report.subgroups.map(({ value, images: own }) => [value, own])).toEqual([
      ['f', count('f')],
      ['m', count('m')],
    ]);
    expect(report.unknown.images).toBe(count(''));
    await expect(call('run.subgroups', { id, by: { ...by, name: 'age' } })).rejects.toMatchObject({
      code: 'LABELS_COLUMN_MISSING',
      message: expect.stringContaining('"sex"'),
    });
    await expect(call('run.subgroups', { id, by, label: 'f' })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      message: expect.stringContaining('no label is chosen'),
    });
    // The labels came from folders, and these images are no DICOM files.
    await expect(call('run.subgroups', { id, by: { kind: 'column', name: 'sex' } })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    });
    await expect(call('run.subgroups', { id, by: { kind: 'header', value: 'sex' } })).rejects.toMatchObject({
      message: 'No image has a value of ‘sex’.',
    });
  });
});
