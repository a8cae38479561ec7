import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { encodeDicom, makeUid } from '../../../src-main/engine/data/sample/dicomWriter.ts';
import { folderForFile } from '../../support/folder.ts';
import { put } from '../../support/pictures.ts';
import { services } from './inProcess.ts';

const folder = folderForFile();
let engine: Awaited<ReturnType<typeof services>>;
beforeAll(async () => {
  engine = await services(join(folder, 'workspace'));
});
afterAll(() => engine.close());

const HOUNSFIELD = Int16Array.of(-2000, -1024, -1, 0, 40, 3071);

it('a CT slice keeps its signed samples, and says what they mean', async () => {
  put(
    folder,
    'ct/1.dcm',
    encodeDicom([
      [0x00080016, 'UI', '1.2.840.10008.5.1.4.1.1.2'],
      [0x00080018, 'UI', makeUid('test', 'pixels')],
      [0x00100010, 'PN', 'Doe^Jane'],
      [0x00280002, 'US', 1],
      [0x00280004, 'CS', 'MONOCHROME2'],
      [0x00280010, 'US', 2],
      [0x00280011, 'US', 3],
      [0x00280100, 'US', 16],
      [0x00280101, 'US', 13],
      [0x00280102, 'US', 12],
      [0x00280103, 'US', 1],
      [0x00281050, 'DS', '40\\-600'],
      [0x00281051, 'DS', '400\\1500'],
      [0x00281052, 'DS', '-1'],
      [0x00281053, 'DS', '1'],
      [0x7fe00010, 'OW', new Uint8Array(HOUNSFIELD.buffer)],
    ]),
  );
  const { samples, ...pixels } = await engine.call('data.pixels', { folder, file: 'ct/1.dcm' });
  expect(new Int16Array(samples.buffer)).toEqual(HOUNSFIELD);
  expect(pixels).toEqual({
    ...{
      format: 'DICOM',
      width: 3,
      height: 2,
      channels: 1,
      type: 'int16',
      bitsStored: 13,
      frames: 1,
      frame: 0,
      notes: [],
    },
    dicom: {
      photometric: 'MONOCHROME2',
      rescale: { slope: 1, intercept: -1 },
      windows: [
        { centre: 40, width: 400, kind: 'LINEAR' },
        { centre: -600, width: 1500, kind: 'LINEAR' },
      ],
      tables: { modality: false, voi: false },
    },
  });
});

it('other images have samples alone', async () => {
  const deep = Uint16Array.of(0, 1, 256, 65535);
  const raw = { width: 4, height: 1, channels: 1 } as const;
  put(folder, 'deep.png', await sharp(deep, { raw }).toColourspace('grey16').png().toBuffer());
  put(folder, 'colour.png', await sharp(Uint8Array.of(9, 8, 7), { raw: { ...raw, width: 1, channels: 3 } }).png().toBuffer()); // prettier-ignore
  const grey = await engine.call('data.pixels', { folder, file: 'deep.png' });
  expect(new Uint16Array(grey.samples.buffer)).toEqual(deep);
  expect(grey).toMatchObject({ format: 'PNG', channels: 1, type: 'uint16', bitsStored: null, dicom: null });
  const colour = await engine.call('data.pixels', { folder, file: 'colour.png' });
  expect(colour).toMatchObject({ channels: 3, type: 'uint8', samples: Uint8Array.of(9, 8, 7) });
});

it('a bad file says so, and nothing outside the folder is read', async () => {
  put(folder, 'text.dcm', 'no picture');
  const asked = (file: string) => engine.call('data.pixels', { folder, file });
  await expect(asked('text.dcm')).rejects.toMatchObject({ code: 'IMAGE_WRONG_TYPE' });
  await expect(asked('../x.dcm')).rejects.toMatchObject({ code: 'FILE_NOT_READABLE' });
});
