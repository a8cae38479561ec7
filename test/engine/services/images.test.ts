import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rowsOf } from '../../../src-main/contract/table.ts';
import { folderForFile } from '../../support/folder.ts';
import { put, smallDicom, smallPng } from '../../support/pictures.ts';
import { services, tinyPlan } from './inProcess.ts';

const folder = folderForFile();
const data = join(folder, 'data');
let engine: Awaited<ReturnType<typeof services>>;
beforeAll(async () => {
  for (let index = 0; index < 24; index++) {
    const name = ['normal', 'benign', 'malignant'][index % 3];
    put(data, `${name}/${index}.dcm`, smallDicom(index, `P${Math.floor(index / 6)}`, { scanner: 'Alpha' }));
  }
  const copy = await smallPng(5);
  for (const name of ['normal', 'benign']) put(data, `${name}/copy.png`, copy);
  put(data, 'normal/broken.png', copy.subarray(0, 40));
  engine = await services(join(folder, 'workspace'));
});
afterAll(() => engine.close());

describe('data.images', () => {
  it('lists what the audit found, without anything that says whose an image is', async () => {
    const report = await engine.call('data.audit', { folder: data });
    const listed = await engine.call('data.images', { folder: data });
    const { images, leftOut, fingerprint, splitProblem } = listed;
    const rows = rowsOf(images);
    expect(rows).toHaveLength(report.images);
    expect(fingerprint).toBe(report.fingerprint);
    expect(new Set(rows.map(({ group }) => group)).size).toBe(report.groups);
    expect(Math.max(...rows.map(({ group }) => group))).toBe(report.groups);
    expect(rows.find(({ file }) => file === 'normal/0.dcm')).toEqual({
      ...{ file: 'normal/0.dcm', label: 'normal', group: rows.find(({ file }) => file === 'malignant/2.dcm')!.group },
      ...{ format: 'DICOM', width: 24, height: 24, bits: 8, frames: 1, scanner: 'Alpha', findings: [], part: null },
    });
    const copies = rows.filter(({ file }) => file.endsWith('copy.png'));
    expect(copies.map(({ findings }) => findings)).toEqual([
      ['DUPLICATE', 'DUPLICATE_LABELS'],
      ['DUPLICATE', 'DUPLICATE_LABELS', 'REPEATED'],
    ]);
    expect(leftOut.map(({ file, code }) => [file, code])).toEqual([['normal/broken.png', 'IMAGE_CORRUPT']]);
    expect(splitProblem).toBeNull();
    expect(listed.folder).toBe(report.folder);
    expect(listed.greyScale).toEqual(report.greyScale?.applied);
    expect(JSON.stringify(images)).not.toMatch(/P\d|[0-9a-f]{32}/);
  });

  it('has the part that a run with the same split gives each image, and says why there is none', async () => {
    const plan = { split: { validation: 0.25, test: 0.25 }, seed: 7 };
    const rows = rowsOf((await engine.call('data.images', { folder: data, plan })).images);
    const { id, end } = await engine.train(
      tinyPlan(data, { data: { folder: data }, ...plan, epochs: 1, accept: ['all'] }),
    );
    await end;
    const run = await engine.opened({ id });
    const counted = (part: string) => rows.filter((row) => row.part === part).length;
    expect(counted('test')).toBe(run.test!.images);
    expect(new Set(rows.map(({ group, part }) => `${group} ${part}`)).size).toBe(
      new Set(rows.map(({ group }) => group)).size,
    );
    const { splitProblem } = await engine.call('data.images', { folder: data, plan, groupPattern: '^([a-z]+)' });
    expect(splitProblem).toMatchObject({ code: 'TOO_FEW_GROUPS' });
  });

  it('has no part where no image can be used', async () => {
    put(join(folder, 'loose'), 'a.png', await smallPng(1));
    const plan = { split: { validation: 0.25, test: 0.25 }, seed: 7 };
    const { images, splitProblem } = await engine.call('data.images', { folder: join(folder, 'loose'), plan });
    expect([rowsOf(images), splitProblem]).toEqual([[], null]);
  });
});

describe('a folder to test on', () => {
  const apart = join(folder, 'apart');
  beforeAll(() => {
    for (let index = 0; index < 6; index++) {
      const name = index % 2 ? 'benign' : 'malignant';
      put(apart, `${name}/${index}.dcm`, smallDicom(100 + index, `Q${index >> 1}`));
    }
  });

  it('is the test part, whole; the others have none', async () => {
    const { images, splitProblem } = await engine.call('data.images', { folder: apart, testOf: { folder: data } });
    const rows = rowsOf(images);
    expect(rows.map(({ part }) => part)).toEqual(Array(6).fill('test'));
    expect(new Set(rows.map(({ group }) => group)).size).toBe(3);
    expect(splitProblem).toBeNull();
    const plan = { split: { validation: 0.25, test: 0.25 }, testFolder: true };
    const others = rowsOf((await engine.call('data.images', { folder: data, plan })).images);
    expect(new Set(others.map(({ part }) => part))).toEqual(new Set(['train', 'validation']));
  });

  it('is told apart where its patients are trained on, or where it has a class that is not', async () => {
    const asked = async (of: { folder: string; leaveOut?: { classes: string[] } }) => {
      const { images, splitProblem } = await engine.call('data.images', { folder: apart, testOf: of });
      expect(new Set(rowsOf(images).map(({ part }) => part))).toEqual(new Set([null]));
      return splitProblem;
    };
    const same = await engine.call('data.images', { folder: data, testOf: { folder: data } });
    expect(same.splitProblem).toMatchObject({ code: 'TEST_OVERLAPS' });
    const benign = join(folder, 'benign only');
    for (let index = 0; index < 4; index++) put(benign, `benign/${index}.dcm`, smallDicom(50 + index, `R${index}`));
    expect(await asked({ folder: benign })).toMatchObject({ code: 'CLASSES_DIFFER' });
  });
});

it('a folder of which nothing can be used has no split, and no list', async () => {
  const empty = join(folder, 'empty');
  put(empty, 'a/broken.png', 'no image');
  const plan = { split: { validation: 0.25, test: 0.25 } };
  const { images, splitProblem, leftOut } = await engine.call('data.images', { folder: empty, plan });
  expect([rowsOf(images), splitProblem, leftOut.length]).toEqual([[], null, 1]);
});

describe('what a person decides about the data', () => {
  it('left out and joined: the report says so, the list has it, and the rest is as before', async () => {
    const selection = {
      folder: data,
      leaveOut: { files: ['normal/copy.png', 'normal/broken.png'], classes: [] },
      join: { benign: 'lesion', malignant: 'lesion' },
    };
    const report = await engine.call('data.audit', selection);
    expect(report.classes.map(({ name, images }) => [name, images])).toEqual([['lesion', 17], ['normal', 8]]); // prettier-ignore
    expect(report.problems).toEqual([]);
    expect(report.warnings.map(({ message }) => message)).toEqual(
      expect.arrayContaining([
        'As chosen, 2 files are left out: 2 single files.',
        'As chosen, images labelled "benign", "malignant" are counted as "lesion".',
      ]),
    );
    const { leftOut } = await engine.call('data.images', selection);
    expect(leftOut.map(({ file, code }) => [file, code])).toEqual([
      ['normal/broken.png', 'LEFT_OUT'],
      ['normal/copy.png', 'LEFT_OUT'],
    ]);
    const without = await engine.call('data.audit', { folder: data, leaveOut: { classes: ['normal'] } });
    expect(without.classes.map(({ name }) => name)).toEqual(['benign', 'malignant']);
  });

  it('a run learns the joined classes, and other data are joined for it in the same way', async () => {
    const chosen = { folder: data, leaveOut: { files: ['normal/copy.png'] }, join: { benign: 'lesion', malignant: 'lesion' } }; // prettier-ignore
    const { id, end } = await engine.train(
      tinyPlan(data, { data: chosen, epochs: 1, split: { validation: 0.25, test: 0.25 }, accept: ['all'] }),
    );
    await end;
    const run = await engine.call('run.get', { id });
    expect(run.classes).toEqual(['normal', 'lesion']);
    const evaluation = await engine.call('run.evaluate', { id, data: { folder: data } });
    expect(evaluation).toMatchObject({ images: 26, classes: ['normal', 'lesion'] });
  });
});

it('how DICOM images are stored is counted', async () => {
  const { dicom } = await engine.call('data.audit', { folder: data });
  expect(dicom).toEqual({
    images: 24,
    photometric: [{ value: 'MONOCHROME2', images: 24 }],
    transferSyntax: [{ value: 'Explicit VR Little Endian', images: 24 }],
    bitsStored: [{ value: '8', images: 24 }],
    windows: [{ value: 'none', images: 24 }],
    manufacturer: [{ value: 'Alpha', images: 24 }],
    modality: [{ value: 'OT', images: 24 }],
    view: [{ value: 'not-said', images: 24 }],
    spacing: [{ value: 'not-said', images: 24 }],
    ...{ sex: [{ value: 'not-said', images: 24 }], station: [{ value: 'not-said', images: 24 }] },
    year: [{ value: 'not-said', images: 24 }],
    hounsfield: 0,
  });
});

describe('data.glance', () => {
  const glance = (files: Record<string, string>) => {
    const at = join(folder, `glance ${Object.keys(files)[0]!.replaceAll('/', ' ')}`);
    for (const [file, text] of Object.entries(files)) put(at, file, text);
    return engine.call('data.glance', { folder: at });
  };

  it('counts folders without opening a file, and takes a table that names its files', async () => {
    const found = await glance({
      ...Object.fromEntries(['a/1', 'a/2', 'b/3', 'b/4'].map((name) => [`${name}.png`, 'no image'])),
      'labels.csv': 'patient_id,image,diagnosis\np1,a/1.png,x\np2,a/2.png,y\np3,3,x\np4,b/4.png,y\n',
    });
    expect(found).toMatchObject({
      files: 4,
      folders: [
        { name: 'a', files: 2 },
        { name: 'b', files: 2 },
      ],
      loose: 0,
      endings: [{ ending: 'png', files: 4 }],
      findings: [],
    });
    expect(found.suggested).toBe(found.tables[0]!.path);
    expect(found.tables).toMatchObject([
      {
        columns: ['patient_id', 'image', 'diagnosis'],
        guess: { fileColumn: 'image', labelColumn: 'diagnosis', groupColumn: 'patient_id' },
        labels: 2,
        matched: { rows: 4, of: 4 },
      },
    ]);
    expect(found.tables[0]!.rows[0]).toEqual(['p1', 'a/1.png', 'x']);
  });

  it('guesses columns by what they hold where their names say nothing', async () => {
    const rows = Array.from({ length: 8 }, (_, at) => `${at},${at}.png,${at % 2 ? 'yes' : 'no'},note ${at}`);
    const found = await glance({
      ...Object.fromEntries(rows.map((_, at) => [`${at}.png`, 'x'])),
      'table.csv': ['n,name,what,remark', ...rows].join('\n'),
    });
    expect(found.tables[0]!.guess).toEqual({ fileColumn: 'name', labelColumn: 'what', groupColumn: null });
    expect(found.suggested).not.toBeNull();
  });

  it.each([
    ['MASKS', { 'images/1.png': '', 'masks/1.png': '' }],
    ['MASKS', { 'benign/1.png': '', 'benign/1_mask.png': '', 'other/2.png': '' }],
    ['SINGLE_IMAGE_FOLDERS', Object.fromEntries(Array.from({ length: 9 }, (_, at) => [`case ${at}/x.png`, '']))],
    ['SPLIT_FOLDERS', { 'train/1.png': '', 'test/2.png': '' }],
    // A second copy, or a folder of samples, makes no classes of them.
    ['SPLIT_FOLDERS', { 'train/a/1.png': '', 'val/a/2.png': '', 'copy/train/a/1.png': '' }],
    ['NO_LABELS', { 'one.png': '', 'two.png': '' }],
    [
      'MANY_LABELS',
      {
        'q0.png': '',
        'q.csv': ['file,label', ...Array.from({ length: 80 }, (_, at) => `q0.png,note ${at}`)].join('\n'),
      },
    ],
    ['TABLE_NAMES_NO_FILE', { 'w/1.png': '', 'v/2.png': '', 'w.csv': 'file,label\nelse.png,a\nother.png,b\n' }],
  ])('asks about %s', async (code, files) => {
    const { findings, suggested } = await glance(files);
    expect(findings.map((each) => each.code)).toContain(code);
    expect(suggested).toBeNull();
  });

  it('recognises a published table and says how it is read, and takes it only when asked', async () => {
    const names = Array.from({ length: 8 }, (_, at) => `ISIC_${at}`);
    const images = Object.fromEntries(names.map((name) => [`skin/${name}.jpg`, 'x']));
    const rows = names.map((name, at) => `HAM_${at >> 1},${name},${at % 2 ? 'mel' : 'nv'},histo,50`);
    const ham = await glance({ 'HAM10000_metadata.csv': ['lesion_id,image_id,dx,dx_type,age', ...rows].join('\n'), ...images }); // prettier-ignore
    expect(ham.suggested).toBeNull();
    expect(ham.tables[0]).toMatchObject({
      guess: { fileColumn: 'image_id', labelColumn: 'dx', groupColumn: 'lesion_id' },
      layout: { name: 'HAM10000' },
      matched: { rows: 8, of: 8 },
    });
    expect(ham.findings.map(({ message }) => message)).toEqual([
      'HAM10000_metadata.csv has the columns of HAM10000: the image is ‘image_id’, the class ‘dx’, and ‘lesion_id’ keeps images together. Images of one lesion stay together; the table does not say which lesions are of one patient.',
    ]);
    const hot = names.map((name, at) => `${name},${at % 2},${1 - (at % 2)},0`);
    const isic = await glance({ 'isic.csv': ['image,MEL,NV,UNK', ...hot].join('\n'), ...images });
    expect(isic.tables[0]).toMatchObject({ guess: { labelColumn: null }, oneHot: ['MEL', 'NV', 'UNK'] });
    expect([isic.suggested, isic.findings[0]!.code]).toEqual([null, 'TABLE_LAYOUT']);
    // Of another folder it is none.
    const other = await glance({ 'other/1.png': 'x', 'HAM.csv': ['lesion_id,image_id,dx', 'a,b,c'].join('\n') });
    expect(other.findings.map(({ code }) => code)).not.toContain('TABLE_LAYOUT');
    const paths = names.map((_, at) => `CheXpert-v1.0/train/patient0000${at}/study1/view1.jpg,M,50,${(at % 3) - 1}.0`);
    const chexpert = await glance({
      'train.csv': ['Path,Sex,Age,Edema', ...paths].join('\n'),
      ...Object.fromEntries(names.map((_, at) => [`train/patient0000${at}/study1/view1.jpg`, 'x'])),
    });
    expect(chexpert.tables[0]).toMatchObject({ byEnd: 8, layout: { name: 'CheXpert', groupPattern: '(patient\\d+)' } });
    expect(chexpert.findings.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['TABLE_LAYOUT', 'FOUND_BY_END', 'UNCERTAIN_LABELS']),
    );
  });

  it('says of published tables with several labels how each is learnt on its own', async () => {
    const header = 'Path,Sex,Age,No Finding,Edema,Support Devices';
    const chexpert = await glance({ 'a.png': 'x', 'train.csv': [header, 'a.png,M,50,,1.0,-1.0'].join('\n') });
    // "No Finding" is none of them, and the labels are those of the groups of CheXpert, in their order.
    expect(chexpert.tables[0]!.layout!.several).toEqual({ columns: ['Edema', 'Support Devices'] });
    const nih = await glance({ 'a.png': 'x', 'nih.csv': ['Image Index,Finding Labels,Patient ID', 'a.png,Mass|Edema,1'].join('\n') }); // prettier-ignore
    expect(nih.tables[0]!.layout!.several).toEqual({ separator: '|' });
  });

  it('asks about columns of 0 and 1, files found by their ends, and columns of one name; says what is not offered', async () => {
    const images = Object.fromEntries(Array.from({ length: 8 }, (_, at) => [`n${at}.png`, 'x']));
    const rows = (write: (at: number) => string) => Array.from({ length: 8 }, (_, at) => write(at));
    const hot = await glance({ 'hot.csv': ['file,age,cat,dog', ...rows((at) => `n${at}.png,1,${at % 2},${(at + 1) % 2}`)].join('\n'), ...images }); // prettier-ignore
    expect(hot.tables[0]).toMatchObject({ guess: { labelColumn: null }, oneHot: ['cat', 'dog'] });
    const two = await glance({ 'two.csv': ['file,cat,dog', ...rows((at) => `n${at}.png,${at % 2},${(at + 1) % 2}`)].join('\n'), ...images }); // prettier-ignore
    expect(two.findings.map(({ code }) => code)).toContain('ONE_HOT');
    expect([two.suggested, two.tables[0]!.oneHot]).toEqual([null, ['cat', 'dog']]);
    const ends = await glance({ 'ends.csv': ['file,label', ...rows((at) => `C:\\x\\n${at}.png,${at % 2}`)].join('\n'), ...images }); // prettier-ignore
    expect(ends.findings[0]).toMatchObject({ code: 'FOUND_BY_END', message: expect.stringMatching(/^8 of 8 rows/) });
    expect([ends.suggested, ends.tables[0]!.byEnd]).toEqual([null, 8]);
    const alike = await glance({ 'alike.csv': ['file,label,label', ...rows((at) => `n${at}.png,${at % 2},0`)].join('\n'), ...images }); // prettier-ignore
    expect(alike.suggested).toBeNull();
    expect(alike.findings.map(({ code }) => code)).toContain('COLUMNS_ALIKE');
    const wide = await glance({ 'wide.csv': Array.from({ length: 3000 }, (_, at) => `c${at}`).join(','), ...images });
    expect(wide.findings.map(({ code, message }) => `${code} ${message}`).join()).toMatch(
      /TABLE_NOT_OFFERED wide.csv .* it has 3000 columns/,
    );
    // One column is never the file and whose it is.
    const self = await glance({ 'self.csv': ['patient_id,label', ...rows((at) => `n${at},${at % 2}`)].join('\n'), ...images }); // prettier-ignore
    expect(self.tables[0]!.guess).toEqual({ fileColumn: 'patient_id', labelColumn: 'label', groupColumn: null });
  });

  it('names the masks that lie among the images of a class', async () => {
    const { masks } = await glance({ 'benign/3.png': '', 'benign/3_mask.png': '', 'other/4.png': '', 'other/4_mask_1.png': '', 'other/5_mask.png': '' }); // prettier-ignore
    // A name alone makes none: the last belongs to no image.
    expect(masks).toEqual(['benign/3_mask.png', 'other/4_mask_1.png']);
    // Those of a folder of masks are its class, which is left out as a whole.
    expect((await glance({ 'pictures/5.png': '', 'masks/5_mask.png': '' })).masks).toEqual([]);
  });
});

it('copies across patients are listed as sets, so that these can be made one', async () => {
  const copies = join(folder, 'copies');
  for (let index = 0; index < 6; index++)
    put(copies, `${index % 2 ? 'a' : 'b'}/p${index}_1.png`, await smallPng(index));
  for (const name of ['p1_2', 'p3_2']) put(copies, `a/${name}.png`, await smallPng(77));
  const selection = { folder: copies, groupPattern: '(p\\d+)_' };
  const before = await engine.call('data.images', selection);
  const files = rowsOf(before.images).map(({ file }) => file);
  expect(before.repeats!.map((set) => set.map((at) => files[at]))).toEqual([['a/p1_2.png', 'a/p3_2.png']]);
  const resolutions = [{ kind: 'merge' as const, files: ['a/p1_2.png', 'a/p3_2.png'] }];
  expect((await engine.call('data.images', { ...selection, resolutions })).repeats).toEqual([]);
  // Where no patients are known, none are to be made one.
  expect((await engine.call('data.images', { folder: copies })).repeats).toEqual([]);
});
