import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { unpackArchive } from '../../../src-main/engine/data/unpack.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { put } from '../../support/pictures.ts';
import { zipped, type Zipped } from '../weights/zipped.ts';

const file = (name: string, contents = name, of: Partial<Zipped> = {}): Zipped => ({ name, contents: Buffer.from(contents), ...of }); // prettier-ignore
const signal = new AbortController().signal;

function packed(entries: readonly Zipped[], name = 'My data (1).zip') {
  const folder = temporaryFolder();
  const path = put(folder, name, zipped(entries));
  const into = join(folder, 'dropped');
  put(into, 'other/x', '');
  const seen: [number, number][] = [];
  const unpack = (control = signal) =>
    unpackArchive(path, into, { signal: control, onProgress: (done, total) => seen.push([done, total]) });
  return { path, into, seen, unpack };
}
const below = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .flatMap((entry) => (entry.isFile() ? [join(entry.parentPath, entry.name).slice(folder.length + 1)] : []))
    .sort();

it('what an archive holds is in a folder of its own, without what systems leave behind, and only once', async () => {
  const entries = [
    ...[file('A/', ''), file('A/1.png', 'one', { deflated: true }), file('./B/2.png'), file('labels.csv')],
    ...[file('__MACOSX/A/._1.png'), file('A/.DS_Store')],
  ];
  const { unpack, into, seen } = packed(entries);
  const made = await unpack();
  expect(made.folder).toMatch(/unpacked My data _1_ [0-9a-f]{8}$/);
  expect(below(made.folder)).toEqual(['A/1.png', 'B/2.png', 'labels.csv']);
  expect(readFileSync(join(made.folder, 'A/1.png'), 'utf8')).toBe('one');
  expect(made).toMatchObject({ files: 3, bytes: 22, problems: [] });
  expect([seen[0], seen.at(-1)]).toEqual([[0, 22], [22, 22]]); // prettier-ignore
  if (process.platform !== 'win32') expect(statSync(join(made.folder, 'A/1.png')).mode & 0o077).toBe(0);
  const written = statSync(join(made.folder, 'labels.csv')).mtimeMs;
  expect(await unpack()).toEqual(made);
  expect(statSync(join(made.folder, 'labels.csv')).mtimeMs).toBe(written);
  expect(readdirSync(into)).toHaveLength(2);
});

it('what cannot be unpacked is left out with its reason, and the rest is there', async () => {
  const { unpack } = packed([
    ...[
      file('good.png'),
      file('sum.png', 'x', { checksum: 1 }),
      file('secret.png', 'x', { flags: 0x801, deflated: true }),
    ],
    ...[file('odd.png', 'x', { method: 12 }), file('twice.png'), file('twice.png', 'another')],
    ...[file('a', 'a'), file('a/b.png'), file('nul\0.png'), file(`${'long'.repeat(100)}.png`)],
    file('short.png', 'xx', { deflated: true, claimedBytes: 9 }),
  ]);
  const { folder, problems } = await unpack();
  expect(below(folder)).toEqual(['a', 'good.png', 'twice.png']);
  const names = ['a/b.png', 'nul\0.png', 'odd.png', 'secret.png', 'short.png', 'sum.png', 'twice.png', `${'long'.repeat(100)}.png`]; // prettier-ignore
  expect(problems.map((problem) => problem.file).sort()).toEqual(names.sort());
  expect(problems.find((problem) => problem.file === 'secret.png')!.message).toContain('protected by a password');
});

it.each([
  ['a file of another kind', (path: string) => put(path, '../other.zip', 'no archive'), 'cannot be opened as a zip archive'],
  ['names that lead out', (path: string) => put(path, '../out.zip', zipped([file('../evil.png')])), 'lead out of its folder'],
  ['absolute names', (path: string) => put(path, '../abs.zip', zipped([file('/etc/evil.png')])), 'lead out of its folder'],
  ['claims without end', (path: string) => put(path, '../bomb.zip', zipped(Array.from({ length: 3 }, (_, at) => file(`${at}`, 'x', { deflated: true, claimedBytes: 2 ** 30 })))), 'far larger unpacked'],
  ['half an archive', (path: string) => put(path, '../half.zip', zipped([file('a.png'), file('b.png')]).subarray(0, 60)), 'cannot be opened as a zip archive'],
])('%s: nothing is written', async (_, make, message) => {
  const into = join(temporaryFolder(), 'dropped');
  put(into, 'other/x', '');
  const work = unpackArchive(make(into), into, { signal, onProgress: () => {} });
  await expect(work).rejects.toMatchObject({ code: 'FILE_NOT_READABLE', message: expect.stringContaining(message) });
  expect(readdirSync(into)).toEqual(['other']);
}); // prettier-ignore

it('a link leads nowhere: it is not unpacked', async () => {
  const archive = zipped([file('link.png', '/etc/passwd'), file('a.png')]);
  // The kind of a file is in the upper half of its attributes, 38 bytes into its line of the directory.
  archive.writeUInt32LE(0o120777 * 2 ** 16, archive.indexOf('PK\x01\x02', 0, 'latin1') + 38);
  const folder = temporaryFolder();
  const made = await unpackArchive(put(folder, 'x.zip', archive), folder, { signal, onProgress: () => {} });
  expect(below(made.folder)).toEqual(['a.png']);
  expect(made.problems).toEqual([{ file: 'link.png', code: 'FILE_NOT_READABLE', message: expect.stringContaining('a link') }]); // prettier-ignore
});

it('cancelled, nothing of it stays', async () => {
  const { path, into } = packed([file('a.png'), file('b.png'), file('c.png')]);
  const control = new AbortController();
  const onProgress = (done: number): void => (done > 0 ? control.abort() : undefined);
  await expect(unpackArchive(path, into, { signal: control.signal, onProgress })).rejects.toMatchObject({ code: 'CANCELLED' }); // prettier-ignore
  expect(readdirSync(into)).toEqual(['other']);
});
