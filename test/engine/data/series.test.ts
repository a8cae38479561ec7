import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { encodeDicom, makeUid, type Element } from '../../../src-main/engine/data/sample/dicomWriter.ts';
import { scanDataset } from '../../../src-main/engine/data/scan.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { put, smallPng } from '../../support/pictures.ts';
import { sharedData } from '../../support/shared.ts';

interface Of {
  series: string;
  number?: number;
  position?: string;
  orientation?: string;
}

let made = 0;
const AXIAL = '1\\0\\0\\0\\1\\0';
function slice({ series, number, position, orientation = AXIAL }: Of): Buffer {
  const seed = ++made;
  const placed: Element[] = position === undefined ? [] : [[0x00200032, 'DS', position], [0x00200037, 'DS', orientation]]; // prettier-ignore
  return encodeDicom([
    ...([[0x00080016, 'UI', '1.2.840.10008.5.1.4.1.1.4'], [0x00080018, 'UI', makeUid('slice', seed)]] as const),
    ...([[0x00080060, 'CS', 'MR'], [0x00100020, 'LO', series], [0x0020000e, 'UI', makeUid(series)]] as const),
    ...(number === undefined ? [] : ([[0x00200013, 'IS', String(number)]] as const)),
    ...placed,
    ...([[0x00280002, 'US', 1], [0x00280004, 'CS', 'MONOCHROME2'], [0x00280010, 'US', 24], [0x00280011, 'US', 24]] as const),
    ...([[0x00280100, 'US', 8], [0x00280101, 'US', 8], [0x00280102, 'US', 7], [0x00280103, 'US', 0]] as const),
    [0x7fe00010, 'OB', Uint8Array.from({ length: 24 * 24 }, (_, at) => (at * 5 + seed * 37) % 256)],
  ]); // prettier-ignore
}

/** A folder with these slices, called in their order, and one image of no series; the order in which they are shown. */
async function shown(slices: readonly Of[]) {
  const folder = temporaryFolder();
  slices.forEach((each, at) => put(folder, `A/${at}.dcm`, slice(each)));
  put(folder, 'A/x.png', await smallPng(1));
  const { order, images, report } = await scanDataset({ folder }, { salt: '' });
  const found = report.warnings.map(({ code }) => code).filter((code) => code.startsWith('SERIES'));
  return { order: order.map((at) => images[at]!.file.slice(2)).join(' '), series: report.series, found };
}

it('the images of a series follow one another along the normal of their slices, whatever they are called', async () => {
  const at = (series: string, z: number, number: number): Of => ({ series, position: `-1.5\\20\\${z}`, number });
  const { order, series, found } = await shown([at('a', 10, 1), at('b', 0, 9), at('a', -5, 2), at('b', -4, 8), at('a', 0, 3), at('a', 5, 0)]); // prettier-ignore
  expect(order).toBe('2.dcm 4.dcm 5.dcm 0.dcm 3.dcm 1.dcm x.png');
  const slices = { smallest: 2, median: 2, largest: 4 };
  expect([series, found]).toEqual([{ count: 2, images: 6, slices, byPosition: 2, gaps: 0, repeated: 0 }, []]);
  // Tilted by 30 degrees: the normal is (0, -0.5, 0.866), and the greatest z is not the last.
  const tilted = (y: number, z: number): Of => ({ series: 'c', position: `0\\${y}\\${z}`, orientation: '1\\0\\0\\0\\0.8660254\\0.5' }); // prettier-ignore
  expect((await shown([tilted(40, 20), tilted(0, 10), tilted(10, 0)])).order).toBe('2.dcm 0.dcm 1.dcm x.png');
});

it('by their numbers where not every image says where it lies, or an orientation is none', async () => {
  const numbered = [{ number: 3, position: '0\\0\\1' }, { number: 1 }, { number: 2, position: '0\\0\\3' }];
  const { order, series } = await shown(numbered.map((each) => ({ series: 'a', ...each })));
  expect([order, series!.byPosition]).toEqual(['1.dcm 2.dcm 0.dcm x.png', 0]);
  const skewed = [2, 1].map((number) => ({ series: 'a', number, position: `0\\0\\${number === 2 ? 1 : 5}`, orientation: '1\\0\\0\\1\\0\\0' })); // prettier-ignore
  expect((await shown(skewed)).order).toBe('1.dcm 0.dcm x.png');
});

it('gaps between slices, and several images at one position, are named', async () => {
  const at = (series: string, z: number): Of => ({ series, position: `0\\0\\${z}` });
  const { series, found } = await shown([
    ...[0, 2, 4, 8, 10].map((z) => at('gap', z)),
    ...[0, 2, 2, 4, 6].map((z) => at('twice', z)),
    ...[0, 2, 4.5, 6.2].map((z) => at('even', z)),
    at('one', 0),
  ]);
  expect(series).toMatchObject({ count: 4, images: 15, gaps: 1, repeated: 1, slices: { smallest: 1, median: 4, largest: 5 } }); // prettier-ignore
  expect(found).toEqual(['SERIES_GAPS', 'SERIES_REPEATED']);
});

it('of images without a series nothing is said', async () => {
  const folder = temporaryFolder();
  put(folder, 'A/1.png', await smallPng(1));
  put(folder, 'B/2.png', await smallPng(2));
  const { report, order } = await scanDataset({ folder }, { salt: '' });
  expect([report.series, order]).toEqual([undefined, [0, 1]]);
});

it('real CT and MR series are in the order of the positions that pydicom reads', async () => {
  const folder = sharedData('dicom_real');
  if (folder === undefined) return;
  const [head, ...lines] = readFileSync(join(folder, 'files.csv'), 'utf8').trim().split('\n');
  const [file, uid, position] = ['file', 'series_uid', 'position'].map((name) => head!.split(',').indexOf(name));
  const known = new Map(lines.map((line) => line.split(',')).map((cells) => [cells[file!]!, { uid: cells[uid!]!, position: Number(cells[position!]) }])); // prettier-ignore
  const { order, images, report } = await scanDataset({ folder }, { salt: '' });
  expect(report.series).toMatchObject({ images: 128, byPosition: report.series!.count });
  const all = order.map((at) => known.get(images[at]!.file)!);
  let changes = 0;
  for (const [at, { uid: own, position: here }] of all.slice(1).entries()) {
    if (all[at]!.uid !== own) changes++;
    else expect(here).toBeGreaterThanOrEqual(all[at]!.position - 0.01);
  }
  expect(changes).toBe(new Set(all.map((each) => each.uid)).size - 1);
});
