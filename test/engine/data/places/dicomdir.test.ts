import { join } from 'node:path';
import { expect, it } from 'vitest';
import { listingDigest } from '../../../../src-main/engine/data/listing.ts';
import { scanDataset } from '../../../../src-main/engine/data/scan.ts';
import { requireFolder, walkFolder } from '../../../../src-main/engine/data/walk.ts';
import { temporaryFolder } from '../../../support/folder.ts';
import { put, smallDicom } from '../../../support/pictures.ts';

const text = (value: string): Buffer => Buffer.from(value.length % 2 === 0 ? value : `${value} `, 'latin1');
const element = (group: number, number: number, vr: string, value: Buffer): Buffer => {
  const head = Buffer.alloc(vr === 'SQ' || vr === 'OB' ? 12 : 8);
  head.writeUInt16LE(group, 0);
  head.writeUInt16LE(number, 2);
  head.write(vr, 4, 'latin1');
  if (head.length === 12) head.writeUInt32LE(value.length, 8);
  else head.writeUInt16LE(value.length, 6);
  return Buffer.concat([head, value]);
};
const short = (value: number): Buffer => Buffer.from([value & 0xff, value >> 8]);

/** The index of a disc with a record of each: its type, the file as several values, and whether it is in use. */
function dicomdir(records: readonly (readonly [type: string, file: string, inUse?: boolean])[]): Buffer {
  const items = records.map(([type, file, inUse = true]) => {
    const content = Buffer.concat([
      element(0x0004, 0x1410, 'US', short(inUse ? 0xffff : 0)),
      element(0x0004, 0x1430, 'CS', text(type)),
      ...(file === '' ? [] : [element(0x0004, 0x1500, 'CS', text(file))]),
    ]);
    const head = Buffer.from([0xfe, 0xff, 0x00, 0xe0, 0, 0, 0, 0]);
    head.writeUInt32LE(content.length, 4);
    return Buffer.concat([head, content]);
  });
  const meta = Buffer.concat([
    element(0x0002, 0x0002, 'UI', Buffer.from('1.2.840.10008.1.3.10')),
    element(0x0002, 0x0010, 'UI', Buffer.from('1.2.840.10008.1.2.1\0')),
  ]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(meta.length);
  return Buffer.concat([
    ...[Buffer.alloc(128), Buffer.from('DICM'), element(0x0002, 0x0000, 'UL', length), meta],
    element(0x0004, 0x1220, 'SQ', Buffer.concat(items)),
  ]);
}

it('the index of a disc stands for the images that it names, in its own folder', async () => {
  const folder = temporaryFolder();
  const way = 'DICOM\\PA0\\';
  const path = put(
    folder,
    'disc/DICOMDIR',
    dicomdir([
      ...([['PATIENT', ''], ['STUDY', ''], ['SERIES', ''], ['IMAGE', `${way}IM0`], ['IMAGE', `${way}IM1`]] as const),
      ...([['IMAGE', 'DICOM/PA0/IM2'], ['IMAGE', `${way}IM1`], ['PRESENTATION', `${way}PR0`], ['IMAGE', `${way}OLD`, false]] as const),
      ...([['IMAGE', `${way}GONE`], ['IMAGE', '..\\OUT'], ['IMAGE', 'C:\\OUT'], ['IMAGE', '\\OUT']] as const),
    ]),
  ); // prettier-ignore
  for (const [at, name] of ['IM0', 'im1', 'IM2.;1', 'PR0', 'OLD', 'EXTRA'].entries()) put(folder, `disc/DICOM/pa0/${name}`, smallDicom(at, `P${at}`)); // prettier-ignore
  put(folder, 'OUT', smallDicom(9, 'P'));
  put(folder, 'disc/labels.csv', 'file,label\nDICOM/PA0/IM0,x\nDICOM/PA0/IM1,y\nDICOM/PA0/IM2.;1,y\n');
  const walk = await walkFolder(path);
  expect([walk.files, walk.tables]).toEqual([['DICOM/pa0/IM0', 'DICOM/pa0/IM2.;1', 'DICOM/pa0/im1'], ['labels.csv']]);
  expect(walk.problems.map(({ file, message }) => `${file}: ${message}`)).toEqual([
    'DICOM/PA0/GONE: The DICOMDIR names this file, and it is not there.',
    ...['../OUT', 'C:/OUT', '/OUT'].map((file) => `${file}: The DICOMDIR names a file outside of its folder, which is not read.`), // prettier-ignore
  ]);
  const labels = { csv: join(path, 'labels.csv'), fileColumn: 'file', labelColumn: 'label' };
  const { report, images } = await scanDataset({ folder: path, labels }, { salt: '' });
  expect([report.images, report.groups, report.groupSource]).toEqual([3, 3, 'dicom']);
  expect(images.map(({ file, label }) => `${label} ${file}`)).toEqual(['x DICOM/pa0/IM0', 'y DICOM/pa0/IM2.;1', 'y DICOM/pa0/im1']); // prettier-ignore
  const state = await listingDigest([{ path }]);
  put(folder, 'disc/DICOM/pa0/EXTRA', 'other');
  expect(await listingDigest([{ path }])).toBe(state);
  put(folder, 'disc/DICOM/pa0/IM0', smallDicom(30, 'P0'));
  expect(await listingDigest([{ path }])).not.toBe(state);
  await requireFolder(path);
  // In a folder that is chosen itself it is only named.
  expect((await walkFolder(join(folder, 'disc'))).files).toHaveLength(6);
});

it('a damaged index, or another file of its name, is refused with the way out', async () => {
  const folder = temporaryFolder();
  const whole = dicomdir([['IMAGE', 'IM0']]);
  for (const bytes of [
    Buffer.from('x'),
    Buffer.alloc(0),
    whole.subarray(0, 200),
    whole.subarray(0, -4),
    smallDicom(1, 'P'),
  ]) {
    const path = put(folder, 'DICOMDIR', bytes);
    await expect(walkFolder(path)).rejects.toMatchObject({ code: 'FOLDER_NOT_READABLE', remedy: expect.stringContaining('Choose the folder that it lies in') }); // prettier-ignore
  }
});
