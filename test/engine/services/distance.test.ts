import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asEmbeddingFile } from '../../../src-main/engine/datasetSimilarity/file.ts';
import { folderForFile } from '../../support/folder.ts';
import { smallStudy } from '../../support/pictures.ts';
import { services } from './inProcess.ts';

const folder = folderForFile();
const other = folderForFile();
const workspace = folderForFile();
const scratch = folderForFile();
const network = { kind: 'backbone', backbone: 'cbr_tiny', seed: 3 } as const;
const asked = { network, data: { folder, groupPattern: '(p\\d+)_' }, input: 32 };
const refusal = (of: object) => expect.objectContaining(of);
let engine: Awaited<ReturnType<typeof services>>;

beforeAll(async () => {
  await smallStudy(folder, { patients: 12, each: 2 });
  await smallStudy(other, { patients: 8, each: 2 });
  engine = await services(workspace);
});
afterAll(() => engine.close());

test('Task2Vec of a data set, its distance to another, and what is kept of it', async () => {
  const { call } = engine;
  const events: string[] = [];
  const one = await call('distance.embed', asked, ({ doing }) => events.push(doing));
  expect(new Set(events)).toEqual(new Set(['reading', 'pass', 'head', 'fisher']));
  expect(one).toMatchObject({ images: 24, leftOut: 0, subsetSize: null, settings: { mode: 'perImage' } });
  expect(one.classes).toEqual([
    { name: 'a', images: 12 },
    { name: 'b', images: 12 },
  ]);
  expect(one.embeddings.map(({ length }) => length)).toEqual([4 * one.filters]);
  const again = await call('distance.embed', { ...asked, again: true });
  expect(Buffer.from(again.embeddings[0]!).equals(Buffer.from(one.embeddings[0]!))).toBe(true);
  expect((await call('distance.embed', asked)).origin).toMatchObject({ found: true });

  const two = await call('distance.embed', { ...asked, data: { ...asked.data, folder: other } });
  const file = join(scratch, 'two.json');
  await writeFile(file, asEmbeddingFile({ ...two, name: 'two' }));
  const report = await call('distance.compare', { of: [{ job: one.origin!.job, name: 'one' }, { file }] });
  expect(report.sets.map(({ name, images }) => [name, images])).toEqual([
    ['one', 24],
    ['two', 16],
  ]);
  const [self, there, back] = report.distances;
  expect(self).toMatchObject({ source: 'one', target: 'one', distance: 0, deviation: null, pairs: 1 });
  expect(there!.distance).toBeGreaterThan(0);
  expect(back!.distance).toBeCloseTo(there!.distance, 12);
  expect(there!.asymmetric).toBeCloseTo(there!.distance - 0.15 * report.sets[0]!.trivial, 12);
  // The first images of both folders were drawn alike.
  expect(report.shared).toEqual([{ a: 'one', b: 'two', images: 16 }]);
});

test('subsets: one embedding each, compared by random pairs, and refused where classes would be missing', async () => {
  const { call } = engine;
  const of = (share: number, more = {}) => ({ ...asked, subsets: { count: 6, share }, ...more });
  await expect(call('distance.embed', of(0.05))).rejects.toEqual(
    refusal({ code: 'INPUT_INVALID', message: 'A subset of 5 % of 24 images has 1, fewer than the 2 classes.' }),
  );
  const [one, two] = [
    await call('distance.embed', of(0.25)),
    await call('distance.embed', of(0.25, { data: { ...asked.data, folder: other } })),
  ];
  expect(one).toMatchObject({ subsetSize: 6 });
  expect(one.embeddings).toHaveLength(6);
  const places = [one, two].map(({ origin }, at) => ({ job: origin!.job, name: `set ${at}` }));
  const { distances } = await call('distance.compare', { of: places });
  for (const { pairs, deviation, distance } of distances) {
    expect([pairs, deviation! >= 0, distance > 0]).toEqual([5, true, true]);
  }
  expect(distances[1]!.distance).toBeCloseTo(distances[2]!.distance, 12);
});

test('what cannot be compared is refused', async () => {
  const { call } = engine;
  const [one, batch] = [
    await call('distance.embed', asked),
    await call('distance.embed', { ...asked, mode: 'batch', batch: 8 }),
  ];
  const jobs = [one, batch].map(({ origin }) => ({ job: origin!.job }));
  await expect(call('distance.compare', { of: jobs })).rejects.toEqual(
    refusal({ code: 'INPUT_INVALID', message: expect.stringMatching(/different settings or networks/) as string }),
  );
  await expect(call('distance.compare', { of: [jobs[0]!, jobs[0]!] })).rejects.toEqual(
    refusal({ code: 'INPUT_INVALID', message: expect.stringMatching(/^Two of the data sets are called/) as string }),
  );
  const labels = { csv: join(folder, 'labels.csv'), multi: { columns: ['a', 'b'] } };
  await expect(call('distance.embed', { ...asked, data: { folder, labels } })).rejects.toEqual(
    refusal({ code: 'INPUT_INVALID', message: expect.stringMatching(/^Task2Vec embeds the task/) as string }),
  );
  const file = join(scratch, 'none.json');
  await writeFile(file, '{}');
  await expect(call('distance.compare', { of: [jobs[0]!, { file }] })).rejects.toEqual(
    refusal({ code: 'FILE_NOT_READABLE' }),
  );
});

test('what is measured of the images', async () => {
  const found = await engine.call('distance.measure', { data: asked.data, network, input: 32 });
  expect(found).toMatchObject({ images: 24, classes: 2, looked: 24, name: expect.any(String) as string });
  expect(found.entropy.mean).toBeGreaterThan(0);
  expect(found.entropy.mean).toBeLessThanOrEqual(8);
  expect(found.diversity.effective).toBeLessThanOrEqual(found.diversity.clusters);
});

test('answers of experts from a table, and as they were typed', async () => {
  const { call } = engine;
  const csv = join(scratch, 'answers.csv');
  const header = 'dataset,observer,origin,colour,content,type,diversity,classes';
  await writeFile(
    csv,
    `${header}\nchest,a,medical,grey,objects,lungs,low,2\ndtd,a,natural,colour,textures,cloth,high,47\n`,
  );
  const { rows, distances } = await call('distance.experts', { csv });
  expect(rows).toHaveLength(2);
  expect(distances[1]).toEqual({ source: 'chest', target: 'dtd', distance: 1, compared: 6 });
  expect((await call('distance.experts', { rows })).distances).toEqual(distances);
  await writeFile(csv, 'dataset,observer\nchest,a\n');
  await expect(call('distance.experts', { csv })).rejects.toEqual(refusal({ code: 'LABELS_COLUMN_MISSING' }));
});
