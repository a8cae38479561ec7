import { expect, test } from 'vitest';
import type { HeaderCounts } from '../../../src-main/contract/data.ts';
import { headersFirst } from '../../../src-main/engine/data/headersFirst.ts';
import { scanDataset } from '../../../src-main/engine/data/scan.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { put, smallDicom, smallPng } from '../../support/pictures.ts';

const PATIENTS = 40;

/** Behind the pixels, so that a file takes longer to read than its header. */
const PADDING = [[0xfffcfffc, 'OB', new Uint8Array(40_000)]] as const;

/** 240 DICOM files of 40 patients with two series each, a damaged one, and a PNG. */
async function folderOf240(more: typeof PADDING | readonly [] = PADDING): Promise<{ folder: string; files: string[] }> {
  const folder = temporaryFolder();
  const files = Array.from({ length: 240 }, (_, at) => `${'ab'[at % 2]}/${at}.dcm`);
  for (const [at, file] of files.entries()) {
    const patient = `P${at % PATIENTS}`;
    put(folder, file, smallDicom(at, patient, { series: `${patient} ${Math.floor(at / 120)}`, more }));
  }
  put(folder, 'a/damaged.dcm', smallDicom(0, 'P0').subarray(0, 200));
  put(folder, 'b/other.png', await smallPng(1));
  return { folder, files: [...files, 'a/damaged.dcm', 'b/other.png'] };
}

test('what many headers say is told before the first image was read, and names nobody', async () => {
  const { folder } = await folderOf240();
  const events: (HeaderCounts | number)[] = [];
  const { report } = await scanDataset(
    { folder },
    { salt: 'salt', onHeaders: (headers) => events.push(headers), onProgress: (done) => events.push(done) },
  );
  expect(events.slice(0, 3)).toEqual([
    0,
    { files: 242, dicom: 240, patients: PATIENTS, series: 2 * PATIENTS, modality: [{ value: 'OT', images: 240 }] },
    1,
  ]);
  expect(events.filter((event) => typeof event !== 'number')).toHaveLength(1);
  expect(report.groups).toBe(PATIENTS + 1);
});

test('of few files, of small ones, and of others than DICOM, nothing is asked beforehand', async () => {
  const { folder, files } = await folderOf240();
  expect(await headersFirst(folder, files)).toMatchObject({ dicom: 240 });
  expect(await headersFirst(folder, files.slice(0, 199))).toBeNull();
  const small = await folderOf240([]);
  expect(await headersFirst(small.folder, small.files)).toBeNull();
  const pngs = temporaryFolder();
  const names = Array.from({ length: 200 }, (_, at) => `${at}.png`);
  for (const name of names) put(pngs, name, Buffer.concat([await smallPng(1), new Uint8Array(40_000)]));
  expect(await headersFirst(pngs, names)).toBeNull();
});
