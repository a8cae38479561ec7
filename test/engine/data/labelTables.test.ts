import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dataSelection, type DataSelection } from '../../../src-main/contract/data.ts';
import { assertTrainable, scanDataset } from '../../../src-main/engine/data/scan.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { put, smallPng } from '../../support/pictures.ts';
import { sharedData } from '../../support/shared.ts';

type Labels = NonNullable<DataSelection['labels']>;

async function scan(folder: string, labels: Partial<Labels>, more: Partial<DataSelection> = {}) {
  const selection = dataSelection.parse({ folder, labels: { csv: 'labels.csv', ...labels }, ...more });
  const dataset = await scanDataset(selection, { salt: 'salt' });
  const said = Object.fromEntries(dataset.report.warnings.map((each) => [each.code, each]));
  return { ...dataset, said };
}

/** A folder with small images of these names, and a table. */
async function study(files: readonly string[], rows: readonly string[]): Promise<string> {
  const folder = temporaryFolder();
  for (const [index, file] of files.entries()) put(folder, file, await smallPng(index));
  put(folder, 'labels.csv', rows.join('\n'));
  return folder;
}

const usedOf = ({ images }: Awaited<ReturnType<typeof scan>>) => images.map(({ file, label }) => `${file} ${label}`);
const twelve = (write: (index: number) => string) => Array.from({ length: 12 }, (_, index) => write(index));
const classOf = (index: number) => (index % 2 ? 'ill' : 'well');

describe('the files that a table means', () => {
  const files = twelve((index) => `images/n${index}.png`);

  it.each([
    ['another case', (index: number) => `Images/N${index}.PNG`],
    ['another ending of an image format', (index: number) => `images/n${index}.jpeg`],
    ['neither folder nor case', (index: number) => `N${index}.JPG`],
    ['a folder and no ending', (index: number) => `images\\n${index}`],
  ])('with %s are found, and it is said', async (_what, name) => {
    const folder = await study(files, ['file,label', ...twelve((index) => `${name(index)},${classOf(index)}`)]);
    const found = await scan(folder, {});
    expect(found.report).toMatchObject({ images: 12, problems: [], obstacles: [] });
    expect(found.said.MATCHED_BY_SPELLING?.message).toBe(
      `12 rows of the label file are matched with a file whose name differs in case or in the ending of its image format, such as ${name(0)} = images/n0.png.`,
    );
  });

  it.each([
    ['a Windows path', (index: number) => `C:\\Users\\x\\study\\images\\n${index}.png`],
    ['a foreign prefix', (index: number) => `CheXpert-v1.0-small/train/images/n${index}.jpg`],
    ['a whole path of another machine', (index: number) => `/mnt/disk/images/N${index}.png`],
    ['an upload of Label Studio', (index: number) => `/data/upload/1/3fa2b1c${index % 10}-n${index}.png`],
  ])('are found by the end of %s once a person says so', async (_what, name) => {
    const folder = await study(files, ['file,label', ...twelve((index) => `${name(index)},${classOf(index)}`)]);
    const unasked = await scan(folder, {});
    expect(unasked.report).toMatchObject({ images: 0, obstacles: [{ code: 'LABELS_FILE_MISSING' }, { code: 'FOLDER_EMPTY' }] }); // prettier-ignore
    expect(unasked.said.FOUND_BY_END?.message).toContain(`12 rows of the label file are found by the end of the path, such as ${name(0)} = images/n0.png: \`--match-ends\``); // prettier-ignore
    const asked = await scan(folder, { match: 'end' });
    expect(asked.report).toMatchObject({ images: 12, problems: [], obstacles: [] });
    expect(usedOf(asked)[1]).toBe('images/n1.png ill');
    expect(asked.said.MATCHED_BY_END).not.toHaveProperty('grave');
  });

  it('are those with the longest end in common; an end of several is refused, and said', async () => {
    const folder = await study(
      ['a/left/1.png', 'a/right/1.png', 'b/2.png', 'c/2.png', 'd/3.png'],
      ['file,label', 'C:\\x\\left\\1.png,l', 'C:\\x\\right\\1.png,r', '/else/2.png,l', '/else/d/3.png,r'],
    );
    const found = await scan(folder, { match: 'end' });
    expect(usedOf(found)).toEqual(['a/left/1.png l', 'a/right/1.png r', 'd/3.png r']);
    expect(found.report.problems).toEqual([
      expect.objectContaining({ file: '/else/2.png', code: 'LABELS_FILE_MISSING', message: 'Row 4 of the label file names a file, and several could be meant.' }), // prettier-ignore
    ]);
    expect(found.said.FILE_AMBIGUOUS?.message).toContain('1 row of the label file is not matched');
  });

  it('are never those that another name means better: of two folders one only may be here', async () => {
    const folder = await study(
      ['p2/1.png', 'p2/2.png', 'p2/3.png'],
      ['file,label', 'p1/1.png,x', 'p2/1.png,y', '/all/p1/2.png,x', '/all/p2/2.png,y', '/a/3.png,x', '/b/3.png,y'],
    );
    const found = await scan(folder, { match: 'end' });
    expect(usedOf(found)).toEqual(['p2/1.png y', 'p2/2.png y']);
    expect(found.report.problems.map(({ file }) => file)).toEqual(['/a/3.png', '/all/p1/2.png', '/b/3.png', 'p1/1.png']); // prettier-ignore
  });

  it('a path upwards means no file beside it', async () => {
    const folder = await study(['1.png', '2.png'], ['file,label', '../1.PNG,x', '2.png,y']);
    expect(usedOf(await scan(folder, {}))).toEqual(['2.png y']);
  });

  it('rows without a file can be accepted where others have one', async () => {
    const folder = await study(files, ['file,label', ...twelve((index) => `${files[index]},${classOf(index)}`), 'gone.png,ill']); // prettier-ignore
    const found = await scan(folder, {});
    expect(found.said.LABELS_FILE_MISSING).toMatchObject({ grave: true });
    expect(() => assertTrainable(found)).not.toThrow();
  });
});

describe('what a row says of the class', () => {
  const table = (values: readonly string[]) => study(values.map((_, index) => `${index}.png`), ['file,label', ...values.map((value, index) => `${index}.png,${value}`)]); // prettier-ignore
  const repeated = (...values: string[]) => [...values, ...values, ...values];

  it.each(['nan', 'NaN', 'NA', 'N/A', '<NA>', 'null', '-', '?'])('%s is no class beside others', async (word) => {
    const found = await scan(await table(repeated('ill', 'well', word)), {});
    expect(found.classes).toEqual(['ill', 'well']);
    expect(found.report.problems).toHaveLength(3);
    expect(found.report.problems[0]).toMatchObject({ code: 'LABELS_VALUE_MISSING', message: `Row 4 of the label file says "${word}", which was taken for no label.` }); // prettier-ignore
    expect(found.said.LABELS_MISSING?.message).toContain(`3 values were taken for no label, not for a class: "${word}" (3).`); // prettier-ignore
  });

  it('None is a class among words and missing among numbers; a minus beside a plus is a class', async () => {
    const words = await scan(await table(repeated('mass', 'None')), {});
    expect(words.classes).toEqual(['None', 'mass']);
    expect(words.said.NONE_IS_CLASS?.message).toContain('"None" (3) was taken for a class');
    expect((await scan(await table(repeated('0', '1.0', 'None')), {})).classes).toEqual(['0', '1.0']);
    expect((await scan(await table(repeated('+', '-')), {})).classes).toEqual(['+', '-']);
    expect((await scan(await table(repeated('NA', 'nan')), {})).classes).toEqual(['NA', 'nan']);
  });

  it('a person says what stands for a missing value, and nothing else does', async () => {
    const folder = await table(repeated('ill', 'well', 'NA', 'none', '99'));
    expect((await scan(folder, { missing: ['99', 'None'] })).classes).toEqual(['NA', 'ill', 'well']);
    expect((await scan(folder, { missing: [] })).classes).toEqual(['99', 'NA', 'ill', 'none', 'well']);
  });

  it('-1 beside 0 and 1 is asked about, and can be left out', async () => {
    const folder = await table(repeated('1.0', '0.0', '-1.0'));
    expect((await scan(folder, {})).said.UNCERTAIN_LABELS).toMatchObject({ grave: true, message: expect.stringContaining('3 images labelled "-1.0"') }); // prettier-ignore
    const left = await scan(folder, {}, { leaveOut: { files: [], classes: ['-1.0'] } });
    expect([left.classes, left.said.UNCERTAIN_LABELS]).toEqual([['0.0', '1.0'], undefined]);
    expect((await scan(await table(repeated('1', '-1')), {})).said.UNCERTAIN_LABELS).toBeUndefined();
  });

  it('several labels in a cell are asked about, and can be left out', async () => {
    const folder = await table(repeated('Mass', 'Hernia', 'Hernia|Mass', 'Mass|Nodule'));
    const found = await scan(folder, {});
    expect(found.said.SEVERAL_LABELS).toMatchObject({
      grave: true,
      message: expect.stringContaining(
        '6 images with several labels in one cell, such as "Hernia|Mass", "Mass|Nodule"',
      ),
    });
    const left = await scan(folder, { several: 'leave-out' });
    expect([left.classes, left.said.SEVERAL_LABELS]).toEqual([['Hernia', 'Mass'], undefined]);
    expect(left.report.problems.map(({ message }) => message)).toContain('Row 4 of the label file has 2 labels; as chosen, such images are left out.'); // prettier-ignore
    // A comma within a name is none between names.
    const names = await scan(await table(repeated('"Carcinoma, in situ"', 'Carcinoma', 'well')), {});
    expect(names.said.SEVERAL_LABELS).toBeUndefined();
    const both = await scan(await table(repeated('"Mass, Hernia"', 'Mass', 'Hernia')), {});
    expect(both.said.SEVERAL_LABELS?.message).toContain('3 images');
  });

  it('one of several columns is the class; rows with none, several or another value are listed', async () => {
    const rows = ['1.0,0.0,0', '0,1,0', '0,0,true', '1,,', '0,0,0', '1,1,0', '0.5,0,0'];
    const folder = await study(rows.map((_, index) => `${index}.png`), ['image,MEL,NV,BCC', ...rows.map((row, index) => `${index},${row}`)]); // prettier-ignore
    const found = await scan(folder, { fileColumn: 'image', oneHot: ['MEL', 'NV', 'BCC'] });
    expect(usedOf(found)).toEqual(['0.png MEL', '1.png NV', '2.png BCC', '3.png MEL']);
    expect(found.report.problems.map(({ file, message }) => `${file}: ${message}`)).toEqual([
      '4.png: Row 6 of the label file has no 1 in the columns of the classes.',
      '5.png: Row 7 of the label file has a 1 in several columns of the classes: MEL, NV.',
      '6.png: Row 8 of the label file has a value that is neither 0 nor 1 in the columns of the classes.',
    ]);
    await expect(scan(folder, { fileColumn: 'image', oneHot: ['MEL', 'SCC'] })).rejects.toMatchObject({
      code: 'LABELS_COLUMN_MISSING',
      details: { missing: ['SCC'] },
    });
  });
});

const faults = sharedData('..', 'faults', 'csv');
describe.skipIf(!faults)('tables that went wrong', () => {
  /** A copy of a table beside the images that it names. */
  async function faulty(table: string, labels: Partial<Labels>, more: Partial<DataSelection> = {}) {
    const folder = temporaryFolder();
    cpSync(join(faults!, 'images'), join(folder, 'images'), { recursive: true });
    cpSync(join(faults!, table), join(folder, 'labels.csv'));
    const found = await scan(folder, labels, more);
    return { ...found, counts: Object.fromEntries(found.report.classes.map(({ name, images }) => [name, images])) };
  }

  it('ham: names without an ending', async () => {
    const found = await faulty('ham/HAM10000_metadata.csv', { fileColumn: 'image_id', labelColumn: 'dx', groupColumn: 'lesion_id' }); // prettier-ignore
    expect(found.counts).toEqual({ mel: 8, nv: 8 });
    // Lesions are no patients, and nobody says so.
    expect(found.report).toMatchObject({ problems: [], groups: 8, grouping: 'group' });
    expect(found.said.GROUP_LESS_THAN_PATIENT?.message).toContain('‘lesion_id’');
  });

  it('isic2019: columns of 0.0 and 1.0', async () => {
    const found = await faulty('isic2019/ISIC_2019_Training_GroundTruth.csv', { fileColumn: 'image', oneHot: ['MEL', 'NV', 'UNK'] }); // prettier-ignore
    expect(found.counts).toEqual({ MEL: 8, NV: 8 });
  });

  it('chexpert: a foreign prefix, uncertain and blank labels', async () => {
    const columns = { fileColumn: 'Path', labelColumn: 'Pleural Effusion' };
    const found = await faulty('chexpert/train.csv', { ...columns, match: 'end' });
    expect(found.counts).toEqual({ '-1.0': 4, '0.0': 4, '1.0': 4 });
    expect(found.said).toMatchObject({ UNCERTAIN_LABELS: { grave: true }, MATCHED_BY_END: {} });
    const second = await faulty('chexpert/train2.csv', columns, { leaveOut: { files: [], classes: ['-1.0'] } });
    expect(second.counts).toEqual({ '0.0': 4, '1.0': 4 });
    expect(second.said.LABELS_MISSING?.message).toContain('"nan" (');
    // Its further rows name images that are not here.
    expect(second.said.LABELS_FILE_MISSING).toMatchObject({ grave: true });
    expect(second.report.obstacles).toEqual([]);
  });

  it('nih: several labels, and the ending of another format', async () => {
    const columns = { fileColumn: 'Image Index', labelColumn: 'Finding Labels', groupColumn: 'Patient ID' };
    const found = await faulty('nih/Data_Entry_2017.csv', columns);
    expect(found.said).toMatchObject({ SEVERAL_LABELS: { grave: true }, MATCHED_BY_SPELLING: {} });
    const left = await faulty('nih/Data_Entry_2017.csv', { ...columns, several: 'leave-out' });
    expect(left.classes.filter((name) => name.includes('|'))).toEqual([]);
  });

  it('floats: 1 and 1.0', async () => {
    expect((await faulty('floats/labels.csv', {})).counts).toEqual({ '0': 8, '1': 8 });
  });

  it('rsna: one row a box, one column for image and patient', async () => {
    const found = await faulty('rsna/stage_2_train_labels.csv', { fileColumn: 'patientId', labelColumn: 'Target', groupColumn: 'patientId' }); // prettier-ignore
    expect(found.report).toMatchObject({
      images: 16,
      groups: 16,
      groupSource: 'csv',
      grouping: 'patient',
      problems: [],
      obstacles: [],
    });
  });

  it('wide: a table that is not offered is named', async () => {
    const folder = temporaryFolder();
    cpSync(join(faults!, 'images'), join(folder, 'images'), { recursive: true });
    cpSync(join(faults!, '..', 'hostile', 'wide.csv'), join(folder, 'wide.csv'));
    const { report } = await scanDataset({ folder }, { salt: 'salt' });
    expect(report.warnings.map(({ code, message }) => `${code} ${message}`).join()).toMatch(
      /TABLE_NOT_OFFERED wide\.csv is not offered .* it has 50000 columns/,
    );
  });

  it.each([
    ['labelstudio/project-1.csv', { fileColumn: 'image', labelColumn: 'choice' }],
    ['winabs/labels.csv', {}],
  ])('%s: whole paths of another machine', async (table, columns) => {
    expect((await faulty(table, columns)).report.images).toBe(0);
    expect((await faulty(table, { ...columns, match: 'end' })).counts).toEqual({ mel: 8, nv: 8 });
  });
});
