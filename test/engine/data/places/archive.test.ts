import { readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { DataSelection } from '../../../../src-main/contract/data.ts';
import { glanceAt } from '../../../../src-main/engine/data/glance.ts';
import { listingDigest } from '../../../../src-main/engine/data/listing.ts';
import { digestAt } from '../../../../src-main/engine/data/places/contents.ts';
import { probeFiles } from '../../../../src-main/engine/data/probes.ts';
import { scanDataset } from '../../../../src-main/engine/data/scan.ts';
import { walkFolder } from '../../../../src-main/engine/data/walk.ts';
import { temporaryFolder } from '../../../support/folder.ts';
import { put, smallDicom, smallPng } from '../../../support/pictures.ts';
import { zipped, type Zipped } from '../../weights/zipped.ts';

const file = (name: string, contents: Buffer | string = name, of: Partial<Zipped> = {}): Zipped => ({ name, contents: Buffer.from(contents), ...of }); // prettier-ignore
const scan = (folder: string, selection: Partial<DataSelection> = {}) =>
  scanDataset({ folder, ...selection }, { salt: 'salt' });

/** Images of two classes, below a path in the archive or the folder. */
const images = async (way: string, deflated = true): Promise<Zipped[]> =>
  Promise.all(
    Array.from({ length: 8 }, async (_, seed) =>
      file(`${way}${seed % 2 === 0 ? 'A' : 'B'}/${seed}.png`, await smallPng(seed), { deflated }),
    ),
  );

describe('a zip archive is read where it lies', () => {
  it('in the place of the folder: the same images, labels and fingerprint as unpacked', async () => {
    const folder = temporaryFolder();
    const entries = await images('study/');
    const path = put(folder, 'packed/study.zip', zipped([...entries, file('__MACOSX/study/._0.png'), file('study/.DS_Store'), file('study/read me.txt')])); // prettier-ignore
    for (const { name, contents } of entries) put(folder, `unpacked/${name}`, contents);
    const [packed, unpacked] = [await scan(path), await scan(join(folder, 'unpacked'))];
    expect(packed.images.map((image) => image.file)).toEqual(entries.map(({ name }) => name).sort());
    expect(packed.images).toEqual(unpacked.images);
    expect(packed.report.fingerprint).toBe(unpacked.report.fingerprint);
    expect(packed.report.warnings.map(({ code }) => code)).toContain('SYSTEM_FILES');
    expect((await glanceAt(path)).layout).toEqual({ through: 'study' });
  });

  it('beside others, as the folder that would come out of it', async () => {
    const folder = temporaryFolder();
    const entries = await images('', false);
    const of = (name: string): Zipped[] => entries.filter((each) => each.name.startsWith(`${name}/`)).map((each) => ({ ...each, name: each.name.slice(2) })); // prettier-ignore
    put(folder, 'A.zip', zipped(of('A')));
    for (const { name, contents } of of('B')) put(folder, `B/${name}`, contents);
    const { report, images: found } = await scan(folder);
    expect(report.classes.map(({ name, images: count }) => [name, count])).toEqual([['A', 4], ['B', 4]]); // prettier-ignore
    expect(found[0]!.file).toBe('A.zip/0.png');
    expect(await digestAt(join(folder, 'A.zip/0.png'))).toBe(found[0]!.sha256);
  });

  it('a table in it gives the labels, and DICOM in it the patients', async () => {
    const path = put(
      temporaryFolder(),
      'study.zip',
      zipped([
        ...Array.from({ length: 6 }, (_, seed) => file(`im/${seed}.dcm`, smallDicom(seed, `P${seed >> 1}`))),
        file('labels.csv', `file,label\n${[0, 1, 2, 3, 4, 5].map((seed) => `im/${seed}.dcm,${seed < 3 ? 'x' : 'y'}`).join('\n')}\n`, { deflated: true }), // prettier-ignore
      ]),
    );
    const { suggested } = await glanceAt(path);
    expect(suggested).toBe(join(path, 'labels.csv'));
    const { report } = await scan(path, { labels: { csv: suggested!, fileColumn: 'file', labelColumn: 'label' } });
    expect([report.images, report.groups, report.groupSource]).toEqual([6, 3, 'dicom']);
    expect(report.classes.map(({ name }) => name)).toEqual(['x', 'y']);
  });

  it('whose files lie unpacked beside it is not read a second time', async () => {
    for (const way of ['', 'data/']) {
      const folder = temporaryFolder();
      const entries = await images('');
      put(folder, 'data.zip', zipped(entries));
      for (const { name, contents } of entries) put(folder, `${way}${name}`, contents);
      const walk = await walkFolder(folder);
      expect([walk.files.length, walk.unpacked, walk.problems]).toEqual([8, ['data.zip'], []]);
      expect((await scan(folder)).report.warnings.map(({ code }) => code)).toContain('ARCHIVE_UNPACKED');
      put(folder, `${way}A/0.png`, await smallPng(99, 25));
      expect((await walkFolder(folder)).files).toHaveLength(16);
    }
  });

  it('what cannot be read in it is listed with its reason, and the rest is read', async () => {
    const good = await smallPng(1);
    const path = put(
      temporaryFolder(),
      'x.zip',
      zipped([
        ...[file('A/good.png', good), file('A/good.png', 'again'), file('A/secret.png', 'x', { flags: 0x801, deflated: true })],
        ...[file('A/odd.png', 'x', { method: 12 }), file('A//two.png', good), file('both', 'x'), file('both/b.png', good)],
        ...[file('A/sum.png', good, { checksum: 1 }), file('A/short.png', good, { deflated: true, claimedBytes: 9e6 })],
        ...[file('A/long.png', good, { deflated: true, claimedBytes: 9 }), file('A/lost.png', good, { position: 7 })],
        ...[file('A/inner.zip', zipped([file('c.png', good)])), file('A/empty.png', '')],
      ]),
    ); // prettier-ignore
    const { report, images: found } = await scan(path);
    expect(found.map((image) => image.file)).toEqual(['A/good.png', 'both/b.png']);
    const problems = Object.fromEntries(report.problems.map((each) => [each.file, each.code]));
    const corrupt = Object.fromEntries(['sum', 'short', 'long', 'lost'].map((name) => [`A/${name}.png`, 'IMAGE_CORRUPT'])); // prettier-ignore
    const unread = Object.fromEntries(['A/good.png', 'A/secret.png', 'A/odd.png', 'A//two.png', 'both'].map((name) => [name, 'FILE_NOT_READABLE'])); // prettier-ignore
    expect(problems).toEqual({ ...corrupt, ...unread, 'A/empty.png': 'IMAGE_EMPTY' });
    expect(report.warnings.find(({ code }) => code === 'ARCHIVES')!.message).toContain('A/inner.zip');
  });

  it.each([
    ['would lead out of its folder', [file('A/1.png'), file('../evil.png')]],
    ['would lead out of its folder', [file('A/1.png'), file('/etc/evil.png')]],
    ['far larger unpacked', [file('A/1.png', Buffer.alloc(9), { deflated: true, claimedBytes: 2 ** 31 })]],
  ])('one that %s is refused as a whole', async (reason, entries) => {
    const folder = temporaryFolder();
    const path = put(folder, 'bad.zip', zipped(entries));
    await expect(walkFolder(path)).rejects.toMatchObject({ code: 'FILE_NOT_READABLE', message: expect.stringContaining(reason) }); // prettier-ignore
    expect((await walkFolder(folder)).problems).toMatchObject([{ file: 'bad.zip', code: 'FILE_NOT_READABLE' }]);
  });
});

it('an archive that changes is read anew, one that does not is not', async () => {
  const [folder, facts] = [temporaryFolder(), temporaryFolder()];
  const entries = await images('');
  const path = put(folder, 'study.zip', zipped(entries));
  const long = new Date('2020-01-01');
  utimesSync(path, long, long);
  const names = entries.map(({ name }) => name);
  const probe = () => probeFiles(path, names, { facts, present: names });
  const [first, state] = [await probe(), await listingDigest([{ path: folder }])];
  expect([...first.values()]).not.toContainEqual(expect.any(Error));
  expect(await probe()).toEqual(first);
  expect(await listingDigest([{ path: folder }])).toBe(state);
  writeFileSync(path, zipped([...entries.slice(1), file(names[0]!, await smallPng(50))]));
  expect(await listingDigest([{ path: folder }])).not.toBe(state);
  const second = await probe();
  const differing = names.filter((name) => JSON.stringify(first.get(name)) !== JSON.stringify(second.get(name)));
  expect(differing).toEqual([names[0]]);
  rmSync(path);
  expect((await probe()).get(names[1]!)).toMatchObject({ code: 'FILE_NOT_READABLE' });
});

it('a folder that is called as an archive is a folder', async () => {
  const folder = temporaryFolder();
  put(folder, 'old.zip/A/1.png', await smallPng(1));
  put(folder, 'old.zip/B/2.png', await smallPng(2));
  expect((await walkFolder(folder)).files).toEqual(['old.zip/A/1.png', 'old.zip/B/2.png']);
  expect(await digestAt(join(folder, 'old.zip/A/1.png'))).toHaveLength(64);
  expect((await scan(join(folder, 'old.zip'))).report.images).toBe(2);
  expect(readFileSync(join(folder, 'old.zip/A/1.png'))).toEqual(await smallPng(1));
});
