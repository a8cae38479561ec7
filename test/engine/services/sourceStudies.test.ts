import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { SourceStudyPlanInput, SourceStudySummary } from '../../../src-main/contract/sourceStudy.ts';
import { rowsOf } from '../../../src-main/contract/table.ts';
import { folderForFile } from '../../support/folder.ts';
import { put, smallPng, smallStudy } from '../../support/pictures.ts';
import { services } from './inProcess.ts';

const folder = folderForFile();
const [first, second] = [join(folder, 'first'), join(folder, 'second')];
const BUNDLED = 'formula-pictures';
const FILE = resolve(import.meta.dirname, '../../../resources/sources/formula-pictures.safetensors');
type Services = Awaited<ReturnType<typeof services>>;

beforeAll(async () => {
  await smallStudy(first, { patients: 32, each: 1 });
  for (let patient = 0; patient < 48; patient++)
    put(second, `${'uvw'[patient % 3]}/p${patient}_0.png`, await smallPng(100 + patient));
});

const plan = (changes: Partial<SourceStudyPlanInput> = {}): SourceStudyPlanInput => ({
  targets: [
    { name: 'first', data: { folder: first, groupPattern: '(p\\d+)_' } },
    { name: 'second', data: { folder: second, groupPattern: '(p\\d+)_' } },
  ],
  sources: [{ name: BUNDLED }, { name: 'twice' }],
  backbones: ['mobilenet_v2_050_keras'],
  folds: 2,
  settings: { input: 32, epochs: 1, batch: 8, learningRate: 1e-3 },
  ...changes,
});

/** A workspace with two sources of one network. */
async function workspaceNamed(name: string): Promise<Services> {
  const opened = await services(join(folder, name));
  const sources = await opened.call('source.list', {});
  if (!sources.some((each) => each.name === 'twice')) await opened.call('source.add', { file: FILE, name: 'twice' });
  return opened;
}

/** Follows its tournaments, one behind the other. */
async function ended({ call }: Services, { id, members }: SourceStudySummary): Promise<SourceStudySummary> {
  for (const { comparison } of members) await call('comparison.watch', { id: comparison });
  return call('sourceStudy.get', { id });
}

/** Its table, opened. Runs have other ids in another workspace. */
async function tableOf({ call }: Services, id: string) {
  await call('sourceStudy.openTest', { id, reason: 'for a test of the tests' });
  const { rows, origin: _origin, ...result } = await call('sourceStudy.result', { id });
  return { ...result, rows: rows.map(({ run: _run, ...row }) => row) };
}

describe('a source study', () => {
  it('closed in the middle and resumed by the next engine gives the table of one left alone', async () => {
    const calm = await workspaceNamed('calm');
    expect(await calm.call('sourceStudy.runs', plan())).toEqual({ leftOut: [], noticed: [], runs: 12 });
    const alone = await ended(calm, await calm.call('sourceStudy.start', plan()));
    expect(alone).toMatchObject({ status: 'completed', testOpened: null });
    expect(alone.members.map(({ target, planned, done, failed }) => [target, planned, done, failed])).toEqual([
      ['first', 6, 6, 0],
      ['second', 6, 6, 0],
    ]);
    await expect(calm.call('sourceStudy.result', { id: alone.id })).rejects.toMatchObject({ code: 'TEST_SEALED' });
    const expected = await tableOf(calm, alone.id);
    expect(expected.rows).toHaveLength(12);
    // The same weights under two names give the same figures; half of the patients are tested in two folds.
    const [one, two] = [BUNDLED, 'twice'].map((source) =>
      expected.rows.filter((row) => row.source === source).map(({ source: _source, ...row }) => row),
    );
    expect(one).toEqual(two);
    expect(expected.tested.map(({ target, patients }) => [target, patients])).toEqual([
      ['first', 16],
      ['second', 24],
    ]);
    expect(expected.transfer).toHaveLength(4);
    for (const { score, pairs } of expected.transfer) {
      expect(pairs).toBe(2);
      expect(score!.low).toBeLessThanOrEqual(score!.value);
      expect(score!.high).toBeGreaterThanOrEqual(score!.value);
    }
    await expect(calm.call('sourceStudy.resume', { id: alone.id })).rejects.toMatchObject({
      code: 'SOURCE_STUDY_STATE',
    });
    await calm.close();

    const before = await workspaceNamed('disturbed');
    const begun = await before.call('sourceStudy.start', plan());
    await new Promise<void>((done) => {
      void before.call('comparison.watch', { id: begun.members[0]!.comparison }, (event) => {
        if (event.kind === 'cell' && event.position === 3) done();
      });
    });
    await before.close();

    const after = await workspaceNamed('disturbed');
    const left = await after.call('sourceStudy.get', { id: begun.id });
    expect(left.status).toBe('interrupted');
    expect(left.members[0]!.done).toBeLessThan(6);
    const resumed = await ended(after, await after.call('sourceStudy.resume', { id: begun.id }));
    expect(resumed.status).toBe('completed');
    expect(await tableOf(after, begun.id)).toEqual(expected);
    expect(rowsOf(await after.call('run.list', {})).length).toBe(12);
    await after.close();
  });

  it('is resumed with what was removed of it, and forgotten without its tournaments', async () => {
    const opened = await workspaceNamed('disturbed');
    const { call } = opened;
    const [row] = await call('sourceStudy.list', {});
    expect(row).toMatchObject({ status: 'completed', planned: 12, done: 12, failed: 0, targets: ['first', 'second'] });
    const { id } = row!;
    const expected = await tableOf(opened, id);
    const [member] = (await call('sourceStudy.get', { id })).members;
    await call('storage.remove', { kind: 'comparison', ids: [member!.comparison], withRuns: true, dryRun: false });
    expect((await call('sourceStudy.get', { id })).status).toBe('interrupted');
    const again = await ended(opened, await call('sourceStudy.resume', { id }));
    expect(again).toMatchObject({ status: 'completed', testOpened: null });
    const inOrder = (rows: readonly { target: string }[]) => rows.toSorted((a, b) => a.target.localeCompare(b.target));
    expect(inOrder((await tableOf(opened, id)).rows)).toEqual(inOrder(expected.rows));
    await call('sourceStudy.remove', { id });
    expect(await call('sourceStudy.list', {})).toEqual([]);
    expect(await call('comparison.list', {})).toHaveLength(2);
    await expect(call('sourceStudy.get', { id })).rejects.toMatchObject({ code: 'SOURCE_STUDY_UNKNOWN' });
    await opened.close();
  });

  it('says before anything is trained what it cannot study', async () => {
    const opened = await workspaceNamed('calm');
    const { call } = opened;
    const refused = (changes: Partial<SourceStudyPlanInput>) =>
      expect(call('sourceStudy.start', plan(changes))).rejects;
    const before = await call('comparison.list', {});
    await refused({ sources: [{ name: 'lost' }] }).toMatchObject({ code: 'SOURCE_UNKNOWN' });
    await refused({ backbones: ['resnet18'] }).toMatchObject({ code: 'WEIGHTS_MISMATCH' });
    await refused({ backbones: ['mobilenet_v2_050_keras', 'resnet18'] }).toMatchObject({ code: 'INPUT_INVALID' });
    await refused({ sources: [{ name: BUNDLED }, { name: BUNDLED }] }).toMatchObject({ code: 'INPUT_INVALID' });
    await refused({ cuts: ['block_99'] }).toMatchObject({ code: 'CUT_UNKNOWN' });
    await refused({ folds: 12 }).toMatchObject({
      code: 'TOO_FEW_GROUPS',
      message: expect.stringMatching(/^Target ‘first’: /),
    });
    const one = join(folder, 'one class');
    await smallStudy(join(one), { patients: 8, each: 1 });
    rmSync(join(one, 'b'), { recursive: true });
    const target = { name: 'one', data: { folder: one } };
    await refused({ targets: [target] }).toMatchObject({ code: 'ONE_CLASS' });
    expect(await call('comparison.list', {})).toEqual(before);
    await opened.close();
  });

  it('trains the sources that it lacks, and leaves out a target that is one of them', async () => {
    const before = await workspaceNamed('own');
    const settings = { input: 32, epochs: 2, batch: 8 };
    const data = { folder: second, groupPattern: '(p\\d+)_' };
    const asked = plan({ sources: [{ name: BUNDLED }, { name: 'uvw', train: { data, nature: 'natural', settings } }] });
    const begun = await before.call('sourceStudy.start', asked);
    expect(begun.status).toBe('running');
    expect(begun.leftOut).toEqual([
      {
        ...{ source: 'uvw', target: 'second', backbone: null },
        why: 'The target ‘second’ is the source ‘uvw’ itself: it is not studied with it.',
      },
    ]);
    const run = async ({ call }: Services): Promise<string> => {
      for (;;) {
        const [wish] = await call('source.wishes', {});
        if (wish) return wish.run;
        await new Promise((done) => setTimeout(done, 20));
      }
    };
    await run(before);
    await before.close();

    const after = await workspaceNamed('own');
    const left = await after.call('sourceStudy.get', { id: begun.id });
    expect(left).toMatchObject({ status: 'interrupted', members: [], pretraining: [{ weights: 'uvw' }] });
    await after.call('sourceStudy.resume', { id: begun.id });
    const made = async () => {
      for (;;) {
        const study = await after.call('sourceStudy.get', { id: begun.id });
        if (study.members.length > 0 || study.error !== null) return study;
        await new Promise((done) => setTimeout(done, 20));
      }
    };
    const study = await ended(after, await made());
    expect(study).toMatchObject({ status: 'completed', error: null, pretraining: [{ status: 'completed' }] });
    expect(study.members.map(({ target, done }) => [target, done])).toEqual([
      ['first', 6],
      ['second', 4],
    ]);
    const { rows, analysis, sentences } = await tableOf(after, study.id);
    expect(new Set(rows.map(({ source, target }) => `${source} ${target}`))).toEqual(
      new Set(['formula-pictures first', 'uvw first', 'null first', 'formula-pictures second', 'null second']),
    );
    expect(analysis!.means).toHaveLength(5);
    expect(sentences[0]).toMatch(/^On ‘first’/);
    await after.close();
  });

  it('says where the best cut lies for each source, and goes on beside a run that fails', async () => {
    const opened = await workspaceNamed('calm');
    const { call } = opened;
    const [target] = plan().targets;
    const asked = plan({ targets: [target!], cuts: ['block_2_add'], tested: 'whole', sources: [{ name: BUNDLED }] });
    const study = await ended(opened, await call('sourceStudy.start', asked));
    expect(study).toMatchObject({ status: 'completed' });
    const { cuts, rows, tested } = await tableOf(opened, study.id);
    expect(rows.map(({ cut, source }) => [cut, source])).toEqual(
      [1, 2].flatMap(() => [[null, BUNDLED], ['block_2_add', BUNDLED], [null, null]]),
    ); // prettier-ignore
    expect(tested[0]!.patients).toBe(32);
    expect(cuts).toHaveLength(1);
    const [best] = cuts;
    expect([null, 'block_2_add']).toContain(best!.cut);
    expect(best!.difference === null).toBe(best!.cut === null);
    expect(best!.validation).toBeGreaterThanOrEqual(best!.whole!);
    await opened.close();
  });
});
