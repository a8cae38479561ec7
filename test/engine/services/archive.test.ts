import { copyFileSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { crc32 } from 'node:zlib';
import Sqlite from 'better-sqlite3';
import { unzipSync, zipSync, strFromU8, strToU8 } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { rowsOf } from '../../../src-main/contract/table.ts';
import { folderForFile } from '../../support/folder.ts';
import { smallStudy } from '../../support/pictures.ts';
import { services, tinyPlan } from './inProcess.ts';

const folder = folderForFile();
const images = join(folder, 'images');
const first = join(folder, 'first');
const file = join(folder, 'archive', 'chest.zip');
const picture = join(images, 'a', 'p0_0.png');

let study: string;
let comparison: string;
let before: Awaited<ReturnType<typeof contents>>;

type Call = Awaited<ReturnType<typeof services>>['call'];

/** What is said of a study, and what its runs answer. */
async function contents(call: Call, id: string) {
  const details = await call('study.get', { id });
  const rows = rowsOf(await call('run.list', {})).filter((row) => row.study === id);
  const runs = await Promise.all(rows.map((row) => call('run.get', { id: row.id })));
  const predicted = await Promise.all(
    rows.map(async (row) => (await call('model.predict', { model: row.id, files: [picture] })).predictions),
  );
  const compared = await Promise.all(details.comparisonIds.map((each) => call('comparison.get', { id: each })));
  return { details, rows, runs, predicted, compared };
}

/** The same under other ids; opened at any time. */
const withoutIds = (value: unknown, ids: readonly string[]): unknown => {
  const text = ids.reduce((all, id, index) => all.replaceAll(id, `id-${index}`), JSON.stringify(value));
  return JSON.parse(text.replaceAll(/"openedAt":"[^"]*"/g, '"openedAt":""'));
};

beforeAll(async () => {
  await smallStudy(images, { patients: 16, each: 2 });
  const { call, train, close } = await services(first);
  const source = resolve(import.meta.dirname, '../../../resources/sources/formula-pictures.safetensors');
  await call('source.add', { file: source, name: 'Mine', backbone: 'mobilenet_v2_050_keras' });
  const data = { folder: images, groupPattern: '(p\\d+)_' };
  ({ id: study } = await call('study.create', { name: 'Chest', data, draft: { train: { epochs: 3 } } }));
  await call('study.edit', { id: study, note: 'Two scanners.' });
  const plan = tinyPlan(images, { backbone: 'mobilenet_v2_050_keras', source: 'Mine', epochs: 1, batch: 8 });
  const run = await train(plan);
  await run.end;
  await call('run.edit', { id: run.id, name: 'Half', starred: true });
  const started = await call('comparison.start', {
    kind: 'tournament',
    base: plan,
    strategies: ['truncated', 'features-svm'],
    cuts: ['block_2_add'],
    reference: 'truncated',
    folds: { kind: 'fixed' },
  });
  comparison = (await call('comparison.watch', { id: started.id })).id;
  await call('run.openTest', { id: run.id, reason: 'first figures' });
  await call('comparison.openTest', { id: comparison });
  before = await contents(call, study);
  const made = await call('study.archive', { id: study, file });
  expect(made).toMatchObject({ file, runs: 3, comparisons: 1, bytes: statSync(file).size });
  await close();
}, 120_000);

it('holds rows, networks and weights with their digests, no image and no salt, and is its owner’s alone', () => {
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(folder, 'archive'))).toEqual(['chest.zip']);
  const entries = unzipSync(readFileSync(file));
  const manifest = JSON.parse(strFromU8(entries['manifest.json']!)) as { parts: { name: string; sha256: string }[] };
  const names = manifest.parts.map(({ name }) => name);
  expect(new Set([...names, 'manifest.json'])).toEqual(new Set(Object.keys(entries)));
  expect(names.filter((name) => name.startsWith('checkpoints/')).length).toBeGreaterThanOrEqual(3);
  expect(names).toContain('sources/0.safetensors');
  expect(Object.keys(entries).filter((name) => /\.png$/.test(name))).toEqual([]);
  const bytes = readFileSync(file);
  expect(bytes.includes(readFileSync(picture))).toBe(false);
  const db = new Sqlite(join(first, 'cutpoint.db'), { readonly: true });
  const salt = db.prepare<[], Buffer>(`SELECT value FROM workspace WHERE key = 'salt'`).pluck().get()!;
  db.close();
  for (const form of [salt, salt.toString('hex'), salt.toString('base64')]) expect(bytes.includes(form)).toBe(false);
});

describe('in another workspace', () => {
  it('the study is what it was, its runs predict the same, and their patients are not taken for those of here', async () => {
    const second = join(folder, 'second');
    const { call, close } = await services(second);
    const { id: other } = await call('study.create', { name: 'Chest' });
    const imported = await call('study.import', { file });
    expect(imported).toMatchObject({ study, runs: 3, comparisons: 1 });
    const after = await contents(call, study);
    expect(after.details.name).toBe('Chest 2');
    // What was opened there is open here, with its openings.
    expect(after.runs.map(({ sealed, testOpened }) => [sealed, testOpened?.times])).toEqual(Array(3).fill([false, 1]));
    expect(after.details.jobIds).toEqual([]);
    const own = { name: 'Chest', jobIds: before.details.jobIds, openedAt: before.details.openedAt };
    expect({ ...after, details: { ...after.details, ...own } }).toEqual(before);
    expect((await call('study.list', {})).map(({ id }) => id)).toEqual([study, other]);
    expect(await call('storage.damaged', {})).toEqual([]);
    expect((await call('source.list', {})).map(({ name }) => name)).toContain('Mine');

    const data = { folder: images, groupPattern: '(p\\d+)_' };
    const { warnings } = await call('run.evaluate', { id: before.rows[0]!.id, data });
    expect(warnings!.map(({ code }) => code)).toEqual(expect.arrayContaining(['SEEN_IN_TRAINING', 'PATIENTS_UNKNOWN']));
    await close();
  }, 60_000);
});

describe('in the workspace that it came from', () => {
  it('it is another study beside the first; removed and imported again it has its own ids', async () => {
    const { call, close } = await services(first);
    const copy = await call('study.import', { file });
    expect(copy.study).not.toBe(study);
    const after = await contents(call, copy.study);
    const ids = ({ details }: typeof before) => [details.id, ...details.runIds, ...details.comparisonIds];
    expect(new Set([...ids(before), ...ids(after)]).size).toBe(10);
    const plain = (all: typeof before) =>
      withoutIds({ ...all, details: { ...all.details, name: '', jobIds: [] } }, ids(all));
    expect(plain(after)).toEqual(plain(before));
    expect((await call('source.list', {})).filter(({ name }) => name.startsWith('Mine'))).toHaveLength(1);
    // Of the same salt: its patients are known.
    const data = { folder: images, groupPattern: '(p\\d+)_' };
    const { warnings } = await call('run.evaluate', { id: after.rows[0]!.id, data });
    expect(warnings!.map(({ code }) => code)).not.toContain('PATIENTS_UNKNOWN');

    const asked = { kind: 'study' as const, ids: [study, copy.study], withRuns: true };
    const planned = await call('storage.remove', { ...asked, dryRun: true });
    expect(planned.runs).toHaveLength(6);
    expect(planned.bytes).toBeGreaterThan(200_000);
    await call('storage.remove', asked);
    expect(readdirSync(join(first, 'checkpoints'))).toEqual([]);
    const again = await call('study.import', { file });
    expect(again.study).toBe(study);
    const back = await contents(call, study);
    const own = { jobIds: before.details.jobIds, openedAt: before.details.openedAt };
    expect({ ...back, details: { ...back.details, ...own } }).toEqual(before);
    await close();
  }, 60_000);

  it('weights of the same name and other contents keep theirs: those of the archive get another name', async () => {
    const { call, close } = await services(join(folder, 'renamed'));
    const source = resolve(import.meta.dirname, '../../../resources/sources/formula-pictures.safetensors');
    const altered = join(folder, 'altered.safetensors');
    const bytes = readFileSync(source);
    bytes[bytes.length - 1]! ^= 1;
    writeFileSync(altered, bytes);
    await call('source.add', { file: altered, name: 'mine', backbone: 'mobilenet_v2_050_keras' });
    await call('study.import', { file });
    expect((await call('source.list', {})).map(({ name }) => name)).toEqual(expect.arrayContaining(['mine', 'Mine-2']));
    const run = await call('run.get', { id: before.rows[0]!.id });
    expect(run.plan.source).toBe('Mine-2');
    const { plan, cells } = await call('comparison.get', { id: comparison });
    expect(plan.base.source).toBe('Mine-2');
    expect(cells.map(({ cell }) => cell.source)).toEqual(['Mine-2', 'Mine-2']);
    expect(await call('storage.damaged', {})).toEqual([]);
    await close();
  }, 60_000);
});

describe('refused, and nothing is changed', () => {
  const entries = () => unzipSync(readFileSync(file));
  const zipped = (name: string, changed: Record<string, Uint8Array>): string => {
    const path = join(folder, name);
    writeFileSync(path, zipSync(changed, { level: 0 }));
    return path;
  };
  const withManifest = (name: string, change: (manifest: Record<string, unknown>) => object): string => {
    const all = entries();
    const manifest = change(JSON.parse(strFromU8(all['manifest.json']!)) as Record<string, unknown>);
    return zipped(name, { ...all, 'manifest.json': strToU8(JSON.stringify(manifest)) });
  };
  /** With other contents of a part, and the digest that they have. */
  const withPart = (name: string, part: string, change: (text: string) => string): string => {
    const all = entries();
    all[part] = strToU8(change(strFromU8(all[part]!)));
    return zipped(name, all);
  };

  it.each<[string, () => string, string]>([
    ['a file that is not there', () => join(folder, 'none.zip'), 'FILE_NOT_READABLE'],
    ['a folder', () => folder, 'FILE_NOT_READABLE'],
    ['something else', () => picture, 'ARCHIVE_DAMAGED'],
    ['another zip archive', () => zipped('other.zip', { a: strToU8('b') }), 'ARCHIVE_DAMAGED'],
    ['one whose end is missing', () => {
      const path = join(folder, 'short.zip');
      writeFileSync(path, readFileSync(file).subarray(0, -2000));
      return path;
    }, 'ARCHIVE_DAMAGED'],
    ['a flipped bit in a checkpoint', () => {
      const path = join(folder, 'flipped.zip');
      copyFileSync(file, path);
      const bytes = readFileSync(path);
      const name = Object.keys(entries()).find((each) => each.startsWith('checkpoints/'))!;
      bytes[bytes.indexOf(name) + name.length + 5000]! ^= 1;
      writeFileSync(path, bytes);
      return path;
    }, 'ARCHIVE_DAMAGED'],
    ['changed rows', () => withPart('rows.zip', 'rows/runs.json', (text) => text.replace('Half', 'Hulf')), 'ARCHIVE_DAMAGED'],
    ['a missing part', () => {
      const { 'rows/runs.json': _gone, ...rest } = entries();
      return zipped('missing.zip', rest);
    }, 'ARCHIVE_DAMAGED'],
    ['a newer layout', () => withManifest('newer.zip', (manifest) => ({ ...manifest, version: 2 })), 'ARCHIVE_NEWER'],
    ['rows of a newer store', () => withManifest('store.zip', (manifest) => ({ ...manifest, store: 999 })), 'ARCHIVE_NEWER'],
    ['a part that would lie elsewhere', () => withManifest('outside.zip', (manifest) => ({
      ...manifest,
      parts: [{ name: 'checkpoints/../../x', bytes: 1, sha256: '0'.repeat(64) }],
    })), 'ARCHIVE_DAMAGED'],
  ])('%s', async (_what, make, code) => {
    const workspace = join(folder, `refusing-${crc32(_what)}`);
    const { call, close } = await services(workspace);
    await expect(call('study.import', { file: make() })).rejects.toMatchObject({ code });
    expect(await call('study.list', {})).toEqual([]);
    expect(rowsOf(await call('run.list', {}))).toEqual([]);
    expect(readdirSync(join(workspace, 'checkpoints'))).toEqual([]);
    const own = readdirSync(join(workspace, 'sources'));
    expect(own.filter((name) => name.startsWith('imported-'))).toEqual([]);
    await close();
  }); // prettier-ignore

  it('an archive in the place of a file, of no study, and of one that trains', async () => {
    const { call, train, close } = await services(join(folder, 'writing'));
    const { id } = await call('study.create', { name: 'S' });
    const bytes = readFileSync(file);
    await expect(call('study.archive', { id, file })).rejects.toMatchObject({ code: 'FILE_EXISTS' });
    expect(readFileSync(file).equals(bytes)).toBe(true);
    await expect(call('study.archive', { id: 'x', file: join(folder, 'x.zip') })).rejects.toMatchObject({
      code: 'STUDY_UNKNOWN',
    });
    await expect(call('study.archive', { id, file: '/proc/none/x.zip' })).rejects.toMatchObject({
      code: 'FOLDER_NOT_WRITABLE',
    });
    const run = await train(tinyPlan(images, { epochs: 1000, earlyStopping: null }));
    const { study: going } = await call('run.get', { id: run.id });
    const out = join(folder, 'going.zip');
    await expect(call('study.archive', { id: going!, file: out })).rejects.toMatchObject({ code: 'IN_USE' });
    expect(existsSync(out)).toBe(false);
    await call('run.stop', { id: run.id });
    await close();
  });
});
