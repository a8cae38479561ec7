import { createHash } from 'node:crypto';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { encodeDicom, makeUid } from '../../../src-main/engine/data/sample/dicomWriter.ts';
import golden from '../../golden/data/header.json' with { type: 'json' };
import { folderForFile } from '../../support/folder.ts';
import { put, smallDicom, smallPng } from '../../support/pictures.ts';
import { services } from './inProcess.ts';

const folder = folderForFile();
const fixtures = join(import.meta.dirname, '../../fixtures');
let engine: Awaited<ReturnType<typeof services>>;
beforeAll(async () => {
  engine = await services(join(folder, 'workspace'));
});
afterAll(() => engine.close());

it.each(Object.entries(golden.files))('the header of %s is that of pydicom', async (file, expected) => {
  const { format, rows } = await engine.call('data.header', { folder: join(fixtures, 'dicom'), file });
  expect(format).toBe('DICOM');
  const told = rows.map(({ tag, keyword, vr, depth }) => [tag, keyword, vr, depth]);
  // Below a masked sequence nothing is told.
  expect(expected.map(([tag, keyword, vr, depth]) => [tag, keyword, vr, depth])).toEqual(expect.arrayContaining(told));
  for (const { tag, value, depth } of rows) {
    const [, , , , own] = expected.find((row) => row[0] === tag && row[3] === depth)!;
    if (value === null || own == null) continue;
    // Of long lists the beginning is told.
    const [, beginning = value, count] = /^(.*) … \((\d+) values\)$/.exec(value) ?? [];
    const all = normal(String(own));
    expect(all.startsWith(normal(beginning))).toBe(true);
    expect(all.split(',')).toHaveLength(count ? Number.parseInt(count) : normal(beginning).split(',').length);
  }
});

/** `1.0` and `1` are one number; UIDs of the standard are told with their names. */
const normal = (text: string): string =>
  text.replace(/ \([A-Z].*\)$/, '').split('\\').map((part) => (/^-?\d+(\.\d*)?$/.test(part) ? String(Number(part)) : part)).join(); // prettier-ignore

it('nothing in a header says whose the image is', async () => {
  put(
    folder,
    'named.dcm',
    encodeDicom([
      [0x00080016, 'UI', '1.2.840.10008.5.1.4.1.1.2'],
      [0x00080018, 'UI', makeUid('test', 'named')],
      [0x00080020, 'DA', '20240131'],
      [0x00080070, 'LO', 'Alpha'],
      [0x00080080, 'LO', 'Secret Hospital'],
      [0x00090010, 'LO', 'PRIVATE Secret'],
      [0x00100010, 'PN', 'Secret^Name'],
      [0x00100020, 'LO', 'Secret-17'],
      [0x00180015, 'CS', 'CHEST'],
      [0x00181000, 'LO', 'Secret serial'],
      [0x00280002, 'US', 1],
      [0x00280004, 'CS', 'MONOCHROME2'],
      [0x00280010, 'US', 1],
      [0x00280011, 'US', 1],
      [0x00280100, 'US', 8],
      [0x00280101, 'US', 8],
      [0x00280102, 'US', 7],
      [0x00280103, 'US', 0],
      [0x7fe00010, 'OB', Uint8Array.of(1)],
    ]),
  );
  const { rows } = await engine.call('data.header', { folder, file: 'named.dcm' });
  const shown = Object.fromEntries(rows.map(({ keyword, value, masked }) => [keyword, masked ? 'masked' : value]));
  expect(shown).toMatchObject({
    Manufacturer: 'Alpha',
    BodyPartExamined: 'CHEST',
    Rows: '1',
    SOPClassUID: '1.2.840.10008.5.1.4.1.1.2',
    TransferSyntaxUID: '1.2.840.10008.1.2.1 (Explicit VR Little Endian)',
    ...{ PatientName: 'masked', PatientID: 'masked', StudyDate: 'masked', SOPInstanceUID: 'masked' },
    ...{ InstitutionName: 'masked', DeviceSerialNumber: 'masked', null: 'masked' },
  });
  expect(JSON.stringify(rows)).not.toMatch(/Secret|20240131/);
});

it('other formats say what they have, and what cameras write is masked', async () => {
  const raw = { width: 4, height: 2, channels: 3 } as const;
  const photo = sharp(new Uint8Array(24), { raw }).withExif({ IFD0: { Artist: 'Secret Name' } });
  put(folder, 'photo.jpg', await photo.jpeg().toBuffer());
  const { format, rows } = await engine.call('data.header', { folder, file: 'photo.jpg' });
  const shown = Object.fromEntries(rows.map(({ keyword, value, masked }) => [keyword, masked ? 'masked' : value]));
  expect(format).toBe('JPEG');
  expect(shown).toMatchObject({ Width: '4', Height: '2', Channels: '3', Bits: '8', EXIF: 'masked' });
  expect(JSON.stringify(rows)).not.toContain('Secret');
});

it('each frame of a DICOM file, and each page of a TIFF as Pillow reads it', async () => {
  const frames = [10, 20, 30, 40].map((level) => Array<number>(6).fill(level));
  put(
    folder,
    'frames.dcm',
    encodeDicom([
      [0x00080016, 'UI', '1.2.840.10008.5.1.4.1.1.3.1'],
      [0x00080018, 'UI', makeUid('test', 'frames')],
      [0x00280002, 'US', 1],
      [0x00280004, 'CS', 'MONOCHROME2'],
      [0x00280008, 'IS', '4'],
      [0x00280010, 'US', 2],
      [0x00280011, 'US', 3],
      [0x00280100, 'US', 8],
      [0x00280101, 'US', 8],
      [0x00280102, 'US', 7],
      [0x00280103, 'US', 0],
      [0x7fe00010, 'OB', Uint8Array.from(frames.flat())],
    ]),
  );
  for (const [frame, samples] of frames.entries()) {
    const pixels = await engine.call('data.pixels', { folder, file: 'frames.dcm', frame });
    expect(pixels).toMatchObject({ frames: 4, notes: [] });
    expect([...pixels.samples]).toEqual(samples);
  }
  const middle = await engine.call('data.pixels', { folder, file: 'frames.dcm' });
  expect([...middle.samples]).toEqual(frames[1]);
  await expect(engine.call('data.pixels', { folder, file: 'frames.dcm', frame: 4 })).rejects.toMatchObject({
    code: 'INPUT_INVALID',
  });
  for (const [frame, sha256] of golden.pages.entries()) {
    const page = await engine.call('data.pixels', { folder: join(fixtures, 'images'), file: 'pages.tif', frame });
    expect(createHash('sha256').update(page.samples).digest('hex')).toBe(sha256);
  }
});

it('augmentation changes images as training does, the same for one seed', async () => {
  put(folder, 'a.png', await smallPng(1, 32));
  put(folder, 'b.dcm', smallDicom(2, 'P'));
  const none = { flipHorizontal: false, flipVertical: false, crop: 0, rotation: 0, brightness: 0 };
  const ask = (augmentation: object, seed = 3) =>
    engine.call('data.augmented', { folder, files: ['a.png', 'missing.png', 'b.dcm'], augmentation: { ...none, ...augmentation }, seed, input: 32, count: 3 }); // prettier-ignore
  const { images, problems } = await ask({});
  expect(problems.map(({ file, code }) => [file, code])).toEqual([['missing.png', 'FILE_NOT_READABLE']]);
  expect(images.map(({ file, variants }) => [file, variants.length])).toEqual([['a.png', 3], ['b.dcm', 3]]); // prettier-ignore
  const raw = (png: Uint8Array) => sharp(png).raw().toBuffer();
  for (const { plain, variants } of images) for (const each of variants) expect(await raw(each)).toEqual(await raw(plain)); // prettier-ignore
  const turned = await ask({ flipHorizontal: true });
  const mirrored = await Promise.all(
    turned.images.flatMap(({ plain, variants }) =>
      variants.map(async (each) => {
        const [seen, as, other] = await Promise.all([raw(each), raw(plain), sharp(plain).flop().raw().toBuffer()]);
        expect([as, other].some((one) => one.equals(seen))).toBe(true);
        return other.equals(seen) && !as.equals(seen);
      }),
    ),
  );
  expect(new Set(mirrored)).toEqual(new Set([true, false]));
  expect(await ask({ rotation: 30 })).toEqual(await ask({ rotation: 30 }));
  expect(await ask({ rotation: 30 })).not.toEqual(await ask({ rotation: 30 }, 4));
});
