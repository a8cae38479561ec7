import { createHash } from 'node:crypto';
import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { DataSelection } from '../../../../src-main/contract/data.ts';
import { likeTraining } from '../../../../src-main/engine/cohort/scanned.ts';
import { leaksBetween } from '../../../../src-main/engine/cohort/leaks.ts';
import { columnsOfFiles } from '../../../../src-main/engine/data/columnValues.ts';
import { digestAt } from '../../../../src-main/engine/data/places/contents.ts';
import { frameName, withoutFrame } from '../../../../src-main/engine/data/places/frameNames.ts';
import { pixelsOf } from '../../../../src-main/engine/data/pixels.ts';
import { encodeDicom, makeUid } from '../../../../src-main/engine/data/sample/dicomWriter.ts';
import { scanDataset } from '../../../../src-main/engine/data/scan.ts';
import { temporaryFolder } from '../../../support/folder.ts';
import { put, smallDicom, smallPng } from '../../../support/pictures.ts';
import { sharedData } from '../../../support/shared.ts';
import { zipped } from '../../weights/zipped.ts';

const SIDE = 48;
/** Frames that look alike: one texture of the seed, a little brighter in each. */
const frameOf = (seed: number, frame: number): Uint8Array =>
  Uint8Array.from({ length: SIDE * SIDE }, (_, at) => 20 + frame + (createHash('md5').update(`${seed} ${at >> 1}`).digest()[0]! >> 1)); // prettier-ignore

function frames(seed: number, count: number, patient = ''): Buffer {
  return encodeDicom([
    ...([[0x00080016, 'UI', '1.2.840.10008.5.1.4.1.1.7.2'], [0x00080018, 'UI', makeUid('frames', seed)]] as const),
    ...([[0x00080060, 'CS', 'US'], [0x00100020, 'LO', patient], [0x00280002, 'US', 1]] as const),
    ...([[0x00280004, 'CS', 'MONOCHROME2'], [0x00280008, 'IS', String(count)]] as const),
    ...([[0x00280010, 'US', SIDE], [0x00280011, 'US', SIDE], [0x00280100, 'US', 8], [0x00280101, 'US', 8]] as const),
    ...([[0x00280102, 'US', 7], [0x00280103, 'US', 0]] as const),
    [0x7fe00010, 'OB', Buffer.concat(Array.from({ length: count }, (_, frame) => frameOf(seed, frame)))],
  ]); // prettier-ignore
}

const scan = (folder: string, selection: Partial<DataSelection> = {}, facts?: string) =>
  scanDataset({ folder, frames: 'each', ...selection }, { salt: 'salt', ...(facts !== undefined && { facts }) });

/** Six films of four frames in two classes. */
function films(patient: (film: number) => string = () => ''): string {
  const folder = temporaryFolder();
  for (let film = 0; film < 6; film++) put(folder, `${film < 3 ? 'A' : 'B'}/${film}.dcm`, frames(film, 4, patient(film))); // prettier-ignore
  return folder;
}

it('a frame has a name in its file, and the names are in the order of the frames', () => {
  const names = [0, 8, 9, 98, 19_999].map((frame) => frameName('a/b.dcm', frame));
  expect(names[0]).toBe('a/b.dcm/frame 00001');
  expect([...names].sort()).toEqual(names);
  expect(withoutFrame(names[2]!)).toEqual({ file: 'a/b.dcm', frame: 9 });
  for (const name of ['frame 00001', 'a/frame 1', 'a/frame 00000', 'a/frame 000001'])
    expect(withoutFrame(name)).toEqual({ file: name });
});

describe('each frame as an image', () => {
  it('has its own pixels and digest, the label of its file, and stays with the others of it', async () => {
    const folder = films();
    const { images, report, details } = await scan(folder);
    expect(images.map(({ file }) => file).slice(0, 5)).toEqual([
      ...[1, 2, 3, 4].map((frame) => `A/0.dcm/frame 0000${frame}`),
      'A/1.dcm/frame 00001',
    ]);
    expect([report.images, report.groups, report.files]).toEqual([24, 6, 6]);
    expect(report.frames).toEqual({ files: 6, frames: 24, each: true });
    expect(report.classes.map(({ images: n, groups }) => [n, groups])).toEqual([[12, 3], [12, 3]]); // prettier-ignore
    expect(new Set(images.map(({ sha256 }) => sha256)).size).toBe(24);
    for (const at of [1, 2, 3]) expect(images[at]!.group).toBe(images[0]!.group);
    expect(details[2]!.frames).toBe(4);
    expect(report.warnings.map(({ code }) => code)).toEqual(['NO_PATIENTS', 'EACH_FRAME']);
    const pixels = await pixelsOf(join(folder, 'A/1.dcm/frame 00003'));
    expect(Buffer.from(pixels.samples)).toEqual(Buffer.from(frameOf(1, 2)));
    expect([pixels.frame, pixels.frames, pixels.notes]).toEqual([2, 4, []]);
    expect((await pixelsOf(join(folder, 'A/1.dcm'))).frame).toBe(1);
    expect(await digestAt(join(folder, images[6]!.file))).toBe(images[6]!.sha256);
  });

  it('only on request: else the middle one stands for its file, and the report counts the others', async () => {
    const { images, report } = await scan(films(), { frames: undefined });
    expect(images.map(({ file }) => file).slice(0, 2)).toEqual(['A/0.dcm', 'A/1.dcm']);
    expect(report.frames).toEqual({ files: 6, frames: 24, each: false });
  });

  it('is of the patient of its file, by the header, a pattern or a column', async () => {
    const folder = films((film) => `P${film % 2}`);
    expect((await scan(folder)).report).toMatchObject({ groupSource: 'dicom', groups: 2, images: 24 });
    expect((await scan(folder, { groupPattern: '(\\d)\\.dcm$' })).report).toMatchObject({ groupSource: 'pattern', groups: 6 }); // prettier-ignore
    const rows = [0, 1, 2, 3, 4, 5].map(
      (film) => `${film < 3 ? 'A' : 'B'}/${film}.dcm,${film % 2},Q${film % 3},s${film}`,
    );
    const csv = put(folder, 'labels.csv', `file,label,patient_id,site\n${rows.join('\n')}\n`);
    const labels = { csv, fileColumn: 'file', labelColumn: 'label', groupColumn: undefined };
    const { report, selection, images } = await scan(folder, { labels });
    expect(report).toMatchObject({ groupSource: 'csv', grouping: 'patient', groups: 3, images: 24 });
    const sites = await columnsOfFiles(selection, images.map(({ file }) => file), ['site']); // prettier-ignore
    expect([sites.size, sites.get('B/4.dcm/frame 00002')]).toEqual([24, ['s4']]);
  });

  it('is no near-duplicate of the others of its file, and is one of those of another', async () => {
    const folder = films();
    expect((await scan(folder)).alike).toEqual([]);
    put(folder, 'B/again.dcm', frames(0, 2, 'Other'));
    const { alike, images } = await scan(folder);
    expect(alike).toHaveLength(1);
    expect(new Set(alike[0]!.map((at) => withoutFrame(images[at]!.file).file))).toEqual(new Set(['A/0.dcm', 'B/again.dcm'])); // prettier-ignore
    const other = temporaryFolder();
    put(other, 'A/0.dcm', frames(3, 3));
    put(other, 'B/1.dcm', frames(40, 3));
    const [leak] = await leaksBetween(await scan(folder), await scan(other));
    expect(leak!.message).toContain('(3): A/0.dcm/frame 00001 and B/3.dcm/frame 0000');
  });

  it('in a TIFF, in an archive, and beside files of one frame', async () => {
    const folder = temporaryFolder();
    const pages = await Promise.all([1, 2, 3].map((seed) => smallPng(seed)));
    put(
      folder,
      'A/pages.tif',
      await sharp(pages, { join: { animated: true } })
        .tiff()
        .toBuffer(),
    );
    put(folder, 'A.zip', zipped([{ name: 'in/film.dcm', contents: frames(7, 2), deflated: true }]));
    put(folder, 'B/one.dcm', smallDicom(1, 'P'));
    put(folder, 'B/two.png', await smallPng(2));
    const { images } = await scan(folder);
    expect(images.map(({ file, label }) => `${label} ${file}`)).toEqual([
      ...['A A.zip/in/film.dcm/frame 00001', 'A A.zip/in/film.dcm/frame 00002'],
      ...['A A/pages.tif/frame 00001', 'A A/pages.tif/frame 00002', 'A A/pages.tif/frame 00003'],
      ...['B B/one.dcm', 'B B/two.png'],
    ]);
    expect(Buffer.from((await pixelsOf(join(folder, 'A.zip/in/film.dcm/frame 00002'))).samples)).toEqual(Buffer.from(frameOf(7, 1))); // prettier-ignore
  });

  it('is left out on its own, and one that cannot be read is named', async () => {
    const folder = films();
    const files = ['A/0.dcm/frame 00002', 'B/3.dcm'];
    const { images, leftOut, report } = await scan(folder, { leaveOut: { files, classes: [] } });
    expect([images.length, leftOut.length]).toEqual([19, 2]);
    expect(report.warnings.filter(({ code }) => code === 'LEFT_OUT').map(({ message }) => message)).toEqual([
      'As chosen, 1 file is left out: 1 single file.',
      'As chosen, 1 frame is left out.',
    ]);
    put(folder, 'B/cut.dcm', frames(9, 9).subarray(0, -3 * SIDE * SIDE));
    const cut = (await scan(folder)).report;
    expect(cut.problems.map(({ file, code }) => `${file} ${code}`)).toEqual(['B/cut.dcm IMAGE_CORRUPT']);
  });

  it('is not read again as long as its file is as it was', async () => {
    const [folder, facts] = [films((film) => `P${film}`), temporaryFolder()];
    for (let film = 0; film < 6; film++) utimesSync(join(folder, `${film < 3 ? 'A' : 'B'}/${film}.dcm`), 1e9, 1e9);
    const first = await scan(folder, {}, facts);
    // In between without the frames.
    await scan(folder, { frames: undefined }, facts);
    const second = await scan(folder, {}, facts);
    expect(second.images).toEqual(first.images);
    put(folder, 'A/0.dcm', frames(20, 3, 'P0'));
    const third = await scan(folder, {}, facts);
    expect(third.images).toHaveLength(23);
    expect(third.images.slice(3)).toEqual(first.images.slice(4));
  });
});

/** SHA-256 over the digests of the frames as pydicom 3 decodes them. */
it.each([
  ['SC_rgb_rle_2frame.dcm', 2, 'f3faa3c653f29e5b6d9748ea10328744a9a633d62882254743032944d355afba'],
  ['examples_ybr_color.dcm', 30, '72587370138a7e35aaa7d30854e9beb320777ac667390269283e0f704bfe1d2a'],
])('each frame of %s is as pydicom has it', async (name, count, expected) => {
  const path = sharedData('dicom_edge', name);
  if (path === undefined) return;
  const digests = createHash('sha256');
  for (let frame = 0; frame < count; frame++) {
    const { samples, frames: all } = await pixelsOf(frameName(path, frame));
    expect(all).toBe(count);
    digests.update(createHash('sha256').update(samples).digest('hex'));
  }
  expect(digests.digest('hex')).toBe(expected);
});

it('images to test are taken as those of training were', () => {
  expect(likeTraining({ folder: '/a', frames: 'each' }, { folder: '/b' }).frames).toBe('each');
  expect(likeTraining({ folder: '/a' }, { folder: '/b' }).frames).toBeUndefined();
});
