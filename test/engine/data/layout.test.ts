import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { auditReport, type DataSelection } from '../../../src-main/contract/data.ts';
import { companionsOf } from '../../../src-main/engine/data/companions.ts';
import { glanceAt } from '../../../src-main/engine/data/glance.ts';
import { scanDataset } from '../../../src-main/engine/data/scan.ts';
import { partOfFolder } from '../../../src-main/engine/data/splitFolders.ts';
import { walkFolder } from '../../../src-main/engine/data/walk.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { put, smallDicom, smallPng } from '../../support/pictures.ts';
import { sharedData } from '../../support/shared.ts';

/** A folder with `each` different images in each of these folders. */
async function tree(folders: readonly string[], { each = 4, at = temporaryFolder() } = {}): Promise<string> {
  let seed = 0;
  for (const folder of folders)
    for (let index = 0; index < each; index++) put(at, `${folder}/${index}.png`, await smallPng(seed++));
  return at;
}

async function scan(folder: string, selection: Partial<DataSelection> = {}) {
  const dataset = await scanDataset({ folder, ...selection }, { salt: 'salt' });
  expect(auditReport.parse(dataset.report)).toEqual(dataset.report);
  const { report } = dataset;
  const found = (code: string) => report.warnings.find((each) => each.code === code);
  return {
    ...dataset,
    found,
    counts: Object.fromEntries(report.classes.map(({ name, images }) => [name, images])),
    grave: report.warnings.filter(({ grave }) => grave).map(({ code }) => code),
  };
}

describe('wrapper folders', () => {
  it('the only folder is looked through, also one within another, and it is said', async () => {
    const folder = await tree(['study/data/A', 'study/data/B']);
    put(folder, 'study/cover.png', await smallPng(99));
    const { counts, found, grave, report } = await scan(folder);
    expect(counts).toEqual({ A: 4, B: 4 });
    expect(grave).toEqual([]);
    expect(found('LOOKED_THROUGH')!.message).toContain('"study/data"');
    expect(report.problems.map(({ file, code }) => [file, code])).toEqual([
      ['study/cover.png', 'LABELS_VALUE_MISSING'],
    ]);
  });

  it('a folder whose images lie in itself is one class, and so is one that a model knows', async () => {
    expect((await scan(await tree(['A', 'A/left', 'A/right'], { each: 2 }))).report.obstacles[0]!.code).toBe('TOO_FEW_GROUPS'); // prettier-ignore
    const folder = temporaryFolder();
    for (let index = 0; index < 5; index++) put(folder, `A/${index}.png`, await smallPng(index));
    put(folder, 'A/more/6.png', await smallPng(6));
    expect((await scan(folder)).counts).toEqual({ A: 6 });
    const known = await tree(['NORMAL/p1', 'NORMAL/p2']);
    const { classes } = await scanDataset({ folder: known }, { salt: '', known: ['NORMAL', 'ILL'] });
    expect(classes).toEqual(['NORMAL']);
  });
});

describe('class folders at any depth', () => {
  const sites = ['siteA/A', 'siteA/B', 'siteB/A', 'siteB/B'];

  it('folders that come again in others are asked about, and meant by a word', async () => {
    const folder = await tree(sites);
    const asked = await scan(folder);
    expect(asked.counts).toEqual({ siteA: 8, siteB: 8 });
    expect(asked.grave).toContain('INNER_CLASSES');
    expect(asked.report.layout).toEqual({ inner: ['A', 'B'] });
    const last = await scan(folder, { layout: { classes: 'last' } });
    expect(last.counts).toEqual({ A: 8, B: 8 });
    expect(last.grave).toEqual([]);
    const first = await scan(folder, { layout: { classes: 'first' } });
    expect(first.counts).toEqual(asked.counts);
    expect(first.grave).toEqual([]);
    expect((await glanceAt(folder)).layout).toEqual({ inner: ['A', 'B'] });
  });

  it.each([
    ['patients below classes', ['A/p1', 'A/p2', 'B/p3', 'B/p4']],
    ['folders of files of one kind', ['A/images', 'A/masks', 'B/images', 'B/masks']],
    ['images in a first folder', ['A', 'A/left', 'A/right', 'B/left', 'B/right']],
  ])('%s are not', async (_, folders) => {
    expect((await scan(await tree(folders))).found('INNER_CLASSES')).toBeUndefined();
  });
});

describe('folders of a split', () => {
  it.each([
    ['train', 'train'],
    ['Training', 'train'],
    ['valid', 'validation'],
    ['val_set', 'validation'],
    ['01_test', 'test'],
    ['TestSet', 'test'],
    ['tests', undefined],
    ['trainer', undefined],
    ['contrast', undefined],
  ])('%s is %s', (name, part) => expect(partOfFolder(name)).toBe(part));

  it('are offered with their classes, and taken by a word, what lies beside them left out', async () => {
    const folder = await tree(['train/A', 'train/B', 'valid/A', 'valid/B', 'test/A', 'test/B', 'examples']);
    const asked = await scan(folder);
    expect(asked.grave).toContain('SPLIT_FOLDERS');
    expect(asked.report.layout!.split).toEqual({
      parts: [
        { folder: 'test', part: 'test', files: 8 },
        { folder: 'train', part: 'train', files: 8 },
        { folder: 'valid', part: 'validation', files: 8 },
      ],
      beside: [{ folder: 'examples', files: 4 }],
      classes: ['A', 'B'],
    });
    const parts = { train: 'train', valid: 'validation', test: 'test' } as const;
    const taken = await scan(folder, { layout: { parts } });
    expect(taken.counts).toEqual({ A: 12, B: 12 });
    expect(taken.grave).toEqual([]);
    expect(taken.found('SPLIT_TAKEN')!.message).toContain('What lies beside them is not used: "examples".');
    expect(Object.groupBy(taken.images, ({ part }) => part!)).toMatchObject({
      train: expect.toSatisfy((own: { file: string }[]) => own.length === 8 && own.every(({ file }) => file.startsWith('train/'))), // prettier-ignore
      validation: expect.toSatisfy((own: unknown[]) => own.length === 8),
      test: expect.toSatisfy((own: unknown[]) => own.length === 8),
    });
    const found = await scan(folder, { layout: { parts: 'found' } });
    expect(found.images).toEqual(taken.images);
    // What comes back can be kept, whatever is recognised later.
    expect(found.selection.layout).toEqual({ parts });
  });

  it('are found within the only folder, and within each class', async () => {
    const wrapped = await tree(['d/Training/A', 'd/Training/B', 'd/Testing/A', 'd/Testing/B']);
    const first = await scan(wrapped, { layout: { parts: 'found' } });
    expect(first.counts).toEqual({ A: 8, B: 8 });
    const within = await tree(['A/train', 'A/test', 'B/train', 'B/test']);
    const untaken = await scan(within);
    expect(untaken.counts).toEqual({ A: 8, B: 8 });
    // The classes are right without it: it is said, and stops nothing.
    expect(untaken.found('SPLIT_FOLDERS')).toMatchObject({ message: expect.stringContaining('is not used') });
    expect(untaken.grave).toEqual([]);
    const taken = await scan(within, { layout: { parts: 'found' } });
    expect(taken.images.map(({ file, label, part }) => [file.split('/').slice(0, 2).join('/'), label, part])).toContainEqual(['B/test', 'B', 'test']); // prettier-ignore
  });

  it('also say the part of what a table labels', async () => {
    const folder = await tree(['train', 'test']);
    const rows = [0, 1, 2, 3].flatMap((at) => ['train', 'test'].map((part) => `${part}/${at}.png,${at % 2 ? 'ill' : 'well'}`)); // prettier-ignore
    put(folder, 'labels.csv', ['file,label', ...rows].join('\n'));
    const labels = { csv: 'labels.csv', fileColumn: 'file', labelColumn: 'label' };
    expect((await scan(folder, { labels })).grave).toEqual([]);
    const { images } = await scan(folder, { labels, layout: { parts: 'found' } });
    expect(images.map(({ label, part }) => `${label} ${part}`).sort()).toEqual(['ill test', 'ill test', 'ill train', 'ill train', 'well test', 'well test', 'well train', 'well train']); // prettier-ignore
  });

  it('that are not there cannot be taken', async () => {
    const folder = await tree(['A', 'B']);
    await expect(scan(folder, { layout: { parts: 'found' } })).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  });
});

describe('masks and other companions', () => {
  it('belong to an image beside them; a name alone makes none', () => {
    const files = [
      ...['a/1.png', 'a/1_mask.png', 'a/1_mask_1.png', 'a/1_superpixels.png', 'a/mask_1.png', 'a/1 Segmentation.tif'],
      ...['a/1_seg_mask.png', 'mask_on/mask_7.png', 'mask_on/x_mask.png', 'b/2.png', 'b/masks/2.png', 'b/masks/9.png'],
    ];
    expect([...companionsOf(files)]).toEqual([
      ...['a/1_mask.png', 'a/1_mask_1.png', 'a/1_superpixels.png', 'a/mask_1.png', 'a/1 Segmentation.tif'],
      ...['a/1_seg_mask.png', 'b/masks/2.png'],
    ]);
  });

  it('stop training until they are left out, in one go', async () => {
    const folder = await tree(['A', 'B']);
    for (let at = 0; at < 4; at++) put(folder, `B/${at}_mask.png`, await smallPng(50 + at));
    const asked = await scan(folder);
    expect(asked.found('MASKS')).toMatchObject({ grave: true, message: expect.stringMatching(/^4 files may be masks by their names, such as B\/0_mask\.png\./) }); // prettier-ignore
    const without = await scan(folder, { leaveOut: { files: [], classes: [], masks: true } });
    expect(without.counts).toEqual({ A: 4, B: 4 });
    expect(without.grave).toEqual([]);
    expect(without.found('LEFT_OUT')!.message).toContain('4 masks');
  });

  it('a folder of them beside the images is none of the classes', async () => {
    const folder = await tree(['ill', 'well', 'masks']);
    expect((await scan(folder)).found('MASKS')!.message).toContain('The folder "masks" may hold masks');
    put(folder, 'masks/of none.png', await smallPng(70));
    expect((await scan(folder, { leaveOut: { files: [], classes: [], masks: true } })).classes).toEqual([
      'ill',
      'well',
    ]);
    // Whatever its files are called.
    expect((await scan(await tree(['ill', 'well', 'Ground_truth/of ill']))).grave).toEqual(['MASKS']);
    // Neutrophils are called so, too.
    const cells = await tree(['band', 'mono']);
    for (let at = 0; at < 4; at++) put(cells, `seg/cell ${at}.png`, await smallPng(80 + at));
    expect((await scan(cells)).grave).toEqual([]);
    // People with and without masks are classes, although the names of their files are the same.
    expect((await scan(await tree(['with_mask', 'without_mask']))).grave).toEqual([]);
  });
});

describe('what lies in a folder beside images', () => {
  it('files of systems, archives and the index of a disc are named in one line each', async () => {
    const folder = await tree(['A', 'B']);
    for (const file of ['.DS_Store', 'A/.DS_Store', 'A/._0.png', 'B/Thumbs.db', 'desktop.ini', '__MACOSX/A/._0.png'])
      put(folder, file, 'x');
    for (const file of ['more.7z', 'B/rest.tar.gz', 'DICOMDIR']) put(folder, file, 'x');
    const { report, found, grave } = await scan(folder);
    expect(found('SYSTEM_FILES')!.message).toBe(
      'What systems leave behind was passed over: .DS_Store (2), ._* (1), Thumbs.db (1), __MACOSX (1), desktop.ini (1).',
    );
    expect(found('ARCHIVES')!.message).toContain('B/rest.tar.gz, more.7z');
    expect(found('DICOMDIR')!.message).toContain('DICOMDIR is the index of a DICOM disc');
    expect([report.files, report.problems, grave]).toEqual([8, [], []]);
  });

  it('an archive in the place of a folder, or alone in it, is to be unpacked', async () => {
    const folder = temporaryFolder();
    const path = put(folder, 'data.rar', 'x');
    const unpack = { remedy: expect.stringContaining('Unpack it') };
    await expect(scan(path)).rejects.toMatchObject({ code: 'FOLDER_NOT_FOUND', message: `${path} is an archive, not a folder.`, ...unpack }); // prettier-ignore
    await expect(scan(folder)).rejects.toMatchObject({ code: 'FOLDER_EMPTY', message: expect.stringContaining('data.rar'), ...unpack }); // prettier-ignore
    const damaged = put(folder, 'data.zip', 'x');
    const reason = expect.stringContaining('This is no zip archive, or its end is missing.');
    await expect(scan(damaged)).rejects.toMatchObject({ code: 'FILE_NOT_READABLE', message: reason });
    await expect(scan(folder)).rejects.toMatchObject({ code: 'FOLDER_EMPTY', message: reason });
  });

  it('a class folder without an image is named; one of documents stops nothing', async () => {
    const folder = await tree(['A', 'B']);
    mkdirSync(join(folder, 'C'));
    put(folder, 'D/images.h5', 'x');
    put(folder, 'docs/protocol.pdf', 'x');
    const { report } = await scan(folder);
    const empty = report.warnings.filter(({ code }) => code === 'EMPTY_CLASS');
    expect(empty.map(({ message, grave }) => [message.slice(0, 30), grave])).toEqual([
      ['The folder "C" holds no image:', true],
      ['The folder "D" holds no image:', true],
      ['The folder "docs" holds no ima', undefined],
    ]);
  });

  it('a second copy of all that lies beside it is seen as one, by names and sizes', async () => {
    const folder = await tree(['A', 'B']);
    await tree(['copy/A', 'copy/B'], { at: folder });
    const { found, report } = await scan(folder);
    expect(report.layout!.copies).toEqual(['copy']);
    expect(found('NESTED_COPY')).toMatchObject({ grave: true, message: expect.stringContaining('8 files of the same names and sizes') }); // prettier-ignore
    const without = await scan(folder, { leaveOut: { files: [], classes: [], folders: ['copy'] } });
    expect([without.classes, without.grave]).toEqual([['A', 'B'], []]);
    writeFileSync(join(folder, 'copy/A/0.png'), await smallPng(77, 32));
    expect((await scan(folder)).report.layout).toBeUndefined();
  });

  it('classes that differ in case, blanks or accents are questioned, and joined by a word', async () => {
    const { found, report } = await scan(await tree(['Normal', 'normal', 'Fraktür', 'fraktur ', 'other']));
    expect(report.layout!.alike).toEqual([['Fraktür', 'fraktur '], ['Normal', 'normal']]); // prettier-ignore
    expect(found('CLASS_NAMES_ALIKE')).toMatchObject({ grave: true, message: expect.stringContaining('`--join "fraktur =Fraktür"`') }); // prettier-ignore
    const folder = await tree(['ill', 'ill ', 'well']);
    const joined = await scan(folder, { join: { 'ill ': 'ill' } });
    expect([joined.counts, joined.grave]).toEqual([{ ill: 8, well: 4 }, []]);
  });
});

describe.skipIf(process.platform === 'win32')('links and names', () => {
  it('of two links to one folder the second is said, and its class does not vanish', async () => {
    const folder = await tree(['A', 'elsewhere']);
    const at = await tree(['A', 'B']);
    symlinkSync(join(folder, 'elsewhere'), join(at, 'neg'));
    symlinkSync(join(folder, 'elsewhere'), join(at, 'zz'));
    symlinkSync('..', join(at, 'A/up'));
    const { report, found } = await scan(at);
    expect(report.classes.map(({ name }) => name)).toEqual(['A', 'B', 'neg']);
    expect(report.problems).toEqual([
      { file: 'zz', code: 'FOLDER_TWICE', message: expect.stringContaining('the same folder as ‘neg’') },
    ]);
    expect(found('EMPTY_CLASS')).toMatchObject({ grave: true, message: expect.stringContaining('"zz"') });
  });

  it.skipIf(process.platform !== 'linux')('a name that is no text is said to be none', async () => {
    const folder = await tree(['A']);
    writeFileSync(Buffer.concat([Buffer.from(`${folder}/A/b`), Buffer.of(0xff), Buffer.from('.png')]), 'x');
    put(folder, 'A/right\ufffd.png', await smallPng(60));
    const { files, problems } = await walkFolder(folder);
    expect(files).toHaveLength(5);
    expect(problems).toEqual([
      { file: 'A/b\ufffd.png', code: 'FILE_NOT_READABLE', message: expect.stringContaining('is not one that can be opened') },
    ]); // prettier-ignore
  });

  it('folders within folders end', async () => {
    const folder = temporaryFolder();
    put(folder, `${'d/'.repeat(64)}x.png`, 'x');
    put(folder, `${'d/'.repeat(65)}y.png`, 'x');
    const { files, problems } = await walkFolder(folder);
    expect(files).toHaveLength(1);
    expect(problems).toEqual([expect.objectContaining({ code: 'FOLDER_NOT_READABLE', message: expect.stringContaining('more than 64 folders deep') })]); // prettier-ignore
  });
});

describe('without any label', () => {
  it('files are opened all the same: formats, sizes, and what cannot be read', async () => {
    const folder = temporaryFolder();
    put(folder, '1.dcm', smallDicom(1, 'P1', { scanner: 'Alpha' }));
    put(folder, '2.png', await smallPng(2));
    put(folder, '3.png', (await smallPng(3)).subarray(0, 60));
    const { report, images } = await scan(folder);
    expect(images).toEqual([]);
    expect(report).toMatchObject({
      ...{ files: 3, images: 0, classes: [], dicom: { images: 1, manufacturer: [{ value: 'Alpha', images: 1 }] } },
      formats: [
        { format: 'DICOM', images: 1 },
        { format: 'PNG', images: 1 },
      ],
      sizes: { smallest: [24, 24], median: [24, 24], largest: [24, 24] },
    });
    expect(report.problems.map(({ file, code }) => [file, code])).toEqual([
      ['1.dcm', 'LABELS_VALUE_MISSING'],
      ['2.png', 'LABELS_VALUE_MISSING'],
      ['3.png', 'IMAGE_CORRUPT'],
    ]);
    expect(report.obstacles).toEqual([
      expect.objectContaining({
        code: 'FOLDER_EMPTY',
        message: 'The folder has 3 files, but none is in a class folder or has a label.',
      }),
    ]);
  });
});

const edge = sharedData('dicom_edge');
it.skipIf(!edge)('dicom_edge as it lies: every file is opened, and named with its reason', async () => {
  const { report } = await scan(edge!);
  expect(report).toMatchObject({ files: 52, images: 0, formats: [{ format: 'DICOM', images: 38 }] });
  const unread = report.problems.filter(({ code }) => code !== 'LABELS_VALUE_MISSING');
  expect(report.problems).toHaveLength(52);
  expect(unread).toHaveLength(14);
  expect(unread.find(({ file }) => file === 'rtplan.dcm')!.message).toContain('radiotherapy plan');
});

const faults = sharedData('..', 'faults', 'folders');
describe.skipIf(!faults)('folders of bug reports', () => {
  it('kaggle_nested: the split is offered, the copy within seen', async () => {
    const folder = join(faults!, 'kaggle_nested');
    const asked = await scan(folder);
    expect(asked.grave).toEqual(expect.arrayContaining(['SPLIT_FOLDERS', 'NESTED_COPY']));
    expect(asked.found('SYSTEM_FILES')!.message).toContain('__MACOSX (1)');
    expect(asked.report.layout).toMatchObject({ copies: ['chest_xray'], split: { beside: [{ folder: 'chest_xray', files: 24 }], classes: ['NORMAL', 'PNEUMONIA'] } }); // prettier-ignore
    const taken = await scan(folder, { layout: { parts: 'found' } });
    expect(taken.counts).toEqual({ NORMAL: 12, PNEUMONIA: 12 });
    expect(taken.images.map(({ part }) => part).filter((part) => part === 'train')).toHaveLength(12);
    expect(taken.grave).not.toContain('SPLIT_FOLDERS');
    expect(taken.grave).not.toContain('NESTED_COPY');
  });

  it('train_test_extra: the split is offered, what lies beside it named', async () => {
    const folder = join(faults!, 'train_test_extra');
    const asked = await scan(folder);
    expect(asked.grave).toContain('SPLIT_FOLDERS');
    expect(asked.report.layout!.split!.beside).toEqual([{ folder: 'sample_images', files: 3 }]);
    const taken = await scan(folder, { layout: { parts: 'found' } });
    expect(taken.report.images).toBe(18);
    expect(taken.found('SPLIT_TAKEN')!.message).toContain('"sample_images"');
  });

  it('busi: the masks among the images are named, and left out in one go', async () => {
    const folder = join(faults!, 'busi');
    expect((await scan(folder)).found('MASKS')!.message).toContain('18 files may be masks');
    const without = await scan(folder, { leaveOut: { files: [], classes: [], masks: true } });
    expect(without.counts).toEqual({ benign: 8, malignant: 8 });
    expect(without.grave).toEqual([]);
  });

  it('lostclass: the class that is lost is named', async () => {
    expect((await scan(join(faults!, 'lostclass'))).grave).toContain('LOST_CLASS');
  });
});
