import { cpSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CutpointError } from '../../../src-main/contract/errors.ts';
import { rowsOf } from '../../../src-main/contract/table.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { put, smallPng, smallStudy } from '../../support/pictures.ts';
import { numbersOf, services, tinyPlan } from './inProcess.ts';

/** A study, and a run on it that its engine left after a few epochs, with the numbers of one left alone. */
async function interrupted() {
  const folder = temporaryFolder();
  const [study, workspace] = [join(folder, 'study'), join(folder, 'workspace')];
  await smallStudy(study, { patients: 16, each: 3 });
  const plan = tinyPlan(study, { epochs: 6, earlyStopping: null, learningRate: 3e-3 });
  const first = await services(workspace);
  const alone = await first.opened(await (await first.train(plan)).end);
  const run = await first.train(plan);
  await run.until(({ kind, ...event }) => {
    // The last epoch is not the best one, so both have a checkpoint.
    const { record, bestEpoch } = event as { record?: { epoch: number }; bestEpoch?: number };
    return kind === 'epoch' && record!.epoch > bestEpoch!;
  });
  await first.close();
  await run.end;
  const checkpoints = join(workspace, 'checkpoints', run.id);
  expect(readdirSync(checkpoints)).toHaveLength(2);
  return { study, workspace, id: run.id, checkpoints, alone };
}

async function resume(workspace: string, id: string) {
  const { call, follow, opened, close } = await services(workspace);
  try {
    const ended = await follow(await call('run.resume', { id })).end;
    return ended.sealed ? await opened(ended) : ended;
  } finally {
    await close();
  }
}

describe('an interrupted run', () => {
  it('goes on from its best epoch where the last checkpoint is damaged, to the same numbers', async () => {
    const { workspace, id, checkpoints, alone } = await interrupted();
    truncateSync(join(checkpoints, readdirSync(checkpoints).sort().at(-1)!), 1000);
    const resumed = await resume(workspace, id);
    expect(resumed.status).toBe('completed');
    expect(numbersOf(resumed)).toEqual(numbersOf(alone));
  });

  it('does not go on for hours to a model that is lost: a damaged best checkpoint is named at once', async () => {
    const { workspace, id, checkpoints } = await interrupted();
    const [best] = readdirSync(checkpoints).sort();
    const bytes = readFileSync(join(checkpoints, best!));
    bytes[bytes.length - 1000]! ^= 2;
    writeFileSync(join(checkpoints, best!), bytes);
    expect(await resume(workspace, id)).toMatchObject({
      status: 'failed',
      error: { code: 'CHECKPOINT_DAMAGED', message: expect.stringContaining(best!) },
    });
    bytes[bytes.length - 1000]! ^= 2;
    writeFileSync(join(checkpoints, best!), bytes);
    expect(await resume(workspace, id)).toMatchObject({ status: 'completed' });
  });

  it('says so where no checkpoint is left, and keeps what is stored', async () => {
    const { workspace, id, checkpoints } = await interrupted();
    for (const name of readdirSync(checkpoints)) rmSync(join(checkpoints, name));
    const resumed = await resume(workspace, id);
    expect(resumed).toMatchObject({ status: 'failed', error: { code: 'CHECKPOINT_MISSING' } });
    expect(resumed.epochs.length).toBeGreaterThan(0);
  });

  it('never trains on other data: a file changed or gone is named; put back, the numbers are the same', async () => {
    const { study, workspace, id, alone } = await interrupted();
    rmSync(join(workspace, 'cache'), { recursive: true });
    const file = join(study, 'a/p0_0.png');
    const bytes = readFileSync(file);
    writeFileSync(file, await smallPng(999));
    await expect(resume(workspace, id)).rejects.toMatchObject({
      code: 'DATA_DIFFERS',
      message: expect.stringContaining('a/p0_0.png'),
    });
    rmSync(file);
    expect(await resume(workspace, id)).toMatchObject({
      status: 'failed',
      error: { code: 'FILE_NOT_READABLE', message: expect.stringContaining('a/p0_0.png') },
    });
    writeFileSync(file, bytes);
    expect(numbersOf(await resume(workspace, id))).toEqual(numbersOf(alone));
  });
});

describe('starting and ending', () => {
  it('two starts at the same moment: one trains, the other waits for it', async () => {
    const folder = temporaryFolder();
    await smallStudy(join(folder, 'study'));
    const { call, close } = await services(join(folder, 'workspace'));
    const plan = tinyPlan(join(folder, 'study'), { earlyStopping: null });
    const starts = await Promise.all([call('run.start', plan), call('run.start', plan)]);
    // Whose epoch ended, in the order in which they did. The first may be over before the second is even queued.
    const trained: string[] = [];
    const ends = await Promise.all(
      starts.map(({ id }) => call('run.watch', { id }, ({ kind }) => void (kind === 'epoch' && trained.push(id)))),
    );
    expect(trained).toHaveLength(8);
    expect(new Set(trained.slice(0, 4)).size).toBe(1);
    expect(new Set(trained.slice(4)).size).toBe(1);
    expect(ends.map(({ status }) => status)).toEqual(['completed', 'completed']);
    expect(ends[0]!.epochs.map(({ trainLoss }) => trainLoss)).toEqual(
      ends[1]!.epochs.map(({ trainLoss }) => trainLoss),
    );
    await close();
  });

  it('cancelled while the last file is read, no run is stored or started', async () => {
    const folder = temporaryFolder();
    await smallStudy(join(folder, 'study'));
    const { call, close } = await services(join(folder, 'workspace'));
    const abort = new AbortController();
    const start = call(
      'run.start',
      tinyPlan(join(folder, 'study')),
      ({ done, total }) => {
        if (done === total) abort.abort(new CutpointError('CANCELLED', 'The task was cancelled.'));
      },
      abort.signal,
    );
    await expect(start).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(rowsOf(await call('run.list', {}))).toEqual([]);
    await close();
  });

  it('a pause that comes after the stop does not hold it up', async () => {
    const folder = temporaryFolder();
    await smallStudy(join(folder, 'study'));
    const { call, train, close } = await services(join(folder, 'workspace'));
    const run = await train(tinyPlan(join(folder, 'study'), { epochs: 500, earlyStopping: null }));
    await run.until(({ kind }) => kind === 'epoch');
    const stop = call('run.stop', { id: run.id });
    await call('run.pause', { id: run.id });
    expect((await stop).status).toBe('stopped');
    await close();
  });
});

describe('data to test on', () => {
  it('must be of other patients than those trained on, and usable', async () => {
    const folder = temporaryFolder();
    const [study, other, broken] = ['study', 'other', 'broken'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    await smallStudy(study, { patients: 12 });
    cpSync(join(study, 'a/p0_0.png'), join(other, 'a/copy.png'), { recursive: true });
    put(other, 'b/new.png', await smallPng(500));
    put(broken, 'a/x.png', 'no picture');
    const { call, train, close } = await services(join(folder, 'workspace'));
    const start = (test: string) => call('run.start', tinyPlan(study, { test: { folder: test }, epochs: 1 }));
    await expect(start(other)).rejects.toMatchObject({
      code: 'TEST_OVERLAPS',
      message: expect.stringContaining('1 of the 2 images'),
    });
    await expect(start(broken)).rejects.toMatchObject({
      code: 'FOLDER_EMPTY',
      message: expect.stringContaining('x.png'),
    });
    expect(rowsOf(await call('run.list', {}))).toEqual([]);

    const { id, split } = await (await train(tinyPlan(study, { epochs: 1 }))).end;
    await expect(call('run.evaluate', { id, data: { folder: broken } })).rejects.toMatchObject({
      code: 'FOLDER_EMPTY',
    });
    const { warnings } = await call('run.evaluate', { id, data: { folder: study, groupPattern: '(p\\d+)_' } });
    const seen = split!.train.images + split!.validation.images;
    const uncertain = { code: 'POSITIVE_UNCERTAIN', message: expect.any(String) };
    expect(warnings).toEqual([
      { code: 'SEEN_IN_TRAINING', message: expect.stringContaining(`${seen} of the 24 images`) },
      uncertain,
    ]);
    put(folder, 'new/a/1.png', await smallPng(600));
    put(folder, 'new/b/2.png', await smallPng(601));
    const fresh = await call('run.evaluate', { id, data: { folder: join(folder, 'new') } });
    expect(fresh.warnings).toEqual([expect.objectContaining({ code: 'NO_PATIENTS' }), uncertain]);
    await close();
  });
});

it('goes on with a threshold of its schedule, and ends where it would have: below the lowest rate, best by loss', async () => {
  const folder = temporaryFolder();
  const [study, workspace] = [join(folder, 'study'), join(folder, 'workspace')];
  await smallStudy(study, { patients: 16, each: 3 });
  const plan = tinyPlan(study, {
    ...{ epochs: 12, earlyStopping: null, selection: 'loss', learningRate: 3e-3 },
    schedule: {
      ...{ kind: 'plateau', factor: 0.5, patience: 0, minimum: 5e-4 },
      ...{ threshold: 0.3, thresholdMode: 'rel', atMinimum: 'end' },
    },
  });
  const first = await services(workspace);
  const alone = await first.opened(await (await first.train(plan)).end);
  const run = await first.train(plan);
  await run.until((event) => event.kind === 'epoch' && event.record.epoch === 2);
  await first.close();
  await run.end;
  expect(numbersOf(await resume(workspace, run.id))).toEqual(numbersOf(alone));

  const { epochs, bestEpoch } = alone;
  expect(alone.status).toBe('completed');
  // Each rate is half of the one before or the same, none is below the minimum, and one more half would be.
  expect(epochs.length).toBeLessThan(12);
  expect(epochs.every(({ learningRate }) => learningRate >= 5e-4)).toBe(true);
  expect(epochs.at(-1)!.learningRate / 2).toBeLessThan(5e-4);
  const losses = epochs.map(({ validationLoss }) => validationLoss);
  expect(bestEpoch).toBe(1 + losses.indexOf(Math.min(...losses)));
  for (const { validationBalancedAccuracy: share } of epochs) {
    expect(share).toBeGreaterThanOrEqual(0);
    expect(share).toBeLessThanOrEqual(1);
  }
});
