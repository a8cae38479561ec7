import { describe, expect, it } from 'vitest';
import {
  appliedTo,
  CT_WINDOW_NAMES,
  CT_WINDOWS,
  describeScale,
  hounsfieldOf,
  type AppliedScale,
} from '../../../src-main/contract/greyScale.ts';
import { readImage, readLevels } from '../../../src-main/engine/data/readers/read.ts';
import { encodeDicom, makeUid, type Element } from '../../../src-main/engine/data/sample/dicomWriter.ts';
import { scanDataset } from '../../../src-main/engine/data/scan.ts';
import golden from '../../golden/windows.json' with { type: 'json' };
import { temporaryFolder } from '../../support/folder.ts';
import { put } from '../../support/pictures.ts';

const [rows, columns] = [48, 40];

/** Values from −1024 to 2976, as test/golden/windows.py has them: by a rescale, or by one that changes nothing. */
function scan(name: string, more: readonly Element[] = [], { modality = 'CT', intercept = -1024 } = {}): Buffer {
  const samples = Int16Array.from({ length: rows * columns }, (_, at) => ((at * 7919) % 4001) - 1024 - intercept);
  return encodeDicom([
    [0x00080016, 'UI', '1.2.840.10008.5.1.4.1.1.2'],
    [0x00080018, 'UI', makeUid(name)],
    [0x00080060, 'CS', modality],
    [0x00100020, 'LO', name],
    [0x00280002, 'US', 1],
    [0x00280004, 'CS', 'MONOCHROME2'],
    [0x00280010, 'US', rows],
    [0x00280011, 'US', columns],
    [0x00280100, 'US', 16],
    [0x00280101, 'US', 16],
    [0x00280102, 'US', 15],
    [0x00280103, 'US', 1],
    [0x00281052, 'DS', String(intercept)],
    [0x00281053, 'DS', '1'],
    [0x7fe00010, 'OW', new Uint8Array(samples.buffer)],
    ...more,
  ]);
}

const OWN_WINDOW: readonly Element[] = [
  [0x00281050, 'DS', '300'],
  [0x00281051, 'DS', '600'],
];

const levelsOf = async (file: Buffer, scale: AppliedScale) => readLevels(put(temporaryFolder(), 'x.dcm', file), scale);

describe('a window in Hounsfield units', () => {
  it.each(CT_WINDOW_NAMES)('%s: the levels of pydicom, whatever window the file brings', async (name) => {
    const expected = golden.levels[name];
    const files = [scan('a'), scan('a', OWN_WINDOW), scan('a', OWN_WINDOW, { intercept: 0 })];
    for (const file of files) {
      const { levels, notes } = await levelsOf(file, hounsfieldOf(name));
      const found = expected.map((_, at) => levels.pixels[at * golden.step]!);
      const largest = Math.max(...found.map((level, at) => Math.abs(level - expected[at]!)));
      expect(largest).toBeLessThanOrEqual(1);
      expect(notes.map(({ code }) => code)).toEqual(['HOUNSFIELD']);
    }
  });

  it('is none for other modalities and for values that are no Hounsfield units', async () => {
    const lung = hounsfieldOf('lung');
    for (const other of [
      scan('a', OWN_WINDOW, { modality: 'MR' }),
      scan('a', [...OWN_WINDOW, [0x00281054, 'LO', 'ED']]),
    ])
      expect((await levelsOf(other, lung)).levels).toEqual((await levelsOf(other, 'picture')).levels);
    const unwindowed = scan('a', [], { modality: 'MR' });
    expect((await levelsOf(unwindowed, lung)).levels).toEqual((await levelsOf(unwindowed, 'picture')).levels);
  });

  it('of a folder stands in the report, with the other facts of its headers', async () => {
    const folder = temporaryFolder();
    const facts: readonly Element[] = [
      [0x00280030, 'DS', '0.7\\0.7'],
      [0x00185101, 'CS', 'AP'],
      [0x60003000, 'OW', new Uint8Array(4)],
    ];
    for (const name of ['a', 'b']) {
      put(folder, `ill/${name}.dcm`, scan(name, OWN_WINDOW));
      put(folder, `well/${name}.dcm`, scan(`${name}2`, facts));
    }
    const { report, details } = await scanDataset({ folder, greyScale: hounsfieldOf('bone') }, { salt: 's' });
    expect(report.dicom).toMatchObject({
      hounsfield: 4,
      modality: [{ value: 'CT', images: 4 }],
      view: [
        { value: 'AP', images: 2 },
        { value: 'not-said', images: 2 },
      ],
      spacing: [
        { value: '0.70 × 0.70 mm', images: 2 },
        { value: 'not-said', images: 2 },
      ],
    });
    const said = report.warnings.map(({ message }) => message);
    expect(said).toContain('4 images are shown by the window in Hounsfield units that was chosen.');
    expect(said.join(' ')).toContain('2 images have an overlay');
    expect(details.map(({ findings }) => findings.includes('HOUNSFIELD'))).toEqual([true, true, true, true]);
  });
});

describe('one window of several', () => {
  const { brain, lung } = CT_WINDOWS;
  const SEVERAL: readonly Element[] = [
    [0x00281050, 'DS', `${brain.centre}\\${lung.centre}`],
    [0x00281051, 'DS', `${brain.width}\\${lung.width}`],
    [0x00281055, 'LO', 'BRAIN\\LUNG'],
  ];

  it.each([
    [1, 'brain', []],
    [2, 'lung', ['NTH_WINDOW']],
    // The file has no third: its first.
    [3, 'brain', []],
  ] as const)('%i: the levels that pydicom gives with its index', async (window, name, codes) => {
    for (const file of [scan('a', SEVERAL), scan('a', SEVERAL, { modality: 'MR' })]) {
      const { levels, notes } = await levelsOf(file, { window });
      const expected = golden.levels[name];
      const found = expected.map((_, at) => levels.pixels[at * golden.step]!);
      expect(Math.max(...found.map((level, at) => Math.abs(level - expected[at]!)))).toBeLessThanOrEqual(1);
      expect(notes.map(({ code }) => code)).toEqual(codes);
    }
  });

  it('leaves files with one window, or none, as they are', async () => {
    for (const file of [scan('a', OWN_WINDOW), scan('a')])
      expect((await levelsOf(file, { window: 2 })).levels).toEqual((await levelsOf(file, 'picture')).levels);
  });

  it('of a folder stands in the report with its explanations, and what is used of it', async () => {
    const folder = temporaryFolder();
    for (const name of ['a', 'b', 'c']) {
      put(folder, `ill/${name}.dcm`, scan(name, SEVERAL));
      put(folder, `well/${name}.dcm`, scan(`${name}2`, OWN_WINDOW));
    }
    const { report, selection } = await scanDataset({ folder, greyScale: { window: 2 } }, { salt: 's' });
    expect(report.dicom!.severalWindows).toEqual([
      { window: 1, images: 3, names: ['BRAIN'] },
      { window: 2, images: 3, names: ['LUNG'] },
    ]);
    expect(report.warnings.map(({ message }) => message)).toContain(
      '3 images are shown by the window of the file that was chosen among several.',
    );
    expect(describeScale(appliedTo(selection))).toBe(
      'files with several windows by window 2, others by their first; those without one each from its own darkest to its own brightest value',
    );
  });
});

it('the middle of the values leaves out a hundredth at either end, as numpy counts', async () => {
  const file = scan('a', [], { modality: 'MR' });
  const { levels, notes } = await levelsOf(file, 'middle');
  const { picture } = await readImage(put(temporaryFolder(), 'x.dcm', file));
  const [black, white] = golden.middle as [number, number];
  const expected = Array.from(picture.samples, (sample) =>
    Math.min(255, Math.max(0, Math.round(((sample - 1024 - black) * 255) / (white - black)))),
  );
  expect(Math.max(...expected.map((level, at) => Math.abs(level - levels.pixels[at]!)))).toBeLessThanOrEqual(1);
  expect(levels.pixels.filter((level) => level === 0).length).toBeGreaterThan(rows * columns * 0.01 - 1);
  expect(notes.map(({ code }) => code)).toEqual(['MIDDLE']);
});
