import { describe, expect, it } from 'vitest';
import { join } from 'node:path';
import { find, regionOf, summarise } from '../../../src-main/engine/explain/localise.ts';
import { readRegions } from '../../../src-main/engine/explain/regionTable.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { put } from '../../support/pictures.ts';
import { sharedData } from '../../support/shared.ts';

const SIDE = { width: 10, height: 8 };
/** A map of zeros but for some places. */
function map(places: Record<string, number>) {
  const values = new Float32Array(80);
  for (const [place, value] of Object.entries(places)) {
    const [x, y] = place.split(',').map(Number);
    values[y! * 10 + x!] = value;
  }
  return { ...SIDE, values };
}
// 3 × 2 pixels.
const region = regionOf([{ left: 2, top: 1, right: 4, bottom: 2 }], SIDE);
const settings = { tolerance: 0, threshold: 0.2 };

describe('finding a region', () => {
  it('the peak hits it, both ends of a box included, or comes near enough', () => {
    expect(find(map({ '4,2': 1 }), region, settings)).toMatchObject({
      hit: true,
      strictHit: true,
      peak: { x: 4, y: 2 },
    });
    expect(find(map({ '5,2': 1 }), region, settings)).toMatchObject({ hit: false, strictHit: false });
    const beside = find(map({ '6,4': 1 }), region, { ...settings, tolerance: 2.83 });
    expect(beside).toMatchObject({ hit: true, strictHit: false });
    expect(find(map({ '6,4': 1 }), region, { ...settings, tolerance: 2.82 }).hit).toBe(false);
  });

  it('chance is the share of the area, with the tolerance around it', () => {
    const found = find(map({ '4,2': 1 }), region, { ...settings, tolerance: 1 });
    expect(found.area).toBe(6 / 80);
    // A cross around each pixel: the 6, and 3 + 3 above and below, 2 + 2 beside.
    expect(found.areaWithin).toBe(16 / 80);
  });

  it('overlap counts what is above a share of the largest value', () => {
    const found = find(map({ '2,1': 1, '3,1': 0.2, '4,1': 0.19, '9,7': 0.5 }), region, settings);
    expect(found.iou).toBeCloseTo(2 / (3 + 6 - 2), 9);
    const [a, m] = [6 / 80, 3 / 80];
    expect(found.iouByChance).toBeCloseTo((a * m) / (a + m - a * m), 9);
  });

  it('a map without a positive value misses, and what the network does not see is never marked', () => {
    expect(find(map({}), region, settings)).toMatchObject({ peak: null, hit: false, strictHit: false, iou: 0 });
    const cropped = map({ '2,1': 1 });
    cropped.values.fill(NaN, 40);
    expect(find(cropped, region, settings)).toMatchObject({ strictHit: true, iou: 1 / 6 });
  });

  it('groups count alike, however many pictures they have', () => {
    const hit = { ...find(map({ '2,1': 1 }), region, settings), group: 'p1' };
    const miss = { ...find(map({ '9,7': 1 }), region, settings), group: 'p2' };
    const all = summarise([hit, hit, hit, miss], settings);
    expect(all.patients).toBe(2);
    expect(all.pointing).toMatchObject({ images: 0.75, patients: 0.5, chance: 6 / 80, tolerance: 0 });
    expect(all.iou.images).toBeCloseTo(0.75 / 6, 9);
  });
});

describe('a table of findings', () => {
  const boxes = { kind: 'boxes' as const, name: 'boxes' };

  it('has boxes in fours, several in a cell or in rows, and lists what makes no sense', async () => {
    const folder = temporaryFolder();
    put(
      folder,
      't.csv',
      'file,boxes,who\na.png,1 2 3 4; 5 6 7 8,x\na.png,9 9 9 9,x\nb.png,,y\nc.png,1 2 3,z\nd.png,5 5 1 9,z\n',
    );
    const read = await readRegions({ folder, csv: 't.csv', fileColumn: 'file', groupColumn: 'who', column: boxes });
    expect(read.entries).toHaveLength(1);
    expect(read.entries[0]).toMatchObject({ file: 'a.png', path: join(folder, 'a.png'), patient: 'x' });
    expect(read.entries[0]!.boxes.map(({ left, bottom }) => [left, bottom])).toEqual([[1, 4], [5, 8], [9, 9]]); // prettier-ignore
    expect(read.withoutRegion).toBe(1);
    expect(read.problems.map(({ file, code }) => [file, code])).toEqual([
      ['c.png', 'INPUT_INVALID'],
      ['d.png', 'INPUT_INVALID'],
    ]);
  });

  it('without the column named is refused, naming those it has', async () => {
    const folder = temporaryFolder();
    put(folder, 't.csv', 'file,box\n');
    const reading = readRegions({ folder, csv: 't.csv', fileColumn: 'file', column: boxes });
    await expect(reading).rejects.toMatchObject({ code: 'LABELS_COLUMN_MISSING', details: { valid: ['file', 'box'] } });
  });

  const real = sharedData('dicom_real');
  it.skipIf(!real)('of tumours in CT slices: nine with a box each', async () => {
    const column = { kind: 'boxes' as const, name: 'tumour_boxes' };
    const read = await readRegions({
      folder: real!,
      csv: 'files.csv',
      fileColumn: 'file',
      groupColumn: 'patient',
      column,
    });
    expect(read.entries).toHaveLength(9);
    expect(read.problems).toEqual([]);
    expect(read.entries[0]!.boxes).toEqual([{ left: 304, top: 304, right: 337, bottom: 372 }]);
  });
});
