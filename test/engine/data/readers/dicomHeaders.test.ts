import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readLevels } from '../../../../src-main/engine/data/readers/read.ts';
import { temporaryFolder } from '../../../support/folder.ts';
import { put } from '../../../support/pictures.ts';

interface Golden {
  cases: {
    name: string;
    /** Gzip, base64. */
    file: string;
    size: [columns: number, rows: number];
    channels: number;
    /** Every so-manyth level, row after row. */
    step: number;
    levels: number[];
    tolerance: number;
    notes: string[];
  }[];
}

const golden = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../golden/data/dicom_headers.json'), 'utf8'),
) as Golden;

describe('headers as they are met, against pydicom', () => {
  it.each(golden.cases)('$name', async ({ file, size, channels, step, levels: expected, tolerance, notes: codes }) => {
    const path = put(temporaryFolder(), 'x.dcm', gunzipSync(Buffer.from(file, 'base64')));
    const { levels, notes } = await readLevels(path);
    expect([levels.width, levels.height, levels.channels]).toEqual([...size, channels]);
    const found = expected.map((_, index) => levels.pixels[index * step]!);
    const largest = Math.max(...found.map((level, index) => Math.abs(level - expected[index]!)));
    expect(largest, `${found.join(' ')} for ${expected.join(' ')}`).toBeLessThanOrEqual(tolerance);
    expect(notes.map(({ code }) => code)).toEqual(codes);
  });
});
