import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, expect, test } from 'vitest';
import { pixelsOf } from '../../src-main/engine/data/pixels.ts';
import { folderForFile } from '../support/folder.ts';
import { put, smallDicom } from '../support/pictures.ts';
import { serveForFile } from '../support/serve.ts';
import { run } from './support/cutpoint.ts';
import { writeStudy } from './support/study.ts';

const folder = folderForFile();
const data = join(folder, 'data');
const workspace = join(folder, 'workspace');
const cutpoint = (...args: string[]) => run([...args, '--workspace', workspace]);
const json = async (...args: string[]): Promise<unknown> => JSON.parse((await cutpoint(...args, '--json')).stdout);

serveForFile(workspace);
beforeAll(async () => {
  await writeStudy(data, { classes: ['dark', 'light', 'lighter'], patients: 8 });
});

test('glance tells the folders of a folder, without reading an image', async () => {
  const { stdout, status } = await cutpoint('glance', data);
  expect(status).toBe(0);
  expect(stdout).toMatch(/Labels +the folders/);
  expect(stdout).toMatch(/light +8/);
});

test('audit and images leave out and join as they are told', async () => {
  const chosen = ['--leave-out', 'dark/p0.png', '--join', 'lighter=light'];
  const { stdout } = await cutpoint('audit', data, ...chosen);
  expect(stdout).toContain('As chosen, 1 file is left out: 1 single file.');
  expect(stdout).toMatch(/light +16/);
  const { images, leftOut } = (await json('images', data, ...chosen, '--seed', '3')) as {
    images: { label: string; part: string }[];
    leftOut: { file: string; code: string }[];
  };
  expect(images).toHaveLength(23);
  expect(new Set(images.map(({ label }) => label))).toEqual(new Set(['dark', 'light']));
  expect(new Set(images.map(({ part }) => part))).toEqual(new Set(['train', 'validation', 'test']));
  expect(leftOut.map(({ file, code }) => [file, code])).toEqual([['dark/p0.png', 'LEFT_OUT']]);
  // Which of two is positive is told by their names, whatever their order.
  const named = await cutpoint('audit', data, '--leave-out', 'lighter', '--join', 'dark=flu', 'light=other');
  expect(named.stdout).toMatch(/Positive class +flu \(‘other’ names everything else\)/);
  const wrong = await cutpoint('audit', data, '--join', 'light');
  expect([wrong.status, wrong.stderr]).toEqual([1, expect.stringContaining("'light' does not say which class")]);
});

test('audit and images take decisions about single images', async () => {
  const files = ['dark/p1.png', 'light/p1.png'];
  const decided = ['--relabel', 'dark/p0.png=light', '--merge-patients', files.join(','), '--keep', 'NO_SUCH'];
  const { stdout } = await cutpoint('audit', data, ...decided, '--group-pattern', '([a-z]+/p\\d+)');
  expect(stdout).toContain('As decided, 1 image has another label: "dark" → "light" (1). [RELABELLED]');
  expect(stdout).toContain('As decided, 2 patients are counted as 1. [MERGED]');
  expect(stdout).toContain('Kept, but not among the findings: NO_SUCH. [KEEP_UNFIT]');
  expect(stdout).toMatch(/light +9/);
  const saved = put(folder, 'decisions.json', JSON.stringify({ kind: 'cutpoint-resolutions', version: 1, resolutions: [{ kind: 'exclude', files }] })); // prettier-ignore
  const { images, leftOut } = (await json('images', data, '--resolutions', saved)) as {
    images: unknown[];
    leftOut: { file: string }[];
  };
  expect([images.length, leftOut.map(({ file }) => file)]).toEqual([22, files]);
});

test('images shows a separate test folder as the test part', async () => {
  const apart = join(folder, 'apart');
  await writeStudy(apart, { classes: ['dark', 'light'], patients: 3, size: 44 });
  const { images, test: tested } = (await json('images', data, '--test-data', apart)) as {
    images: { part: string }[];
    test: { images: { part: string }[] };
  };
  expect(new Set(images.map(({ part }) => part))).toEqual(new Set(['train', 'validation']));
  expect(tested).toMatchObject({ folder: apart, splitProblem: null });
  expect(tested.images.map(({ part }) => part)).toEqual(Array(6).fill('test'));
  const same = await cutpoint('images', data, '--test-data', data);
  expect(same.stdout).toMatch(/To test on, from .*No test: 24 of the 24 images/s);
});

test('header masks what says whose the image is', async () => {
  const file = put(folder, 'one.dcm', smallDicom(1, 'Secret', { scanner: 'Alpha' }));
  const { stdout } = await cutpoint('header', file);
  expect(stdout).toMatch(/0010,0020 +LO +PatientID +\(masked\)/);
  expect(stdout).toMatch(/0008,0070 +LO +Manufacturer +Alpha/);
  expect(stdout).not.toContain('Secret');
});

test('pixels tells what a file stores, and writes it and what a network sees', async () => {
  const file = put(folder, 'deep.dcm', smallDicom(3, 'Secret', { scanner: 'Alpha' }));
  const out = join(folder, 'pixels');
  const facts = (await json('pixels', file, '--out', out, '--input', '48')) as Record<string, unknown>;
  expect(facts).toMatchObject({ format: 'DICOM', width: 24, height: 24, channels: 1, type: 'uint8', frames: 1 });
  const { width, height } = await sharp(join(out, 'network.png')).metadata();
  expect([width, height]).toEqual([48, 48]);
  const array = readFileSync(join(out, 'samples.npy'));
  expect(array.toString('latin1', 0, 128)).toContain("{'descr': '|u1', 'fortran_order': False, 'shape': (24, 24), }");
  expect(array.subarray(-24 * 24)).toEqual(Buffer.from((await pixelsOf(file)).samples));
  const again = await cutpoint('pixels', file, '--out', out);
  expect([again.status, again.stderr]).toEqual([1, expect.stringContaining('is not empty')]);
  expect((await cutpoint('pixels', file)).stdout).toMatch(/Size +24 × 24 px, grey/);
});

test('augmented writes images as training may see them', async () => {
  const out = join(folder, 'out');
  const { status, stdout } = await cutpoint('augmented', data, 'dark/p0.png', 'light/p1.png', '--out', out, '--count', '2', '--rotation', '30', '--input', '32'); // prettier-ignore
  expect([status, stdout]).toEqual([0, expect.stringContaining('6 images')]);
  expect(readdirSync(out).sort()).toEqual(['1-1.png', '1-2.png', '1-plain.png', '2-1.png', '2-2.png', '2-plain.png']);
});

test('masks says how well two readers agree, and which masks have no partner', async () => {
  const readers = [join(folder, 'reader1'), join(folder, 'reader2')] as const;
  const mask = (columns: number) =>
    sharp(Uint8Array.from({ length: 80 }, (_, at) => (at % 10 < columns ? 255 : 0)), { raw: { width: 10, height: 8, channels: 1 } }).png().toBuffer(); // prettier-ignore
  for (const name of ['p1_a', 'p1_b', 'p2_a']) put(readers[0], `${name}.png`, await mask(4));
  for (const [name, columns] of [['p1_a', 4], ['p1_b', 2], ['p2_a', 5], ['p3_a', 4]] as const) put(readers[1], `${name}.png`, await mask(columns)); // prettier-ignore
  const args = ['masks', ...readers, '--group-pattern', '(p\\d)_', '--class', '255=lung', '--spacing', '1,0.5'];
  const { status, stdout } = await cutpoint(...args, '--worst', '1');
  expect(status).toBe(3);
  expect(stdout).toContain('3 images of 2 patients compared, 1 problem');
  expect(stdout).toMatch(/Dice +0\.8519 +.* 3 +.* 2 /);
  expect(stdout).toMatch(/Worst first, 1 of 3:\n.*\np1_b\.png +0\.6667 +0\.5000 /);
  expect(stdout).toContain('OTHER p3_a.png: The other folder has no mask');
  const csv = (await cutpoint(...args, '--csv')).stdout.trimEnd().split('\n');
  expect(csv[0]).toMatch(/^file,other,class,.*,hausdorff95_mm,reason$/);
  expect(csv.slice(1).map((line) => line.split(',')[0])).toEqual(['p1_b.png', 'p2_a.png', 'p1_a.png']);
});
