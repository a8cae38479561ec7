import { beforeAll, expect, it } from 'vitest';
import { rowsOf } from '../../../src-main/contract/table.ts';
import { folderForFile, temporaryFolder } from '../../support/folder.ts';
import { smallStudy } from '../../support/pictures.ts';
import { services, tinyPlan } from './inProcess.ts';

const study = folderForFile();
beforeAll(() => smallStudy(study));

/** More than any machine has. */
const huge = { input: 1024, batch: 1024, backbone: 'resnet50', strategy: 'full' } as const;

it('training that cannot fit is refused before anything is read, with the batch that fits', async () => {
  const { call, close } = await services(temporaryFolder());
  const estimate = (await call('run.memory', tinyPlan(study, huge)))!;
  expect(estimate.fits).toBe(false);
  expect(estimate.bytes).toBeGreaterThan(1e12);
  expect(estimate.room).toBeLessThanOrEqual(estimate.total);
  const { batch } = estimate;
  const refused = call('run.start', tinyPlan('/nowhere', huge));
  await expect(refused).rejects.toMatchObject({
    code: 'OUT_OF_MEMORY',
    message: expect.stringMatching(
      /^Training with batches of 1024 needs about \d+\.\d GB of memory, and \d+\.\d GB of/,
    ),
    details: { batch: expect.anything() },
  });
  expect(rowsOf(await call('run.list', {}))).toEqual([]);
  if (batch !== null) {
    expect(batch).toBeLessThan(1024);
    expect((await call('run.memory', tinyPlan(study, { ...huge, batch })))!.bytes).toBeLessThan(1.05 * estimate.room);
  }
  expect((await call('run.memory', tinyPlan(study)))!).toMatchObject({ fits: true, automatic: 32 });
  // Of what does not fit at all, nothing can be chosen; otherwise it is a power of two that fits.
  const { automatic } = estimate;
  if (batch === null) expect(automatic).toBe(null);
  else
    expect([automatic, Math.log2(automatic!) % 1]).toEqual([
      expect.toSatisfy((n: number) => n <= batch && 2 * n > Math.min(batch, 32)),
      0,
    ]);
  await close();
});

it('a probe that cannot fit is refused before anything is read; what is asked is said', async () => {
  const { call, close } = await services(temporaryFolder());
  const network = { kind: 'backbone', backbone: 'resnet50', source: null } as const;
  const probe = call('probe.sweep', { network, data: { folder: '/nowhere' }, input: 1024, batch: 1024 });
  await expect(probe).rejects.toMatchObject({
    code: 'OUT_OF_MEMORY',
    message: expect.stringMatching(/^A pass with 1024 images needs about \d+\.\d GB of memory, and/),
  });
  await close();
});

it('a run that does not fit begins with another batch, as long as no epoch was finished', async () => {
  const workspace = temporaryFolder();
  const first = await services(workspace);
  const { id, until } = await first.train(tinyPlan(study, { input: 256, epochs: 1 }));
  await until(({ kind }) => kind === 'stage');
  await first.close();

  const second = await services(workspace);
  const { plan } = await second.call('run.get', { id });
  const most = (await second.call('run.memory', plan))!.batch!;
  // On a machine with 50 GB or more even the largest batch fits.
  if (most < 1000)
    await expect(second.call('run.resume', { id, batch: 1024 })).rejects.toMatchObject({ code: 'OUT_OF_MEMORY' });
  expect((await second.call('run.get', { id })).plan.batch).toBe(4);
  await second.call('run.resume', { id, batch: 2 });
  const run = await second.call('run.watch', { id });
  expect(run).toMatchObject({ status: 'completed', plan: { batch: 2 }, error: null });
  await second.close();
});

it('a run with epochs of one batch size does not go on with another', async () => {
  const { call, train, close } = await services(temporaryFolder());
  const { id, until, end } = await train(tinyPlan(study, { epochs: 500, earlyStopping: null }));
  await until(({ kind }) => kind === 'epoch');
  await call('run.stop', { id });
  await end;
  await expect(call('run.resume', { id, batch: 2 })).rejects.toMatchObject({
    code: 'RUN_STATE',
    message: expect.stringContaining('with batches of 4; epochs of another batch size would not be the same run'),
  });
  await close();
});
