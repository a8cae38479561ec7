import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordsByRow } from '../../../src-main/contract/comparison/rows.ts';
import type { InputOf, MethodName } from '../../../src-main/contract/index.ts';
import { folderForFile } from '../../support/folder.ts';
import { smallStudy } from '../../support/pictures.ts';
import { services, tinyPlan } from './inProcess.ts';

const folder = folderForFile();
const study = join(folder, 'study');
let engine: Awaited<ReturnType<typeof services>>;
beforeAll(async () => {
  await smallStudy(study, { patients: 16 });
  const rows = globSync('*/*.png', { cwd: study }).map((file, at) => `${file},${at % 2 === 0 ? 'f' : 'm'}`);
  writeFileSync(join(study, 'more.csv'), ['file,sex', ...rows].join('\n'));
  engine = await services(join(folder, 'workspace'));
});
afterAll(() => engine.close());

/** What tells something of the test images of a run. */
const questions = (id: string): { [M in MethodName]?: InputOf<M> } => ({
  'run.evaluate': { id },
  'run.predictions': { id },
  'run.calibration': { id, part: 'test' },
  'run.operating': { id, part: 'test' },
  'run.decisionCurve': { id, part: 'test' },
  'run.conformal': { id, part: 'test' },
  'run.subgroups': {
    id,
    part: 'test',
    by: { kind: 'column', name: 'sex', csv: join(study, 'more.csv'), fileColumn: 'file' },
  },
  'run.subgroupChoices': { id, part: 'test' },
  'explain.map': { run: id, pictures: [{ split: 'test', index: 0 }] },
  'explain.check': { run: id, pictures: [{ split: 'test', index: 0 }], draws: 1 },
});

async function reportOf(of: InputOf<'report.write'>['of'], name: string, openTest = false) {
  const out = join(folder, `${name}.html`);
  await engine.call('report.write', { of, out, openTest, images: false });
  const json = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as {
    testOpened: { times: number } | null;
    figures: { on: string }[];
    comparison: { result: unknown } | null;
  };
  return { json, card: readFileSync(join(folder, `${name}.card.md`), 'utf8'), html: readFileSync(out, 'utf8') };
}

describe('a run', () => {
  let id: string;
  beforeAll(async () => {
    const begun = await engine.train(tinyPlan(study, { epochs: 1 }));
    id = begun.id;
    // What following it to its end gives is sealed like everything else.
    expect(await begun.end).toMatchObject({ status: 'completed', sealed: true, test: null, testOpened: null });
    await engine.call('run.operate', { id, rule: { kind: 'fixed', threshold: 0.5 } });
  });

  it('gives no test figure before it is opened: each method that would is refused, with what to do', async () => {
    for (const [method, input] of Object.entries(questions(id)))
      await expect(engine.call(method as MethodName, input as never), method).rejects.toMatchObject({
        code: 'TEST_SEALED',
        message: `The test set of the run ${id} is sealed: nobody has asked for its figures yet.`,
        remedy: expect.stringContaining(`cutpoint open-test ${id} --reason`),
      });
    await expect(engine.call('run.evaluate', { id, again: true })).rejects.toMatchObject({ code: 'TEST_SEALED' });
    expect(await engine.call('run.get', { id })).toMatchObject({ sealed: true, test: null });
    expect((await engine.call('run.edit', { id, note: 'looked at' })).test).toBeNull();
    expect((await engine.call('activity.list', {})).entries.filter(({ what }) => what === 'test.opened')).toEqual([]);
  });

  it('gives validation figures meanwhile, also in its report and its card', async () => {
    expect(await engine.call('run.evaluate', { id, part: 'validation' })).toMatchObject({ on: 'validation' });
    const { json, card, html } = await reportOf({ run: id }, 'sealed');
    expect(json.testOpened).toBeNull();
    expect(json.figures.map(({ on }) => on)).toEqual(['validation']);
    expect(html).toContain('set aside, and not opened yet');
    expect(card).toContain('not opened');

    const out = join(folder, 'sealed.onnx');
    const options = { precision: 'int8' as const };
    const exported = await engine.call('model.export', { id, format: 'onnx', out, options, latency: false });
    expect(exported.effect).toMatchObject({ on: 'validation' });
    const model = readFileSync(`${exported.path}.card.md`, 'utf8');
    expect(model).toContain('The test set was set aside, and not opened yet: no figure of it is in this card.');
    expect(model).not.toMatch(/on the test images\n|The test set was opened|Test images by class/);
    expect(await engine.call('run.get', { id })).toMatchObject({ sealed: true });
  });

  it('probes its validation images alone, and says what it left out', async () => {
    const { split } = await engine.call('run.get', { id });
    const found = await engine.call('probe.sweep', { network: { kind: 'run', run: id }, folds: 2 });
    expect(found.images).toBe(split!.validation.images);
    expect(found.leftOut.test).toBe(split!.test.images);
  });

  it('gives all once it was opened, and counts each opening in report and card', async () => {
    expect(await engine.call('run.openTest', { id, reason: 'the model is final' })).toMatchObject({ times: 1 });
    for (const [method, input] of Object.entries(questions(id)))
      await engine.call(method as MethodName, input as never);
    const run = await engine.call('run.get', { id });
    expect(run).toMatchObject({ sealed: false, testOpened: { times: 1 } });
    expect(run.test!.metrics).toEqual((await engine.call('run.evaluate', { id })).metrics);

    const { json, card } = await reportOf({ run: id }, 'opened', true);
    expect(json).toMatchObject({ testOpened: { times: 2 }, figures: [{ on: 'test' }, { on: 'validation' }] });
    expect(card).toContain('opened 2 times');
    // The export of before is not what is asked for now.
    const again = { id, format: 'onnx' as const, options: { precision: 'int8' as const }, latency: false };
    const exported = await engine.call('model.export', { ...again, out: join(folder, 'sealed.onnx'), overwrite: true });
    expect(exported.effect).toMatchObject({ on: 'test', images: run.split!.test.images });
    expect(readFileSync(`${exported.path}.card.md`, 'utf8')).toContain('The test set was opened 3 times');
    const found = await engine.call('probe.sweep', { network: { kind: 'run', run: id }, folds: 2 });
    expect(found).toMatchObject({
      images: run.split!.test.images + run.split!.validation.images,
      leftOut: { test: 0 },
    });
  });
});

it('a run without a test set has nothing to be opened', async () => {
  const { end, id } = await engine.train(tinyPlan(study, { epochs: 1, split: { validation: 0.25, test: 0 } }));
  expect(await end).toMatchObject({ sealed: false, test: null });
  await expect(engine.call('run.evaluate', { id })).rejects.toMatchObject({ code: 'RUN_STATE' });
});

it('a comparison gives no figure of its tests, nor its runs, before it is opened; then both do', async () => {
  const told: unknown[] = [];
  const { id } = await engine.call('comparison.start', {
    kind: 'tournament',
    base: tinyPlan(study, { epochs: 1 }),
    reference: 'truncated',
    strategies: ['truncated', 'scratch'],
    cuts: ['block_2_add'],
    seeds: [1],
    folds: { kind: 'fixed' },
    margin: 0.1,
  });
  const ended = await engine.call('comparison.watch', { id }, (event) => told.push(event));
  expect(ended).toMatchObject({ status: 'completed', sealed: true, result: null });
  expect(JSON.stringify([told, ended])).not.toMatch(/"test(Auroc|Auprc)":\d/);
  expect((await engine.call('comparison.list', {})).find((row) => row.id === id)).toMatchObject({ sealed: true });
  const run = ended.cells[0]!.run!;
  expect(await engine.call('run.get', { id: run })).toMatchObject({ sealed: true, test: null });
  await expect(engine.call('run.predictions', { id: run })).rejects.toMatchObject({ code: 'TEST_SEALED' });
  const [a, b] = recordsByRow(ended.cells).map(({ row }) => row);
  const difference = { id, a: a!, b: b! };
  await expect(engine.call('comparison.difference', difference)).rejects.toMatchObject({
    code: 'TEST_SEALED',
    remedy: expect.stringContaining(`cutpoint open-test ${id} `),
  });
  expect((await reportOf({ comparison: id }, 'tournament')).json.comparison).toMatchObject({ result: null });

  // One of its runs alone says nothing of the others.
  const second = ended.cells[1]!.run!;
  await engine.call('run.openTest', { id: second });
  expect(await engine.call('run.get', { id: second })).toMatchObject({ sealed: false });
  await expect(engine.call('comparison.difference', difference)).rejects.toMatchObject({ code: 'TEST_SEALED' });

  await engine.call('comparison.openTest', { id, reason: 'the plan was kept to' });
  const opened = await engine.call('comparison.get', { id });
  expect(opened).toMatchObject({ sealed: false, result: { kind: 'tournament' } });
  const own = await engine.call('run.get', { id: run });
  expect(own).toMatchObject({ sealed: false, testOpened: { times: 1 } });
  expect(own.test!.metrics.auroc).toBe(opened.cells[0]!.testAuroc);
  expect(await engine.call('run.get', { id: second })).toMatchObject({ testOpened: { times: 2 } });
  expect(await engine.call('comparison.difference', difference)).toMatchObject({ pairs: 1 });
  const { entries } = await engine.call('activity.list', {});
  expect(entries.find(({ what }) => what === 'comparison.test-opened')).toMatchObject({
    reason: 'the plan was kept to',
  });
});
