import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { rowsOf } from '../../../src-main/contract/table.ts';
import { folderForFile } from '../../support/folder.ts';
import { smallStudy } from '../../support/pictures.ts';
import { services, tinyPlan } from './inProcess.ts';

const folder = folderForFile();
const images = join(folder, 'images');
beforeAll(() => smallStudy(images, { patients: 16, each: 2 }));

const data = { folder: images, groupPattern: '(p\\d+)_' };

it('shows what was chosen, counted, trained and asked for it, and is removed with all of that', async () => {
  const { call, train, close } = await services(join(folder, 'whole'));
  const made = await call('study.create', { data, draft: { network: { cut: 'block_2_add' } } });
  expect(made).toMatchObject({ name: 'images', folder: images, data: null, runs: 0, best: null, active: [] });

  await call('data.audit', { ...data, study: made.id });
  const counts = { images: 32, groups: 16, grouping: 'patient', classes: [{ name: 'a', groups: 8 }, { name: 'b' }] };
  expect(await call('study.get', { id: made.id })).toMatchObject({ data: counts, jobIds: [expect.any(String)] });
  // The same audit, asked by another: the kept answer is found, and is of both.
  const other = await call('study.create', { name: 'Other' });
  const { origin } = await call('data.audit', { ...data, study: other.id });
  expect(origin).toMatchObject({ found: true });
  expect((await call('study.get', { id: other.id })).jobIds).toEqual([origin!.job]);
  await expect(call('data.audit', { ...data, study: 'nobody' })).rejects.toMatchObject({ code: 'STUDY_UNKNOWN' });

  const { id, end } = await train({ ...tinyPlan(images), data, study: made.id } as never);
  const going = (await call('study.list', {})).find((study) => study.id === made.id);
  const title = 'mobilenet_v2_keras, cut after block_2_add';
  expect(going!.active).toMatchObject([{ kind: 'run', id, status: 'running', title }]);
  const run = await end;
  expect(run).toMatchObject({ study: made.id, name: null, starred: false, testOpened: null });
  await call('run.edit', { id, name: 'Half', starred: true });
  expect(await call('run.openTest', { id })).toMatchObject({ times: 1 });
  const [row] = rowsOf(await call('run.list', {}));
  expect(row).toMatchObject({ name: 'Half', starred: true, study: made.id, testOpened: { times: 1 } });

  // What is asked of a run is of its study; what names nothing goes by its data.
  const evaluated = await call('run.evaluate', { id, data: { folder: images }, again: true });
  const listed = (await call('study.list', {})).find(({ id: each }) => each === made.id)!;
  expect(listed).toMatchObject({
    data: counts,
    runs: 1,
    best: { id, name: 'Half', validationAuprc: expect.any(Number) },
  });
  expect(JSON.stringify(listed)).not.toMatch(/test(?!Looks)/);
  const details = await call('study.get', { id: made.id });
  expect(details).toMatchObject({ runIds: [id], comparisonIds: [], draft: { network: { cut: 'block_2_add' } } });
  expect(details.jobIds).toContain(evaluated.origin!.job);

  await expect(call('storage.remove', { kind: 'study', ids: [made.id] })).rejects.toMatchObject({
    code: 'IN_USE',
    details: { runs: [id] },
  });
  const asked = await call('storage.remove', { kind: 'study', ids: [made.id], withRuns: true, dryRun: true });
  expect(asked).toMatchObject({ studies: [made.id], runs: [id], jobs: [evaluated.origin!.job] });
  expect(asked.bytes).toBeGreaterThan(50_000);
  const removed = await call('storage.remove', { kind: 'study', ids: [made.id], withRuns: true });
  expect(removed).toEqual({ ...asked, dryRun: false });
  // The answer that the other one shared is forgotten with the list of the images that it was made of.
  expect(await call('study.list', {})).toMatchObject([{ id: other.id }]);
  expect((await call('study.get', { id: other.id })).jobIds).toEqual([]);
  await close();
});

it('is named, noted, opened and duplicated; the draft of a room is what was written there last', async () => {
  const { call, close } = await services(join(folder, 'edited'));
  const first = await call('study.create', { name: '  Chest X-rays ' });
  const second = await call('study.create', {});
  expect([first.name, second.name]).toEqual(['Chest X-rays', 'Study']);
  expect((await call('study.list', {})).map(({ id }) => id)).toEqual([second.id, first.id]);
  await call('study.open', { id: first.id });
  expect((await call('study.list', {})).map(({ id }) => id)).toEqual([first.id, second.id]);

  await call('study.edit', { id: first.id, draft: { train: { epochs: 3 } }, data });
  await call('study.edit', { id: first.id, draft: { train: { epochs: 4 } }, note: 'Pilot' });
  const copy = await call('study.duplicate', { id: first.id });
  expect(copy).toMatchObject({
    ...{ name: 'Chest X-rays 2', note: 'Pilot', selection: data, draft: { train: { epochs: 4 } }, runIds: [] },
  });
  await expect(call('study.edit', { id: first.id, name: ' ' })).rejects.toThrow('name');
  const long = { train: 'x'.repeat(1_000_001) };
  await expect(call('study.edit', { id: first.id, draft: long })).rejects.toThrow('longer than a draft');
  for (const method of ['study.get', 'study.open', 'study.edit', 'study.duplicate'] as const)
    await expect(call(method, { id: 'x' })).rejects.toMatchObject({ code: 'STUDY_UNKNOWN' });
  await close();
});

it('says what was done, the newest first, in the words and names of now', async () => {
  const { call, train, close } = await services(join(folder, 'log'));
  const { id: study } = await call('study.create', { name: 'Chest', data });
  const { id, end } = await train(tinyPlan(images, { epochs: 1 }));
  await end;
  await call('run.edit', { id, name: 'Half' });
  await call('run.openTest', { id });
  const { entries, more } = await call('activity.list', { limit: 3 });
  expect(entries.map(({ sentence }) => sentence)).toEqual([
    'The test figures of run ‘Half’ were looked at.',
    'The run ‘Half’ is complete.',
    'The run ‘Half’ was measured.',
  ]);
  expect(entries[0]).toMatchObject({ what: 'test.opened', object: id, name: 'Half', study });
  expect(more).toBe(true);
  const before = await call('activity.list', { before: entries.at(-1)!.id, limit: 500 });
  expect(before.more).toBe(false);
  expect(before.entries.at(-1)!.what).toBe('source.added');
  const sentences = before.entries.map(({ sentence }) => sentence);
  expect(sentences).toContain('The study ‘Chest’ was created.');
  expect(sentences).toContain('The run ‘Half’ began to train.');
  await call('storage.remove', { kind: 'run', ids: [id] });
  const [gone] = (await call('activity.list', { limit: 5 })).entries.filter(({ what }) => what === 'run.removed');
  expect(gone).toMatchObject({ name: null, study: null, sentence: `The run ${id} was removed.` });
  await close();
});
