import { cpSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TrainingPlanInput } from '../../../src-main/contract/plan.ts';
import type {
  ComparisonEvent,
  ComparisonSummary,
  comparisonPlan,
} from '../../../src-main/contract/comparison/index.ts';
import { outcomeOf } from '../../../src-main/contract/comparison/outcome.ts';
import { recordsByRow } from '../../../src-main/contract/comparison/rows.ts';
import { rowsOf } from '../../../src-main/contract/table.ts';
import { planColumn } from '../../../src-main/engine/store/plans/training.ts';
import { openWorkspace } from '../../../src-main/engine/store/workspace.ts';
import type { z } from 'zod';
import { folderForFile } from '../../support/folder.ts';
import { put, smallPng, smallStudy } from '../../support/pictures.ts';
import { services } from './inProcess.ts';

const folder = folderForFile();
const study = join(folder, 'study');
const BUNDLED = 'formula-pictures';
type Services = Awaited<ReturnType<typeof services>>;
type PlanInput = z.input<typeof comparisonPlan>;

beforeAll(() => smallStudy(study, { patients: 16, each: 2 }));

const base = (changes: Partial<TrainingPlanInput> = {}): TrainingPlanInput => ({
  data: { folder: study, groupPattern: '(p\\d+)_' },
  backbone: 'mobilenet_v2_050_keras',
  source: BUNDLED,
  input: 32,
  epochs: 2,
  batch: 8,
  learningRate: 1e-3,
  split: { validation: 0.25, test: 0.25 },
  ...changes,
});
const tournament = (changes: Record<string, unknown> = {}): PlanInput =>
  ({
    kind: 'tournament',
    base: base(),
    strategies: ['truncated', 'layerwise'],
    cuts: ['block_2_add'],
    reference: 'truncated',
    folds: { kind: 'groups', k: 2 },
    ...changes,
  }) as PlanInput;

/** Follows a comparison; `until` resolves at the first event, past or to come, that satisfies the condition. */
function follow({ call }: Services, { id }: ComparisonSummary) {
  const events: ComparisonEvent[] = [];
  let heard = (): void => {};
  const end = call('comparison.watch', { id }, (event) => {
    events.push(event);
    heard();
  });
  const until = (condition: (event: ComparisonEvent) => boolean): Promise<void> =>
    new Promise((resolve) => {
      heard = () => {
        if (events.some(condition)) resolve();
      };
      heard();
    });
  return { id, events, end, until };
}

async function openedBy({ call }: Services, { id }: Pick<ComparisonSummary, 'id'>): Promise<ComparisonSummary> {
  await call('comparison.openTest', { id });
  return call('comparison.get', { id });
}

/** What must not differ between a comparison and the same comparison interrupted. */
const numbersOf = ({ cells, result }: ComparisonSummary) => ({
  cells: cells.map(({ run: _run, trainingSeconds: _seconds, ...numbers }) => numbers),
  rows:
    result?.kind === 'tournament' &&
    result.rows.map(({ latency: _latency, convergence, ...row }) => ({ ...row, epochs: convergence?.epochs })),
});

describe('a tournament', () => {
  it('closed in the middle and resumed by the next engine ends in the numbers of one left alone', async () => {
    const calm = await services(join(folder, 'calm'));
    const alone = await follow(calm, await calm.call('comparison.start', tournament())).end;
    expect(alone).toMatchObject({ status: 'completed', error: null, classes: ['a', 'b'] });
    expect(alone.cells.map(({ cell, status }) => [cell.fold, cell.strategy, status])).toEqual([
      [0, 'truncated', 'completed'],
      [0, 'layerwise', 'completed'],
      [1, 'truncated', 'completed'],
      [1, 'layerwise', 'completed'],
    ]);
    const runs = rowsOf(await calm.call('run.list', {}));
    expect(runs.map((run) => run.comparison)).toEqual([alone.id, alone.id, alone.id, alone.id]);
    // Only models are kept: what the runs would have gone on from is gone.
    for (const { id } of runs) expect(readdirSync(join(folder, 'calm', 'checkpoints', id))).toHaveLength(1);
    await calm.close();

    const workspace = join(folder, 'disturbed');
    const first = await services(workspace);
    const disturbed = follow(first, await first.call('comparison.start', tournament()));
    await disturbed.until((event) => event.kind === 'cell' && event.position === 2);
    await disturbed.until((event) => event.kind === 'run' && event.event.kind === 'epoch');
    await first.close();
    expect((await disturbed.end).status).toBe('interrupted');

    const second = await services(workspace);
    const left = await second.call('comparison.get', { id: disturbed.id });
    expect(left).toMatchObject({ status: 'interrupted', result: null });
    expect(left.cells.length).toBeLessThan(4);
    const again = follow(second, await second.call('comparison.resume', { id: disturbed.id }));
    const resumed = await again.end;
    expect(resumed).toMatchObject({ status: 'completed', sealed: true });
    const copy = join(folder, 'calm opened');
    cpSync(join(folder, 'calm'), copy, { recursive: true });
    const other = await services(copy);
    expect(numbersOf(await openedBy(second, resumed))).toEqual(numbersOf(await openedBy(other, alone)));
    await other.close();
    // Nothing was trained twice.
    expect(rowsOf(await second.call('run.list', {})).length).toBe(4);
    await expect(second.call('comparison.resume', { id: resumed.id })).rejects.toMatchObject({
      code: 'COMPARISON_STATE',
    });
    await second.close();
  });

  it('trains what is left in the precision of what was trained, whichever is the faster one then', async () => {
    const workspace = join(folder, 'precision');
    const first = await services(workspace);
    const plan = tournament({ strategies: ['truncated'], folds: { kind: 'fixed' }, seeds: [0, 1, 2] });
    const going = follow(first, await first.call('comparison.start', plan));
    await going.until((event) => event.kind === 'cell' && event.position === 2);
    await going.until((event) => event.kind === 'run' && event.event.kind === 'epoch');
    await first.close();
    const opened = openWorkspace(workspace);
    const [trained] = opened.store.comparisons.get(going.id).cells;
    const { plan: own } = opened.store.runs.get(trained!.run!);
    opened.close();
    // As if that had been the faster one where the first run was trained.
    const db = new Database(join(workspace, 'cutpoint.db'));
    const changed = planColumn({ ...own, precision: 'bfloat16' }, { checked: true });
    db.prepare('UPDATE runs SET plan = ? WHERE id = ?').run(changed, trained!.run!);
    db.close();

    const second = await services(workspace);
    const { status, cells, error } = await follow(second, await second.call('comparison.resume', { id: going.id })).end;
    expect([status, error]).toEqual(['completed', null]);
    const precisions = await Promise.all(cells.map(async ({ run }) => (await second.call('run.get', { id: run! })).plan.precision)); // prettier-ignore
    expect(precisions[0]).toBe('bfloat16');
    expect(precisions[2]).toBe('bfloat16');
    await second.close();
  });

  it('says before it is started what runs it comes to, and refuses what can be none', async () => {
    const { call, close } = await services(join(folder, 'calm'));
    const [row] = await call('comparison.list', {});
    const { cells } = await call('comparison.get', { id: row!.id });
    expect(await call('comparison.cells', tournament())).toEqual({ cells: cells.map(({ cell }) => cell), more: false });
    const search = { kind: 'search', method: 'fast', base: base() } as const;
    expect(await call('comparison.cells', search)).toEqual({ cells: [], more: true });
    await expect(call('comparison.cells', tournament({ cuts: ['block_99'] }))).rejects.toMatchObject({
      code: 'CUT_UNKNOWN',
    });
    await close();
  });

  it('is sealed until its test figures are asked for, and in lists without any of them afterwards', async () => {
    const { call, close } = await services(join(folder, 'calm'));
    const [row] = await call('comparison.list', {});
    expect(row).toMatchObject({ status: 'completed', sealed: true, result: null, testOpened: null });
    const study = async () => (await call('study.list', {})).find(({ id }) => id === row!.study)!;
    expect(await study()).toMatchObject({ verdict: { id: row!.id, sealed: true, result: null }, testLooks: 0 });
    expect(await call('comparison.openTest', { id: row!.id })).toMatchObject({ times: 1 });
    await call('comparison.openTest', { id: row!.id });

    const [opened] = await call('comparison.list', {});
    const { result, testOpened } = await call('comparison.get', { id: row!.id });
    if (result?.kind !== 'tournament') throw new Error('no tournament');
    expect(opened).toMatchObject({ sealed: false, result: outcomeOf(result), testOpened });
    expect(testOpened!.times).toBe(2);
    expect(opened!.result).not.toMatch(/0\.\d|AUROC/);
    expect(await study()).toMatchObject({ verdict: { result: outcomeOf(result) }, testLooks: 2 });
    const { entries } = await call('activity.list', { limit: 1 });
    expect(entries[0]!.sentence).toBe(`The test figures of comparison ${row!.id} were looked at.`);
    await expect(call('comparison.openTest', { id: 'x' })).rejects.toMatchObject({ code: 'COMPARISON_UNKNOWN' });
    await close();
  });

  it('sets any two of its rows against each other, with the numbers of the table where it has them', async () => {
    const { call, close } = await services(join(folder, 'calm'));
    const [row] = await call('comparison.list', {});
    const { id, cells, result } = await call('comparison.get', { id: row!.id });
    if (result?.kind !== 'tournament') throw new Error('no tournament');
    const [reference, other] = recordsByRow(cells).map(({ row }) => row);
    const found = await call('comparison.difference', { id, a: other!, b: reference! });
    expect(found).toMatchObject({
      ...{ auroc: result.rows[1]!.difference, pairs: 2, images: 32, patients: 16, grouping: 'patient' },
      ...{ confidence: 0.95, resamples: result.resamples, origin: { found: false } },
    });
    expect(found.patientsOfRarestClass).toBe(result.patientsOfRarestClass);
    const back = await call('comparison.difference', { id, a: reference!, b: other! });
    expect(back.auroc!.value).toBeCloseTo(-found.auroc!.value, 12);
    expect(back.auroc!.low).toBeCloseTo(-found.auroc!.high, 12);
    expect(back.auprc!.high).toBeCloseTo(-found.auprc!.low, 12);
    // A row against itself differs in nothing, and the answer is kept.
    expect(await call('comparison.difference', { id, a: other!, b: other! })).toMatchObject({
      auroc: { value: 0, low: 0, high: 0 },
    });
    expect((await call('comparison.difference', { id, a: other!, b: reference! })).origin?.found).toBe(true);
    const gone = { ...other!, cut: 'block_7_add' };
    await expect(call('comparison.difference', { id, a: gone, b: reference! })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      remedy: expect.stringContaining('Truncated at block_2_add'),
    });
    await close();
  });

  it('tests every strategy on the same patients, each patient once', async () => {
    const workspace = openWorkspace(join(folder, 'calm'));
    const [row] = workspace.store.comparisons.list();
    const tested = workspace.store.comparisons
      .get(row!.id)
      .cells.map(({ run }) => workspace.store.predictions.load(run!, 'test').map(({ file }) => file));
    workspace.close();
    expect(tested[0]).toEqual(tested[1]);
    expect(tested[2]).toEqual(tested[3]);
    expect(tested[0]!.length + tested[2]!.length).toBe(32);
    expect(new Set([...tested[0]!, ...tested[2]!]).size).toBe(32);
  });

  it('goes on when one of its runs fails, and tries that one again when it is resumed', async () => {
    const workspace = join(folder, 'lost');
    await (await services(workspace)).close();
    const opened = openWorkspace(workspace);
    const { weightsFile, crc32, ...source } = opened.store.sources.get(BUNDLED);
    const lost = { ...source, name: 'lost', catalogue: null, file: join(folder, 'nowhere.safetensors') };
    opened.store.sources.add(lost, { weightsFile: 'lost.safetensors', crc32 });
    const file = join(opened.paths.sources, weightsFile);
    opened.close();

    const engine = await services(workspace);
    const plan = tournament({ strategies: ['truncated'], sources: ['lost', BUNDLED], folds: { kind: 'fixed' } });
    const ended = await follow(engine, await engine.call('comparison.start', plan)).end;
    expect(ended.status).toBe('completed');
    expect(ended.cells.map(({ status, error }) => [status, error?.code])).toEqual([
      ['failed', 'SOURCE_DAMAGED'],
      ['completed', undefined],
    ]);
    renameSync(file, join(workspace, 'sources', 'lost.safetensors'));
    const again = await follow(engine, await engine.call('comparison.resume', { id: ended.id })).end;
    expect(again.cells.map(({ status, run }) => [status, run])).toEqual(
      ended.cells.map(({ run }) => ['completed', run]),
    );
    await engine.close();
  });
});

it('whose folders were moved says so, refuses other pictures, and reads them where they lie from then on', async () => {
  const at = (name: string): string => join(folder, 'moved', name);
  await smallStudy(at('before'), { patients: 8, each: 2 });
  for (let image = 0; image < 6; image++)
    put(at('tests'), `${image % 2 ? 'a' : 'b'}/q${image}_0.png`, await smallPng(100 + image));
  const selection = (name: string) => ({ folder: at(name), groupPattern: '(p\\d+)_' });
  const plan = tournament({
    ...{ strategies: ['truncated'], folds: { kind: 'fixed' }, seeds: [0, 1] },
    base: base({ data: selection('before'), test: { folder: at('tests') }, epochs: 5 }),
  });
  const engine = await services(at('workspace'));
  const { call } = engine;
  const forgetDecoded = (): void => rmSync(at('workspace/cache'), { recursive: true });
  const going = follow(engine, await call('comparison.start', plan));
  await going.until((event) => event.kind === 'run' && event.event.kind === 'epoch');
  const { id } = await call('comparison.stop', { id: going.id });
  renameSync(at('before'), at('after'));
  renameSync(at('tests'), at('tests after'));
  forgetDecoded();

  const missing = await follow(engine, await call('comparison.resume', { id })).end;
  const lost = { code: 'FOLDER_NOT_FOUND', message: expect.stringContaining(at('before')) };
  expect(missing.cells.map(({ error }) => error)).toEqual([lost, lost].map((each) => expect.objectContaining(each)));
  expect(missing.cells[0]!.error!.remedy).toContain('`cutpoint resume ID --data NEW`');
  const of = { comparison: id };
  await expect(call('data.move', { of, data: at('nowhere') })).rejects.toMatchObject({ code: 'FOLDER_NOT_FOUND' });
  // Of two folders, both or neither is taken.
  await expect(call('data.move', { of, data: at('after'), test: at('after') })).rejects.toMatchObject({
    code: 'DATA_DIFFERS',
    message: expect.stringContaining('6 of the 6'),
  });
  expect(await call('comparison.get', { id })).not.toHaveProperty('moved');

  const moved = { data: at('after'), test: at('tests after') };
  expect(await call('data.move', { of, ...moved })).toEqual(moved);
  await follow(engine, await call('comparison.resume', { id })).end;
  const ended = await openedBy(engine, { id });
  // Of the test images no patient is known, and they are not said to be of patients.
  const kinds = { grouping: 'patient', testGrouping: 'image' };
  expect(ended).toMatchObject({ status: 'completed', moved, ...kinds, result: { grouping: 'image', patients: 6 } });
  expect(ended.cells.map(({ status }) => status)).toEqual(['completed', 'completed']);
  forgetDecoded();
  const run = await call('run.get', { id: ended.cells[1]!.run! });
  expect(run).toMatchObject({ comparison: id, moved, ...kinds, test: { grouping: 'image', groups: 6 } });
  const again = await call('run.evaluate', { id: run.id, again: true });
  expect(again.metrics).toEqual(run.test!.metrics);
  const pictures = (['validation', 'test'] as const).map((split) => ({ split, index: 0 }));
  expect(await call('explain.map', { run: run.id, pictures })).toMatchObject({ maps: [{}, {}], problems: [] });

  // Of a comparison without a test folder none can have been moved.
  const single = follow(
    engine,
    await call('comparison.start', { ...plan, base: base({ data: selection('after') }) } as PlanInput),
  );
  await call('comparison.stop', { id: single.id });
  await expect(call('data.move', { of: { comparison: single.id }, test: at('tests after') })).rejects.toMatchObject({
    code: 'COMPARISON_STATE',
    message: `The comparison ${single.id} has no test folder of its own.`,
  });
  await engine.close();
});

describe('one thing trains at a time', () => {
  it('a run and a comparison wait for each other, and the runs of a comparison are steered by it', async () => {
    const engine = await services(join(folder, 'busy'));
    const { call } = engine;
    const single = base({ cut: 'block_2_add', epochs: 100, earlyStopping: null });
    const run = await engine.train(single);
    const queued = await call('comparison.start', tournament({ base: base({ epochs: 50 }) }));
    expect(queued.status).toBe('queued');
    const going = follow(engine, queued);
    await call('run.stop', { id: run.id });
    await going.until((event) => event.kind === 'status' && event.status === 'running');
    const next = await call('run.start', single);
    expect(next.status).toBe('queued');
    await going.until((event) => event.kind === 'run' && event.event.kind === 'epoch');
    const own = rowsOf(await call('run.list', {})).find((each) => each.comparison === going.id)!;
    for (const method of ['run.pause', 'run.stop', 'run.resume'] as const)
      await expect(call(method, { id: own.id })).rejects.toMatchObject({
        code: 'RUN_STATE',
        details: { comparison: going.id },
      });
    // Who comes in the middle is told which run trains, and what it does.
    const late = follow(engine, await call('comparison.get', { id: going.id }));
    await late.until((event) => event.kind === 'cell' && event.position === 1 && event.planned === 4);
    await late.until((event) => event.kind === 'run' && event.event.kind === 'step');

    const stopped = await call('comparison.stop', { id: going.id });
    expect(stopped).toMatchObject({ status: 'stopped', result: null });
    await expect.poll(async () => (await call('run.get', { id: next.id })).status).toBe('running');
    await call('run.stop', { id: next.id });
    expect((await call('run.get', { id: own.id })).status).toBe('interrupted');
    await expect(call('run.resume', { id: own.id })).rejects.toMatchObject({ code: 'RUN_STATE' });
    await expect(call('comparison.stop', { id: going.id })).rejects.toMatchObject({ code: 'COMPARISON_STATE' });
    await expect(call('comparison.get', { id: 'x' })).rejects.toMatchObject({ code: 'COMPARISON_UNKNOWN' });
    await engine.close();
  });
});

describe('refused before anything is stored, with what would work', () => {
  let engine: Services;
  beforeAll(async () => {
    engine = await services(join(folder, 'refused'));
    return () => engine.close();
  });

  it.each<[string, Record<string, unknown>, { code: string; valid?: unknown; says?: RegExp }]>([
    [
      'a cut deeper than the network',
      { cuts: ['block_17_add'] },
      { code: 'CUT_UNKNOWN', valid: expect.arrayContaining(['block_2_add']) },
    ],
    [
      'no cut',
      { cuts: [] },
      {
        code: 'INPUT_INVALID',
        valid: expect.arrayContaining(['block_2_add']),
        says: /truncated.*layerwise.*need a cut/,
      },
    ],
    [
      'a strategy that the network cannot take there',
      { strategies: ['truncated', 'transfusion'], cuts: ['block_4_add'] },
      { code: 'STRATEGY_UNSUPPORTED', valid: expect.arrayContaining(['block_2_add']) },
    ],
    [
      'a reference that is not compared',
      { reference: 'full' },
      { code: 'INPUT_INVALID', valid: ['truncated', 'layerwise'] },
    ],
    [
      'Mean-Var without a source',
      { base: base({ source: null }), strategies: ['truncated', 'mean-var'] },
      { code: 'INPUT_INVALID', valid: ['scratch'] },
    ],
    [
      'the same thing twice',
      { base: base({ source: null }), strategies: ['full', 'scratch'], reference: 'full' },
      { code: 'INPUT_INVALID', valid: ['full'] },
    ],
    [
      'an SVM for all',
      { base: base({ classifier: 'svm' }) },
      { code: 'INPUT_INVALID', valid: ['features-svm', 'finetune-svm'] },
    ],
    [
      'an initialisation for all',
      { base: base({ initialisation: 'random' }) },
      { code: 'INPUT_INVALID', valid: ['scratch', 'mean-var'] },
    ],
    ['an unknown source', { sources: ['imagenet'] }, { code: 'SOURCE_UNKNOWN' }],
    [
      'a source of another network',
      { base: base({ backbone: 'resnet18' }), cuts: ['layer1.1'] },
      { code: 'WEIGHTS_MISMATCH' },
    ],
    [
      'pictures too small for the network',
      { base: base({ backbone: 'inception_v3', source: null, input: 16 }), cuts: ['Mixed_7b'] },
      { code: 'INPUT_TOO_SMALL' },
    ],
    [
      'one patient per class in a fold',
      { folds: { kind: 'groups', k: 8 } },
      { code: 'TOO_FEW_GROUPS', valid: [2, 3, 4], says: /has only 8/ },
    ],
    ['nobody to train on', { base: base({ split: { validation: 0.5, test: 0.2 } }) }, { code: 'INPUT_INVALID' }],
    [
      'nobody to test on',
      { base: base({ split: { validation: 0.25, test: 0 } }), folds: { kind: 'fixed' } },
      { code: 'INPUT_INVALID' },
    ],
    [
      'a test folder in folds',
      { base: base({ test: { folder: study } }) },
      { code: 'INPUT_INVALID', valid: ['fixed'] },
    ],
  ])('%s', async (_what, changes, { code, valid, says }) => {
    const refusal = await engine.call('comparison.start', tournament(changes)).catch((thrown: unknown) => thrown);
    expect(refusal).toMatchObject({ code, ...(valid === undefined ? {} : { details: { valid } }) });
    if (says) expect((refusal as Error).message).toMatch(says);
    expect(await engine.call('comparison.list', {})).toEqual([]);
    expect(rowsOf(await engine.call('run.list', {}))).toEqual([]);
  });

  it('a folder to test on without one of the classes', async () => {
    const other = join(folder, 'one-class');
    put(other, 'a/q1_0.png', await smallPng(1000));
    const data = { folder: other, groupPattern: '(q\\d+)_' };
    const plan = tournament({ base: base({ test: data }), folds: { kind: 'fixed' } });
    await expect(engine.call('comparison.start', plan)).rejects.toMatchObject({
      code: 'CLASSES_DIFFER',
      details: { lacking: ['b'] },
    });
  });

  it('a margin of zero, and no strategy', async () => {
    for (const changes of [{ margin: 0 }, { strategies: [] }, { margin: 0.5 }])
      await expect(engine.call('comparison.start', tournament(changes))).rejects.toThrow(Object.keys(changes)[0]);
  });
});
