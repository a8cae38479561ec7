import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeRows } from '../../../src-main/contract/labelRows.ts';
import { ONE_CLASS_ONLY } from '../../../src-main/contract/oneClass.ts';
import type { TrainingPlanInput } from '../../../src-main/contract/plan.ts';
import { rowsOf } from '../../../src-main/contract/table.ts';
import { computeMetrics } from '../../../src-main/engine/metrics/metrics.ts';
import { folderForFile } from '../../support/folder.ts';
import { severalLabelsData, severalLabelsStudy, SHOWN } from '../../support/severalLabels.ts';
import { services } from './inProcess.ts';

const folder = folderForFile();
const study = join(folder, 'study');
const label = 'Disc';
const at = SHOWN.indexOf(label);
const part = 'validation';
let engine: Awaited<ReturnType<typeof services>>;
let id: string;

beforeAll(async () => {
  await severalLabelsStudy(study, { patients: 60 });
  const patients = Array.from({ length: 60 }, (_, patient) => patient);
  const rows = patients.flatMap((patient) => [0, 1].map((image) => `p${patient}_${image}.png,${patient % 2 ? 'f' : 'm'}`)); // prettier-ignore
  writeFileSync(join(study, 'people.csv'), ['file,sex', ...rows].join('\n'));
  engine = await services(join(folder, 'workspace'));
  const { labels, ...of } = severalLabelsData(study);
  // As the window says it: a column of single classes is named beside those of the labels.
  const data = { ...of, labels: { ...labels, labelColumn: SHOWN[0] } };
  const plan: TrainingPlanInput = {
    ...{ data, task: 'multi-label', backbone: 'cbr_tiny', cut: 'layer3.pool', input: 32 },
    ...{ epochs: 3, learningRate: 3e-3, split: { validation: 0.4, test: 0.2 }, accept: ['all'] },
  };
  const trained = await (await engine.train(plan)).end;
  expect(trained.status).toBe('completed');
  id = trained.id;
}, 120_000);
afterAll(() => engine.close());

/** The images of which the label is known: what they have, with which probability, and of whom they are. */
async function known() {
  const { images, probabilities, classes } = await engine.call('run.predictions', { id, part });
  const all = new Float32Array(probabilities.slice().buffer);
  const predicted = rowsOf(images);
  const found = predicted.flatMap(({ file, class: row }, image) => {
    const has = decodeRows([row], [label])[0]!;
    const score = all[image * classes.length + classes.indexOf(label)]!;
    const sex = Number(/p(\d+)_/.exec(file)![1]) % 2 ? 'f' : 'm';
    return has < 0 ? [] : [{ has, score, sex }];
  });
  return { of: predicted.length, found };
}
type Known = Awaited<ReturnType<typeof known>>['found'];

/** Of two classes, in figures written down anew: pairs that are ranked rightly, and shares of what was called. */
function figures(own: Known, from: number): Record<string, number> {
  const [yes, no] = [own.filter(({ has }) => has === 1), own.filter(({ has }) => has === 0)];
  const called = (of: Known) => of.filter(({ score }) => score >= from).length;
  const pairs = yes.flatMap((a) => no.map((b) => (a.score > b.score ? 1 : a.score === b.score ? 0.5 : 0)));
  return {
    auroc: pairs.reduce<number>((sum, each) => sum + each, 0) / pairs.length,
    sensitivity: called(yes) / yes.length,
    specificity: 1 - called(no) / no.length,
    accuracy: (called(yes) + no.length - called(no)) / own.length,
  };
}

const by = { kind: 'column', name: 'sex', csv: 'people.csv' } as const;
const asked = (more: object = {}) => engine.call('run.subgroups', { id, part, by, label, least: 2, ...more });

describe('figures of one label by what else is known of the images', () => {
  it('are those of a task of two classes on the images of which it is known', async () => {
    const { of, found } = await known();
    expect(found.length).toBeLessThan(of);
    const report = await asked();
    expect(report).toMatchObject({ classes: [`without ${label}`, label], images: found.length });
    expect(report.label).toEqual({ name: label, of, threshold: 0.5, kept: false });
    expect(report.subgroups.map(({ value }) => value)).toEqual(['f', 'm']);
    for (const { value, images, perClass, figures: measured } of report.subgroups) {
      const own = found.filter(({ sex }) => sex === value);
      const yes = own.filter(({ has }) => has === 1).length;
      expect([images, perClass]).toEqual([own.length, [own.length - yes, yes]]);
      const expected = figures(own, 0.5);
      for (const { measure, value: figure } of measured) expect(figure, measure).toBeCloseTo(expected[measure]!, 12);
      const { auroc, sensitivity } = computeMetrics(
        own.map(({ has }) => has),
        Float32Array.from(own.flatMap(({ score }) => [1 - score, score])),
        report.classes,
      );
      expect(measured[0]!.value).toBeCloseTo(auroc!, 12);
      expect(measured[1]!.value).toBeCloseTo(sensitivity!, 12);
    }
  });

  it('call it from the threshold that is kept for it, and of no other', async () => {
    const { found } = await known();
    // Half of the images are called.
    const threshold = found.map(({ score }) => score).sort((a, b) => a - b)[found.length >> 1]!;
    const before = await asked();
    const keep = (positive: string, rule: object | null) => engine.call('run.operate', { id, positive, rule: rule as never }); // prettier-ignore
    await keep(SHOWN[(at + 1) % 3]!, { kind: 'fixed', threshold: 0.01 });
    expect(await asked()).toEqual(before);
    await keep(label, { kind: 'fixed', threshold });
    const report = await asked();
    expect(report.label).toMatchObject({ threshold, kept: true });
    let called = 0;
    for (const { value, figures: measured, perClass } of report.subgroups) {
      const expected = figures(found.filter(({ sex }) => sex === value), threshold); // prettier-ignore
      for (const { measure, value: figure } of measured) expect(figure, measure).toBeCloseTo(expected[measure]!, 12);
      called += perClass[1]! * expected['sensitivity']! + perClass[0]! * (1 - expected['specificity']!);
    }
    expect(Math.round(called)).toBe(found.filter(({ score }) => score >= threshold).length);
    for (const each of [label, SHOWN[(at + 1) % 3]!]) await keep(each, null);
  });

  it('can be asked for by other labels, which its own column is not among', async () => {
    const names = async (more: object) =>
      (await engine.call('run.subgroupChoices', { id, part, ...more })).map((each) => each.kind === 'column' && each.name); // prettier-ignore
    expect(await names({ label })).toEqual(expect.arrayContaining(['Bright', 'Stripes', 'sex']));
    expect(await names({ label })).not.toContain(label);
    expect(await names({})).toContain(label);
    await expect(asked({ by: { kind: 'column', name: label } })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      message: expect.stringContaining('it says the class'),
    });
  });

  it('ask for the name of the label', async () => {
    await expect(engine.call('run.subgroups', { id, part, by })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      message: expect.stringContaining('has to be named'),
      remedy: `The labels are: ${SHOWN.join(', ')}.`,
    });
    for (const wrong of [asked({ label: 'Mass' }), engine.call('run.subgroupChoices', { id, part, label: 'Mass' })])
      await expect(wrong).rejects.toMatchObject({ message: 'There is no label ‘Mass’.' });
  });
});

describe('the calibration of one label', () => {
  it('is that of its probability on the images of which it is known, and nothing is fitted', async () => {
    const { of, found } = await known();
    const report = await engine.call('run.calibration', { id, part, label });
    expect(report).toMatchObject({
      ...{ images: found.length, classes: [`without ${label}`, label], label: { name: label, of }, kept: 'none' },
      ...{ fittedOn: { images: 0, groups: 0 }, zeros: 0 },
    });
    expect(report.methods.map(({ method, scaling }) => [method, scaling])).toEqual([['none', null]]);
    const { classes, topLabel, logLoss } = report.methods[0]!.measured!;
    const [own] = classes;
    expect([classes.length, own!.class, topLabel]).toEqual([1, label, null]);
    expect(own!.images).toBe(found.filter(({ has }) => has === 1).length);
    const mean = (values: number[]) => values.reduce((sum, each) => sum + each, 0) / values.length;
    expect(own!.brier.value).toBeCloseTo(mean(found.map(({ has, score }) => (score - has) ** 2)), 12);
    expect(logLoss.value).toBeCloseTo(mean(found.map(({ has, score }) => -Math.log(has ? score : 1 - score))), 6);
    expect(own!.bins.length).toBeGreaterThan(2);
    const distances = own!.bins.map(({ from, to, count, observed }, bin) => {
      const inside = found.filter(({ score }) => (score > from || bin === 0) && score <= to);
      expect([inside.length, mean(inside.map(({ has }) => has))]).toEqual([count, expect.closeTo(observed, 12)]);
      return (count / found.length) * Math.abs(mean(inside.map(({ score }) => score)) - observed);
    });
    expect(own!.ece).toBeCloseTo(
      distances.reduce((sum, each) => sum + each, 0),
      12,
    );
  });

  it('asks for the name of the label, and keeps nothing', async () => {
    await expect(engine.call('run.calibration', { id, part })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      message: expect.stringContaining('has to be named'),
    });
    await expect(engine.call('run.calibrate', { id, method: 'temperature' })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      message: ONE_CLASS_ONLY.calibration,
    });
  });
});
