import { chmodSync, copyFileSync, cpSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { auditReport, type DataSelection } from '../../../src-main/contract/data.ts';
import { assertTrainable, scanDataset } from '../../../src-main/engine/data/scan.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { put, smallDicom, smallPng, smallStudy } from '../../support/pictures.ts';
import { sharedData } from '../../support/shared.ts';

async function scan(selection: DataSelection, salt = 'salt') {
  const dataset = await scanDataset(selection, { salt });
  expect(auditReport.parse(dataset.report)).toEqual(dataset.report);
  return dataset;
}

const columns = { fileColumn: 'file', labelColumn: 'label' };
const codes = (entries: { code: string }[]) => entries.map(({ code }) => code);

describe('audit of class folders', () => {
  it('counts images and classes; what is no image is passed over, what is damaged is listed', async () => {
    const folder = temporaryFolder();
    await smallStudy(folder);
    put(folder, 'README.md', '# notes');
    put(folder, 'a/.hidden.png', 'x');
    put(folder, 'a/Thumbs.db', 'x');
    put(folder, '__MACOSX/a/p.png', 'x');
    put(folder, 'a/broken.png', (await smallPng(99)).subarray(0, 60));
    put(folder, 'b/empty.png', '');
    put(folder, 'b/text.dcm', 'not an image');
    const { report, images, classes } = await scan({ folder });
    expect(report).toMatchObject({ files: 19, images: 16, formats: [{ format: 'PNG', images: 16 }] });
    expect(classes).toEqual(['a', 'b']);
    expect(report.classes).toMatchObject([
      { name: 'a', images: 8, groups: 8 },
      { name: 'b', images: 8, groups: 8 },
    ]);
    expect(report.problems.map(({ file, code }) => [file, code])).toEqual([
      ['a/broken.png', 'IMAGE_CORRUPT'],
      ['b/empty.png', 'IMAGE_EMPTY'],
      ['b/text.dcm', 'IMAGE_WRONG_TYPE'],
    ]);
    expect(report.sizes).toEqual({ smallest: [24, 24], median: [24, 24], largest: [24, 24] });
    expect(codes(report.warnings)).toEqual(['SYSTEM_FILES', 'NO_PATIENTS']);
    expect(report.obstacles).toEqual([]);
    expect(images.map(({ file }) => file)).toEqual([...images.map(({ file }) => file)].sort());
  });

  it('reports progress to the end', async () => {
    const folder = temporaryFolder();
    await smallStudy(folder);
    const seen: [number, number][] = [];
    await scanDataset({ folder }, { salt: '', onProgress: (done, total) => seen.push([done, total]) });
    expect(seen[0]).toEqual([0, 16]);
    expect(seen.at(-1)).toEqual([16, 16]);
  });

  it('can be cancelled', async () => {
    const folder = temporaryFolder();
    await smallStudy(folder);
    const control = new AbortController();
    const work = scanDataset({ folder }, { salt: '', signal: control.signal, onProgress: () => control.abort() });
    await expect(work).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('the fingerprint depends on content, labels and groups, not on place, name or salt', async () => {
    const [one, two] = [temporaryFolder(), temporaryFolder()];
    await smallStudy(one);
    cpSync(one, two, { recursive: true });
    const first = await scan({ folder: one });
    const second = await scan({ folder: two }, 'another salt');
    expect(second.report.fingerprint).toBe(first.report.fingerprint);
    expect(second.images[0]!.group).not.toBe(first.images[0]!.group);
    copyFileSync(join(two, 'a/p0_0.png'), join(two, 'b/p0_0.png'));
    rmSync(join(two, 'a/p0_0.png'));
    expect((await scan({ folder: two })).report.fingerprint).not.toBe(first.report.fingerprint);
    const grouped = await scan({ folder: one, groupPattern: '(p\\d+)_' });
    expect(grouped.report.fingerprint).not.toBe(first.report.fingerprint);
  });

  it('links are followed, loops end, and a link to nowhere is a problem', async () => {
    const folder = temporaryFolder();
    await smallStudy(folder);
    symlinkSync(folder, join(folder, 'a/loop'));
    symlinkSync(join(folder, 'nowhere.png'), join(folder, 'a/dead.png'));
    const { report } = await scan({ folder });
    expect(report.images).toBe(16);
    expect(report.problems.map(({ file, code }) => [file, code])).toEqual([['a/dead.png', 'FILE_NOT_READABLE']]);
  });
});

describe('what stops an audit, and what stops training', () => {
  it('no folder, a file instead, an empty folder', async () => {
    const folder = temporaryFolder();
    await expect(scan({ folder: join(folder, 'x') })).rejects.toMatchObject({ code: 'FOLDER_NOT_FOUND' });
    const file = put(folder, 'only.txt', 'x');
    await expect(scan({ folder: file })).rejects.toMatchObject({ code: 'FOLDER_NOT_FOUND' });
    await expect(scan({ folder })).rejects.toMatchObject({ code: 'FOLDER_EMPTY' });
  });

  it.skipIf(process.platform === 'win32')(
    'a folder without permission; below a readable one it is a problem',
    async () => {
      const folder = temporaryFolder();
      await smallStudy(folder);
      put(folder, 'b/closed/x.png', await smallPng(5));
      chmodSync(join(folder, 'b/closed'), 0);
      chmodSync(folder, 0o755);
      // Root may read everything: it steps down for the while. The reader threads start before that.
      const root = process.geteuid?.() === 0;
      if (root) process.seteuid!(65534);
      try {
        const { walkFolder } = await import('../../../src-main/engine/data/walk.ts');
        expect((await walkFolder(folder)).problems).toEqual([
          expect.objectContaining({ file: 'b/closed', code: 'FOLDER_NOT_READABLE' }),
        ]);
        await expect(walkFolder(join(folder, 'b/closed'))).rejects.toMatchObject({
          code: 'FOLDER_NOT_READABLE',
          message: expect.stringContaining('no permission'),
        });
      } finally {
        if (root) process.seteuid!(0);
        chmodSync(join(folder, 'b/closed'), 0o755);
      }
    },
  );

  it('only unreadable files: an obstacle, and each with its reason', async () => {
    const folder = temporaryFolder();
    put(folder, 'a/x.png', '');
    put(folder, 'b/y.png', 'text');
    const dataset = await scan({ folder });
    expect(codes(dataset.report.problems)).toEqual(['IMAGE_EMPTY', 'IMAGE_WRONG_TYPE']);
    expect(codes(dataset.report.obstacles)).toEqual(['FOLDER_EMPTY']);
    expect(() => assertTrainable(dataset)).toThrow(expect.objectContaining({ code: 'FOLDER_EMPTY' }));
  });

  it('images outside of class folders are listed', async () => {
    const folder = temporaryFolder();
    put(folder, 'x.png', await smallPng(1));
    const { report } = await scan({ folder });
    expect(codes(report.problems)).toEqual(['LABELS_VALUE_MISSING']);
    expect(report.obstacles[0]!.message).toContain('none is in a class folder');
  });

  it('one class', async () => {
    const folder = temporaryFolder();
    for (let index = 0; index < 5; index++) put(folder, `only/${index}.png`, await smallPng(index));
    const dataset = await scan({ folder });
    expect(dataset.report.obstacles).toEqual([
      expect.objectContaining({
        code: 'ONE_CLASS',
        message: expect.stringContaining('All 5 images are of one class, "only"'),
      }),
    ]);
  });

  it('a class with one patient', async () => {
    const folder = temporaryFolder();
    await smallStudy(folder);
    for (let index = 0; index < 4; index++) put(folder, `rare/q1_${index}.png`, await smallPng(100 + index));
    const dataset = await scan({ folder, groupPattern: '([pq]\\d+)_' });
    expect(dataset.report.obstacles).toEqual([
      expect.objectContaining({
        code: 'TOO_FEW_GROUPS',
        message: expect.stringContaining('"rare" (1 patient, 4 images)'),
      }),
    ]);
    expect(() => assertTrainable(dataset)).toThrow(expect.objectContaining({ code: 'TOO_FEW_GROUPS' }));
  });

  it('train and test as class folders, very unequal classes, copies under two labels: warnings', async () => {
    const folder = temporaryFolder();
    for (let index = 0; index < 36; index++) put(folder, `train/${index}.png`, await smallPng(index));
    for (let index = 0; index < 3; index++) put(folder, `test/${index}.png`, await smallPng(index));
    const { report } = await scan({ folder });
    expect(codes(report.warnings)).toEqual(['SPLIT_FOLDERS', 'NO_PATIENTS', 'IMBALANCE', 'DUPLICATE_LABELS']);
    expect(report.warnings[3]!.message).toContain('test/0.png = train/0.png');
  });
});

describe('patients', () => {
  it('from DICOM headers, as salted hashes; images without one count as their own', async () => {
    const folder = temporaryFolder();
    for (let index = 0; index < 12; index++)
      put(folder, `${index % 2 ? 'a' : 'b'}/${index}`, smallDicom(index, `DOE-${Math.floor(index / 4)}`));
    put(folder, 'a/plain.png', await smallPng(1));
    const { report, images } = await scan({ folder });
    expect(report).toMatchObject({ images: 13, groups: 4, groupSource: 'dicom', grouping: 'group' });
    expect(codes(report.warnings)).toEqual(['PATIENT_MISSING']);
    expect(JSON.stringify([report, images])).not.toContain('DOE');
    expect(images[0]!.group).toMatch(/^[0-9a-f]{32}$/);
  });

  it('from a pattern on the path, which wins over DICOM', async () => {
    const folder = temporaryFolder();
    for (let index = 0; index < 12; index++)
      put(folder, `${index % 2 ? 'a' : 'b'}/case${index % 6}_${index}.dcm`, smallDicom(index, 'same'));
    expect((await scan({ folder })).report).toMatchObject({ groups: 12, groupSource: 'none', grouping: 'image' });
    const { report } = await scan({ folder, groupPattern: '(case\\d+)_' });
    expect(report).toMatchObject({ groups: 6, groupSource: 'pattern' });
  });

  it('a pattern that is none, captures nothing or matches nothing is refused', async () => {
    const folder = temporaryFolder();
    await smallStudy(folder);
    for (const groupPattern of ['(', 'p\\d', '(zz\\d+)'])
      await expect(scan({ folder, groupPattern })).rejects.toMatchObject({ code: 'GROUP_PATTERN_INVALID' });
  });

  it('identical files under different patients are a warning', async () => {
    const folder = temporaryFolder();
    await smallStudy(folder);
    copyFileSync(join(folder, 'a/p0_0.png'), join(folder, 'a/p2_9.png'));
    const { report } = await scan({ folder, groupPattern: '(p\\d+)_' });
    expect(codes(report.warnings)).toEqual(['DUPLICATE_GROUPS']);
  });
});

describe('labels from a table', () => {
  async function study(table: string | Buffer, name = 'labels.csv') {
    const folder = temporaryFolder();
    await smallStudy(folder);
    const csv = put(folder, name, table);
    return { folder, csv };
  }
  const rows = (folderOf: (patient: number) => string, separator = ',') =>
    Array.from({ length: 16 }, (_, index) => {
      const patient = Math.floor(index / 2);
      return [`${folderOf(patient)}/p${patient}_${index % 2}.png`, patient < 4 ? 'ill' : 'well', `P${patient}`].join(
        separator,
      );
    });
  const own = (patient: number) => (patient % 2 === 0 ? 'a' : 'b');

  it.each([
    [
      'commas, quotes and a byte order mark',
      (lines: string[]) =>
        `\ufefffile,label,group\r\n"${lines[0]!.split(',')[0]}",ill,P0\r\n${lines.slice(1).join('\r\n')}\r\n`,
    ],
    ['semicolons', (lines: string[]) => `file;label;group\n${lines.join('\n').replaceAll(',', ';')}\n\n`],
    [
      'tabs and backslashes',
      (lines: string[]) => `file\tlabel\tgroup\n${lines.join('\n').replaceAll(',', '\t').replaceAll('/', '\\')}`,
    ],
    [
      'UTF-16, as Excel saves',
      (lines: string[]) =>
        Buffer.from(`\ufefffile\tlabel\tgroup\n${lines.join('\n').replaceAll(',', '\t')}`, 'utf16le'),
    ],
  ])('%s', async (_name, write) => {
    const { folder, csv } = await study(write(rows(own)));
    const dataset = await scan({ folder, labels: { csv, ...columns, groupColumn: 'group' } });
    expect(dataset.report).toMatchObject({ images: 16, groups: 8, groupSource: 'csv', problems: [], obstacles: [] });
    expect(dataset.classes).toEqual(['ill', 'well']);
    expect(dataset.report.csvFiles).toEqual([{ path: csv, columns: ['file', 'label', 'group'] }]);
    expect(JSON.stringify(dataset.images)).not.toContain('P0');
  });

  it('a path relative to the folder finds the table', async () => {
    const { folder } = await study(`file,label,group\n${rows(own).join('\n')}`, 'tables/own.csv');
    expect((await scan({ folder, labels: { csv: 'tables/own.csv', ...columns } })).report.images).toBe(16);
  });

  it('a missing column is refused with the columns there are', async () => {
    const { folder, csv } = await study('image,diagnosis\nx.png,1');
    await expect(scan({ folder, labels: { csv, ...columns } })).rejects.toMatchObject({
      code: 'LABELS_COLUMN_MISSING',
      message: 'The label file has no column "file" and no column "label"; its columns are "image", "diagnosis".',
      details: { missing: ['file', 'label'], columns: ['image', 'diagnosis'] },
    });
  });

  it('a table that is missing, empty or not closed is refused', async () => {
    const { folder, csv } = await study('file,label\n"a/p0_0.png,ill\n');
    const labels = { csv, ...columns };
    await expect(scan({ folder, labels })).rejects.toMatchObject({ code: 'LABELS_NOT_READABLE' });
    put(folder, 'labels.csv', '');
    await expect(scan({ folder, labels })).rejects.toMatchObject({ code: 'LABELS_NOT_READABLE' });
    await expect(scan({ folder, labels: { ...labels, csv: 'no.csv' } })).rejects.toMatchObject({
      code: 'LABELS_NOT_READABLE',
      message: 'The label file no.csv cannot be read: it does not exist.',
    });
  });

  it('files that do not exist are a grave finding with their number, and the rest is audited', async () => {
    const { folder, csv } = await study(
      `file,label,group\n${rows(own).join('\n')}\na/none.png,ill,P1\n../x.png,ill,P2\n,ill,P3\n`,
    );
    const dataset = await scan({ folder, labels: { csv, ...columns } });
    expect(dataset.report.images).toBe(16);
    expect(codes(dataset.report.problems)).toEqual(Array(3).fill('LABELS_FILE_MISSING'));
    // A download that is not whole can be accepted; a table that names nothing cannot.
    expect(dataset.report.obstacles).toEqual([]);
    expect(dataset.report.warnings).toContainEqual({
      code: 'LABELS_FILE_MISSING',
      message:
        'The label file names 3 of 19 files that are not in the folder: a/none.png, ../x.png, row 20 (no file name).',
      grave: true,
    });
  });

  it('a file named twice is an obstacle with its rows', async () => {
    const { folder, csv } = await study(`file,label,group\n${rows(own).join('\n')}\n./a/p0_0.png,well,P0\n`);
    const dataset = await scan({ folder, labels: { csv, ...columns } });
    expect(dataset.report.obstacles).toEqual([
      expect.objectContaining({
        code: 'LABELS_DUPLICATE',
        message:
          'The label file names a file more than once, with different labels or patients: a/p0_0.png (rows 2, 18).',
      }),
    ]);
    expect(() => assertTrainable(dataset)).toThrow(expect.objectContaining({ code: 'LABELS_DUPLICATE' }));
  });

  it('rows that say the same of one file, such as one a box, are one; however many they are', async () => {
    const { folder, csv } = await study(
      `file,label,group\n${rows(own).join('\n')}\n${'a/p0_0.png,ill,P0\n'.repeat(100_000)}`,
    );
    const { report } = await scan({ folder, labels: { csv, ...columns } });
    expect(report).toMatchObject({ images: 16, obstacles: [], problems: [] });
  });

  it('names without folder or file type are matched where only one file has them, and it is said', async () => {
    const lines = rows(own).map((row) => row.split(',')).map(([file, ...rest]) => [file!.replace(/^.*\/|\.png$/g, ''), ...rest].join()); // prettier-ignore
    const { folder, csv } = await study(`file,label,group\n${lines.join('\n')}\n`);
    const first = (await scan({ folder, labels: { csv, ...columns } })).report;
    expect(first).toMatchObject({ images: 16, problems: [], obstacles: [] });
    expect(codes(first.warnings)).toContain('MATCHED_BY_NAME');
    put(folder, 'b/p0_0.png', await smallPng(500));
    const second = (await scan({ folder, labels: { csv, ...columns } })).report;
    expect(second.problems.map(({ file, code }) => [file, code])).toEqual([['p0_0', 'LABELS_FILE_MISSING']]);
  });

  it('1 and 1.0 in one column are one class', async () => {
    const lines = rows(own).map((row, index) => row.replace(/ill|well/, (label) => (label === 'ill' ? (index % 2 ? '1' : '1.0') : '0.0'))); // prettier-ignore
    const { folder, csv } = await study(`file,label,group\n${lines.join('\n')}\n`);
    expect((await scan({ folder, labels: { csv, ...columns } })).classes).toEqual(['0.0', '1']);
  });

  it('a column of names is no column of classes', async () => {
    const { folder, csv } = await study(
      `file,label\n${rows(own).map((row, index) => `${row.split(',')[0]},name ${index}`).join('\n')}`, // prettier-ignore
    );
    put(folder, 'wide/x.png', await smallPng(1));
    const many = Array.from({ length: 1001 }, (_, index) => `many/${index}.png,label ${index}`);
    const bytes = await smallPng(2);
    for (let index = 0; index < many.length; index++) put(folder, `many/${index}.png`, bytes);
    put(folder, 'many.csv', `file,label\n${many.join('\n')}`);
    expect((await scan({ folder, labels: { csv, ...columns } })).report.obstacles[0]!.code).toBe('TOO_FEW_GROUPS');
    const { report } = await scan({ folder, labels: { csv: 'many.csv', ...columns } });
    expect(report.obstacles).toEqual([
      expect.objectContaining({
        code: 'TOO_MANY_CLASSES',
        message:
          'The images have 1001 different labels, such as "label 0", "label 1", "label 10", "label 100"; Cutpoint trains up to 1000 classes.',
      }),
    ]);
    // What the sentences say stays short.
    expect(Math.max(...report.warnings.map(({ message }) => message.length))).toBeLessThan(1000);
  });

  it('a pattern that backtracks for ever is stopped and does not hold the engine', async () => {
    const folder = temporaryFolder();
    await smallStudy(folder);
    put(folder, `a/${'x'.repeat(60)}.png`, await smallPng(77));
    let [longest, last] = [0, performance.now()];
    const beat = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 20);
    await expect(scan({ folder, groupPattern: '/((\\w+)+)!' })).rejects.toMatchObject({
      code: 'GROUP_PATTERN_INVALID',
      message: expect.stringContaining('took more time than any pattern should'),
    });
    clearInterval(beat);
    expect(longest).toBeLessThan(2000);
  });

  it('rows without a label are listed; files without a row are counted', async () => {
    const { folder, csv } = await study(
      `file,label,group\n${rows(own).slice(0, 14).join('\n')}\na/p7_0.png,,P7\nb/p7_0.png,,P7`,
    );
    const { report } = await scan({ folder, labels: { csv, ...columns } });
    expect(report.problems.map(({ file, code }) => [file, code])).toEqual([
      ['a/p7_0.png', 'LABELS_FILE_MISSING'],
      ['b/p7_0.png', 'LABELS_VALUE_MISSING'],
    ]);
    expect(report.warnings).toContainEqual({
      code: 'UNLISTED',
      message: '1 file of the folder is not in the label file and is not used.',
    });
  });
});

const cxr = sharedData('cxr_pneumonia');
describe.skipIf(!cxr)('cxr_pneumonia', () => {
  it('has the counts of its README', async () => {
    const { report } = await scan({ folder: cxr!, labels: { csv: 'labels.csv', ...columns, groupColumn: 'group' } });
    expect(report).toMatchObject({
      images: 1098,
      groups: 808,
      groupSource: 'csv',
      classes: [
        { name: 'NORMAL', images: 548 },
        { name: 'PNEUMONIA', images: 550 },
      ],
      problems: [],
      obstacles: [],
    });
  });
});
