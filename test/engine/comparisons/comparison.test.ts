import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import type { ComparisonCell } from '../../../src-main/contract/comparison/shared.ts';
import { beginWhere } from '../../../src-main/engine/comparisons/longerRun.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { put, smallStudy } from '../../support/pictures.ts';
import { numbersOf, tinyPlan } from '../services/inProcess.ts';
import { comparisonContext } from './comparisonContext.ts';

const cell = (changes: Partial<ComparisonCell> = {}): ComparisonCell => ({
  strategy: 'truncated',
  cut: 'block_1_project_BN',
  source: null,
  seed: 3,
  fold: null,
  share: 1,
  epochs: 1,
  ...changes,
});

async function setUp(changes: Parameters<typeof tinyPlan>[1] = {}) {
  const folder = temporaryFolder();
  const pictures = join(folder, 'study');
  await smallStudy(pictures, { patients: 16, each: 2 });
  const base = tinyPlan(pictures, { batch: 8, ...changes });
  const opened = await comparisonContext(join(folder, 'workspace'), { kind: 'search', method: 'fast', base });
  onTestFinished(() => opened.close());
  return opened;
}

test('a cell with more epochs goes on where the shorter one ended, with the numbers of training it in one go', async () => {
  const { comparison, workspace, events } = await setUp({ schedule: { kind: 'plateau', patience: 0 } });
  const { runs } = workspace.store;
  const records = await comparison.train([cell(), cell({ epochs: 2 }), cell({ epochs: 4 })]);
  expect(records.map(({ status, epochs }) => [status, epochs])).toEqual([
    ['completed', 1],
    ['completed', 2],
    ['completed', 4],
  ]);
  const trained = (id: string) =>
    events.flatMap((event) =>
      event.kind === 'run' && event.run === id && event.event.kind === 'epoch' ? event.event.record.epoch : [],
    );
  expect(records.map(({ run }) => trained(run!))).toEqual([[1], [2], [3, 4]]);
  expect(runs.get(records[0]!.run!)).toMatchObject({
    comparison: comparison.id,
    plan: { epochs: 1 },
    epochs: [{ epoch: 1 }],
  });

  const other = await setUp({ schedule: { kind: 'plateau', patience: 0 } });
  const [alone] = await other.comparison.train([cell({ epochs: 4 })]);
  const { run: _run, trainingSeconds: _seconds, ...numbers } = alone!;
  expect(records[2]).toMatchObject(numbers);
  const opened = async ({ commit, store }: typeof workspace, id: string) => {
    await commit(['runs', 'openTest', id]);
    return numbersOf(store.runs.get(id));
  };
  expect(await opened(workspace, records[2]!.run!)).toEqual(await opened(other.workspace, alone!.run!));
});

test('with a cosine schedule, which knows the number of epochs, it starts anew', async () => {
  const { comparison, events } = await setUp({ schedule: { kind: 'cosine' } });
  await comparison.train([cell(), cell({ epochs: 2 })]);
  const epochs = events.flatMap((event) =>
    event.kind === 'run' && event.event.kind === 'epoch' ? event.event.record.epoch : [],
  );
  expect(epochs).toEqual([1, 1, 2]);
});

test('what was computed once is recalled, as are cells, in whatever order their settings are written', async () => {
  const { comparison, events } = await setUp();
  let computed = 0;
  const remember = () => comparison.remember('numbers', z.array(z.number()), async () => [0.1, ++computed]);
  expect(await remember()).toEqual([0.1, 1]);
  expect(await remember()).toEqual([0.1, 1]);

  const [first] = await comparison.train([cell()]);
  const before = events.length;
  const reversed = Object.fromEntries(Object.entries(cell()).toReversed()) as ComparisonCell;
  expect(await comparison.train([reversed])).toEqual([first]);
  expect(events.length).toBe(before);
});

test('a cell that cannot be trained is recorded with its reason, and the others are trained', async () => {
  const { comparison } = await setUp();
  const [failed, completed] = await comparison.train([cell({ cut: 'block_99_add' }), cell()]);
  expect(completed).toMatchObject({ status: 'completed', error: null });
  expect(failed).toMatchObject({ status: 'failed', run: null, error: { code: 'CUT_UNKNOWN' } });
});

test('a run killed while it took over the checkpoints of a shorter one takes them over again', async () => {
  const { comparison, workspace } = await setUp();
  const [short, long] = await comparison.train([cell(), cell({ epochs: 2, seed: 4 })]);
  // What such a kill leaves behind: a file of that name in the folder, and no epoch in the store.
  const unfinished = workspace.store.runs.create({
    ...{ plan: workspace.store.runs.get(long!.run!).plan, classes: ['a', 'b'], parameters: 1, macs: 1 },
  });
  const { checkpoint } = workspace.store.epochs.last(short!.run!)!;
  put(join(workspace.paths.checkpoints, unfinished.id), checkpoint, 'half');
  await beginWhere(short!.run!, unfinished.id, workspace);
  const { epochs, bestEpoch } = workspace.store.runs.get(unfinished.id);
  expect({ epochs, bestEpoch }).toEqual({ epochs: workspace.store.runs.get(short!.run!).epochs, bestEpoch: 1 });
  const [theirs, ours] = [short!.run!, unfinished.id].map((id) =>
    readFileSync(join(workspace.paths.checkpoints, id, checkpoint)),
  );
  expect(ours).toEqual(theirs);
});
