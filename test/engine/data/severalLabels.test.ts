import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dataSelection, type SeveralLabels } from '../../../src-main/contract/data.ts';
import { LABEL_GROUPS } from '../../../src-main/contract/labelGroups.ts';
import { decodeRows, encodeRow } from '../../../src-main/contract/labelRows.ts';
import { scanDataset } from '../../../src-main/engine/data/scan.ts';
import { findFolds } from '../../../src-main/engine/data/folds.ts';
import { splitByGroup } from '../../../src-main/engine/data/split.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { put, smallPng } from '../../support/pictures.ts';
import { severalLabelsStudy, SHOWN } from '../../support/severalLabels.ts';

async function scan(
  rows: readonly string[],
  multi: Partial<SeveralLabels>,
  { leaveOut = [], labelColumn = 'label' }: { leaveOut?: string[]; labelColumn?: string } = {},
) {
  const folder = temporaryFolder();
  for (const [index] of rows.slice(1).entries()) put(folder, `n${index}.png`, await smallPng(index));
  put(folder, 'labels.csv', rows.join('\n'));
  const selection = dataSelection.parse({
    folder,
    labels: { csv: 'labels.csv', labelColumn, multi },
    ...(leaveOut.length > 0 && { leaveOut: { classes: leaveOut } }),
  });
  return scanDataset(selection, { salt: 'salt' });
}

const labelsOf = ({ images }: Awaited<ReturnType<typeof scan>>): string[] => images.map(({ label }) => label);

describe('columns of labels', () => {
  const rows = [
    'file,Edema,Mass',
    ...['1,1', '1,0', '0,1', '0,0', '-1,1', ',1', '1.0,0', 'uncertain,0'].map((cells, at) => `n${at}.png,${cells}`),
  ];

  it('say of each image which it has; of what is uncertain nothing is known, and what is empty it has not', async () => {
    const found = await scan(rows, { columns: ['Edema', 'Mass'] });
    expect(labelsOf(found)).toEqual(['Edema|Mass', 'Edema', 'Mass', '(none)', 'Mass|?Edema', 'Mass', 'Edema', '(none)|?Edema']); // prettier-ignore
    expect(found.classes).toEqual(['Edema', 'Mass']);
    expect(found.report.several).toEqual({ none: 2, most: 2 });
    expect(found.report.classes).toMatchObject([
      { name: 'Edema', images: 3, unknown: 2 },
      { name: 'Mass', images: 4, unknown: 0 },
    ]);
    expect(found.report.positive).toBeNull();
    expect(found.report.warnings.map(({ message }) => message)).toEqual(
      expect.arrayContaining([
        'Uncertain values of "Edema": 2. They are left out of what is learnt and measured.',
        'Empty values of "Edema": 1. They count as 0.',
      ]),
    );
  });

  it.each([
    ['uncertain as ones', { uncertain: 'ones' }, ['Edema|Mass', 'Edema']],
    ['uncertain as zeros', { uncertain: 'zeros' }, ['Mass', '(none)']],
    ['one label in its own way', { perLabel: { Edema: { uncertain: 'ones' } } }, ['Edema|Mass', 'Edema']],
  ] as const)('count %s, as a person says', async (_what, policy, expected) => {
    const found = await scan(rows, { columns: ['Edema', 'Mass'], ...policy });
    expect([labelsOf(found)[4], labelsOf(found)[7]]).toEqual(expected);
  });

  it('that are left out are not learnt; an image of which nothing else is known is named', async () => {
    const found = await scan(rows, { columns: ['Edema', 'Mass'] }, { leaveOut: ['Mass'] });
    expect(found.classes).toEqual(['Edema']);
    expect(labelsOf(found)).toEqual(['Edema', 'Edema', '(none)', '(none)', '(none)', 'Edema']);
    expect(found.report.problems).toMatchObject([{ file: 'n4.png', code: 'LABELS_VALUE_MISSING' }, { file: 'n7.png' }]);
  });

  it('with another value name the row', async () => {
    const found = await scan([...rows, 'n8.png,2,0'], { columns: ['Edema', 'Mass'] });
    expect(found.report.problems).toEqual([
      {
        file: 'n8.png',
        code: 'LABELS_VALUE_MISSING',
        message:
          'Row 10 of the label file has "2" in the column "Edema", which is neither 0, 1, uncertain (−1) nor empty.',
      },
    ]);
  });

  it.each([
    ['constant', '0', 'All images whose value is known are alike in "Mass": there is nothing to tell apart.'],
    ['only uncertain', '-1', 'Of no image is it known whether it has "Mass": there is nothing to learn.'], // prettier-ignore
  ])('of which one is %s stop training with a sentence', async (_what, cell, message) => {
    const constant = Array.from({ length: 12 }, (_, at) => `n${at}.png,${at % 2},${cell}`);
    const found = await scan(['file,Edema,Mass', ...constant], { columns: ['Edema', 'Mass'] });
    expect(found.report.obstacles).toEqual([
      { code: 'ONE_CLASS', message, remedy: 'Leave it out, or choose other columns.' },
    ]);
  });

  it('may not be called what could not be told from several', async () => {
    await expect(scan(['file,a|b,c', 'n0.png,1,0'], { columns: ['a|b', 'c'] })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    });
  });
});

describe('names of labels in one cell', () => {
  const rows = ['file,label', ...['Edema|Mass', 'Mass', 'No Finding', 'Edema | Hernia', '', 'No Finding|Mass'].map((cell, at) => `n${at}.png,${cell}`)]; // prettier-ignore

  it('are labels of their own; “No Finding” is none of them, and an empty cell says nothing', async () => {
    const found = await scan(rows, {});
    expect(found.classes).toEqual(['Edema', 'Hernia', 'Mass']);
    expect(labelsOf(found)).toEqual(['Edema|Mass', 'Mass', '(none)', 'Edema|Hernia']);
    expect(found.report.problems.map(({ file }) => file)).toEqual(['n4.png', 'n5.png']);
    expect(found.report.warnings).toContainEqual({
      code: 'NOTHING_FOUND',
      message: '"No Finding" in the column ‘label’ was taken for an image with none of the labels.',
    });
  });

  it('may be separated by something else, and empty cells mean none where a person says so', async () => {
    const found = await scan(['file,label', 'n0.png,a; b', 'n1.png,', 'n2.png,b'], { separator: ';', empty: 'zeros' });
    expect(labelsOf(found)).toEqual(['a|b', '(none)', 'b']);
  });
});

it('rows of labels are the same after they were written and read', () => {
  const names = ['Edema', 'Mass', 'Hernia'];
  const values = [[1, 0, -1], [0, 0, 0], [-1, -1, 1], [1, 1, 1]] as const; // prettier-ignore
  const written = values.map((row) => encodeRow(names, row));
  expect(written).toEqual(['Edema|?Hernia', '(none)', 'Hernia|?Edema|?Mass', 'Edema|Mass|Hernia']);
  expect([...decodeRows(written, names)]).toEqual(values.flat());
});

it('the groups of CheXpert are those of table 4', () => {
  expect(LABEL_GROUPS.map(({ name, labels }) => [name, labels.length])).toEqual([
    ['chexpert-low', 6],
    ['chexpert-high', 7],
    ['chexpert', 13],
  ]);
});

describe('a split of images with several labels', () => {
  it('gives each label its share of the patients in every part, and keeps patients whole', async () => {
    const folder = temporaryFolder();
    await severalLabelsStudy(folder, { patients: 80 });
    const selection = dataSelection.parse({
      folder,
      labels: { csv: join(folder, 'names.csv'), labelColumn: 'finding', multi: {} },
    });
    const { images } = await scanDataset(selection, { salt: 'salt' });
    const parts = splitByGroup(images, { validation: 0.2, test: 0.2, seed: 3 });
    const patientsWith = (name: string, part?: string) =>
      new Set(images.flatMap(({ labels, group }, at) => (labels!.includes(name) && (!part || parts[at] === part) ? [group] : []))).size; // prettier-ignore
    for (const name of SHOWN) {
      const share = patientsWith(name, 'test') / patientsWith(name);
      expect(share, name).toBeGreaterThan(0.15);
      expect(share, name).toBeLessThan(0.25);
    }
    const sides = Map.groupBy(images.keys(), (at) => images[at]!.group);
    expect([...sides.values()].every((own) => new Set(own.map((at) => parts[at])).size === 1)).toBe(true);
    const folds = findFolds(images, { k: 5, seed: 1 })!;
    for (const name of SHOWN)
      for (let fold = 0; fold < 5; fold++)
        expect(images.some(({ labels }, at) => folds[at] === fold && labels!.includes(name))).toBe(true);
  });
});
