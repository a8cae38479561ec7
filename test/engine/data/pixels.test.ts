import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { imagePixels } from '../../../src-main/contract/data.ts';
import { pixelsOf } from '../../../src-main/engine/data/pixels.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { put } from '../../support/pictures.ts';
import { sharedData } from '../../support/shared.ts';

interface Golden {
  cases: {
    name: string;
    size: [columns: number, rows: number];
    /** As NumPy names it. */
    type: string;
    /** Of the samples, little-endian. */
    sha256: string;
    bitsStored: number | null;
    photometric: string;
    slope: number;
    intercept: number;
    centres: number[];
    widths: number[];
    modalityTable: boolean;
    voiTable: boolean;
  }[];
}

const rows = (path: string) => parse(readFileSync(path), { columns: true }) as unknown as Record<string, string>[];
const read = <T>(name: string) =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../../golden/data', name), 'utf8')) as T;
const golden = read<Golden>('pixels.json');
const files = read<{ cases: { name: string; file: string }[] }>('dicom_headers.json');

describe('images at full depth, against pydicom', () => {
  it.each(golden.cases)('$name', async (expected) => {
    const { file } = files.cases.find(({ name }) => name === expected.name)!;
    const path = put(temporaryFolder(), 'x.dcm', gunzipSync(Buffer.from(file, 'base64')));
    const { samples, dicom, ...found } = imagePixels.parse(await pixelsOf(path));
    expect(found).toMatchObject({ format: 'DICOM', type: expected.type, bitsStored: expected.bitsStored });
    expect([found.width, found.height]).toEqual(expected.size);
    expect(createHash('sha256').update(samples).digest('hex')).toBe(expected.sha256);
    expect(dicom!.photometric).toBe(expected.photometric);
    const { slope, intercept } = dicom!.rescale ?? { slope: 1, intercept: 0 };
    expect([slope, intercept]).toEqual([expected.slope, expected.intercept]);
    expect(dicom!.windows.map(({ centre }) => centre)).toEqual(expected.centres);
    expect(dicom!.windows.map(({ width }) => width)).toEqual(expected.widths);
    expect(dicom!.tables).toEqual({ modality: expected.modalityTable, voi: expected.voiTable });
  });
});

const synthetic = sharedData('dicom_synthetic');
const grey = synthetic ? rows(join(synthetic, 'files.csv')).filter(({ file }) => /^g\d+[us](__|\.)/.test(file!)) : [];
it.skipIf(!synthetic)('grey samples of every transfer syntax equal the published hashes', async () => {
  expect(grey.length).toBeGreaterThan(30);
  for (const { file, sha256_of_samples: expected } of grey) {
    const { samples } = await pixelsOf(join(synthetic!, file!));
    expect(createHash('sha256').update(samples).digest('hex'), file).toBe(expected);
  }
});
