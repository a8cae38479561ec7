// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import type { DataSelection } from '../../src-main/contract/data.ts';
import type { Glance, ImageRow } from '../../src-main/contract/images.ts';
import { LABEL_GROUPS } from '../../src-main/contract/labelGroups.ts';
import ClassTable from '../../src-renderer/features/data/ClassTable.vue';
import DataFindings from '../../src-renderer/features/data/DataFindings.vue';
import GlanceQuestions from '../../src-renderer/features/data/GlanceQuestions.vue';
import LabelOptions from '../../src-renderer/features/data/LabelOptions.vue';
import { useData } from '../../src-renderer/features/data/dataStore.ts';
import { labelValues, matching, noFilter, partsOf } from '../../src-renderer/features/data/filters.ts';
import { groupsIn, labelColumnsOf, separatorIn } from '../../src-renderer/features/data/severalLabels.ts';
import { shownImages } from '../../src-renderer/features/explain/address.ts';
import { pickImages, type Predicted } from '../../src-renderer/features/results/predicted.ts';
import LabelOutcomes from '../../src-renderer/features/results/several/LabelOutcomes.vue';
import { labelCounts, labelHistogram } from '../../src-renderer/features/results/several/labels.ts';
import { usePlan } from '../../src-renderer/features/train/planStore.ts';
import { chipsOf } from '../../src-renderer/logic/labels.ts';
import LabelChips from '../../src-renderer/ui/LabelChips.vue';
import { shown } from '../support/clicks.ts';
import { exampleDataset } from '../support/dataset.ts';
import { windowWith } from '../support/windowClient.ts';

const { report } = exampleDataset({ folder: '/d' });
const columns = ['file', 'patient', 'age', 'Edema', 'Mass', 'site'];
const rows = [
  ['a.png', 'P1', '61', '1', '', 'x'],
  ['b.png', 'P2', '40', '-1', '0', 'y'],
  ['c.png', 'P3', '33', '0', '1.0', 'x'],
];
const table = (more: Partial<Glance['tables'][number]> = {}): Glance['tables'][number] => ({
  ...{ path: '/d/t.csv', columns, rows, labels: null, matched: { rows: 3, of: 3 } },
  guess: { fileColumn: 'file', labelColumn: 'Edema', groupColumn: 'patient' },
  ...more,
});

/** A window before a folder with these tables; how it was read is noted. */
function before(tables: Glance['tables'], findings: Glance['findings'] = []) {
  const asked: DataSelection[] = [];
  const pinia = windowWith({
    'data.glance': ({ folder }) => ({
      ...{ folder, files: 3, folders: [], loose: 3, endings: [], masks: [], suggested: null },
      ...{ tables, findings },
    }),
    'data.audit': ({ folder, labels }) => {
      asked.push(JSON.parse(JSON.stringify({ folder, labels })) as DataSelection);
      return report;
    },
  });
  return { pinia, asked, data: useData() };
}

describe('the table of several labels', () => {
  it('offers the columns that look like labels, and asks with them, their rules and those of single labels', async () => {
    expect(labelColumnsOf(columns, rows, ['file', 'patient'])).toEqual(['Edema', 'Mass']);
    const { pinia, data } = before([table()]);
    Object.assign(data.form, { folder: '/d', labelsFrom: 'csv', csv: '/d/t.csv', groupColumn: 'patient' });
    const page = shown(LabelOptions, pinia);
    await page.tick('several labels, with a column each');
    expect(data.selection.labels!.multi).toEqual({ columns: ['Edema', 'Mass'], separator: '|', uncertain: 'ignore' });
    await page.tick('site');
    expect(data.form.multi.columns).toEqual(['Edema', 'Mass', 'site']);
    await page.tick('site');
    await page.choose('Uncertain values (−1)', 'count as 0');
    await page.choose('Empty values', 'are left out');
    data.form.multi.perLabel = { Edema: { uncertain: 'ones' } };
    const selection = JSON.parse(JSON.stringify(data.selection)) as DataSelection;
    expect(selection.labels!.multi).toEqual({ columns: ['Edema', 'Mass'], separator: '|', uncertain: 'zeros', empty: 'ignore', perLabel: { Edema: { uncertain: 'ones' } } }); // prettier-ignore
    // It comes back as it was, and is trained for as labels.
    await data.choose('/e');
    expect(data.selection.labels).toBeUndefined();
    await data.adopt(selection);
    expect(JSON.parse(JSON.stringify(data.selection))).toEqual(selection);
    expect(usePlan().plan.task).toBe('multi-label');
  });

  it('without a column there is nothing to learn, and names in one cell need none', async () => {
    const { pinia, data } = before([table()]);
    Object.assign(data.form, { folder: '/d', labelsFrom: 'csv', csv: '/d/t.csv' });
    const page = shown(LabelOptions, pinia);
    await page.tick('several labels, with a column each');
    await page.press('None of them');
    expect(data.incomplete).toBe('Choose at least one column of labels.');
    await page.tick('several labels, named in one cell');
    expect(data.incomplete).toBeNull();
    expect(data.selection.labels!.multi).toEqual({ separator: '|', uncertain: 'ignore' });
    await page.tick('one class');
    expect(data.selection.labels).not.toHaveProperty('multi');
    expect([separatorIn(['A;B', 'C']), separatorIn(['A'])]).toEqual([';', '|']);
  });

  it('the groups of CheXpert are one press each where their columns are there', () => {
    const [low] = LABEL_GROUPS;
    expect(groupsIn(['Path', ...low!.labels])).toContainEqual({ title: low!.title, labels: [...low!.labels] });
    expect(groupsIn(columns)).toEqual([]);
  });

  it('a published table is taken with each label on its own by one press', async () => {
    const several = { columns: ['Edema', 'Mass'] };
    const layout = { name: 'CheXpert', says: '', fileColumn: 'file', labelColumn: 'Edema', groupColumn: null, several };
    const { pinia, asked, data } = before([table({ layout })], [{ code: 'TABLE_LAYOUT', message: 'It is.' }]);
    await data.choose('/d');
    await shown(GlanceQuestions, pinia).press('Take t.csv as that of CheXpert, each label on its own');
    expect(asked.map(({ labels }) => labels?.multi)).toEqual([{ ...several, separator: '|', uncertain: 'ignore' }]);
    expect(asked[0]!.labels!.groupColumn).toBeNull();
  });

  it('labels in one cell are learnt each on its own by one press, by what stands between them', async () => {
    const { pinia, asked, data } = before([]);
    Object.assign(data.form, { folder: '/d', labelsFrom: 'csv', csv: '/d/t.csv' });
    const classes = ['Edema', 'Edema;Mass', 'Mass'].map((name) => ({ name, images: 4, groups: 4 }));
    const found = { ...report, classes, warnings: [{ code: 'SEVERAL_LABELS', message: 'Several.' }] };
    data.audit.result = found;
    await shown(DataFindings, pinia, { report: found }).press('Learn each label on its own');
    expect(asked.map(({ labels }) => labels?.multi)).toEqual([{ separator: ';', uncertain: 'ignore' }]);
  });

  it('the table of labels counts who has each, and of whom it is not known; a label can only be left out', async () => {
    const { pinia } = before([]);
    const classes = [
      { name: 'Edema', images: 5, groups: 4, unknown: 3 },
      { name: 'Mass', images: 2, groups: 2, unknown: 0 },
    ];
    const page = shown(ClassTable, pinia, { report: { ...report, classes, several: { none: 6, most: 2 } } });
    expect(page.text()).toContain('6 of 12 images have none of the labels, one has at most 2.');
    expect(page.text()).toContain('Labels are not joined');
    expect(page.text()).toMatch(/LabelHave itPatientsNot known.*Edema 542\s?%43/);
  });
});

describe('images with several labels', () => {
  const row = (file: string, label: string, part: ImageRow['part'] = 'train'): ImageRow => ({
    ...{ file, label, group: Number(file), part, format: 'png', width: 8, height: 8, bits: 8, frames: 1 },
    ...{ scanner: null, findings: [] },
  });
  const images = [row('1', 'Edema|Mass'), row('2', 'Mass|?Edema', 'test'), row('3', '(none)|?Mass'), row('4', '(none)')]; // prettier-ignore
  const found = (label: string, several = true) =>
    matching(images, { ...noFilter(), label }, several).map(({ file }) => file);

  it('are found by a label that they have, that is not known, or that there is none', () => {
    expect([found('Edema'), found('Mass'), found('?Edema'), found('(none)')]).toEqual([['1'], ['1', '2'], ['2'], ['3', '4']]); // prettier-ignore
    expect([found('Edema', false), found('Edema|Mass', false)]).toEqual([[], ['1']]);
    expect(labelValues(images[1]!, true)).toEqual(['Mass', '?Edema']);
  });

  it('are counted in the parts of a split with each label that they have', () => {
    const parts = partsOf(images, true)!;
    expect(parts.map(({ label, parts: { train, test } }) => [label, train.images, test.images])).toEqual([
      ['(none)', 2, 0],
      ['Edema', 1, 0],
      ['Mass', 1, 1],
    ]);
  });

  it('show each label as a chip, those marked that only one of two rows has', () => {
    expect(chipsOf('Edema|?Mass')).toEqual([
      { name: 'Edema', kind: 'has' },
      { name: 'Mass', kind: 'unknown' },
    ]);
    // Predicted beside what is true: Mass was not known.
    expect(chipsOf('Disc|Edema|Mass', 'Edema|?Mass').map(({ kind }) => kind)).toEqual(['wrong', 'has', 'unknown']);
    const page = shown(LabelChips, windowWith({}), { row: '(none)' });
    expect(page.text()).toBe('none');
  });
});

describe('what was predicted of several labels', () => {
  const predicted = (index: number, own: string, called: string, probabilities: number[]): Predicted => ({
    ...{ index, file: `${index}.png`, class: own, predicted: called, correct: own === called, group: index },
    probabilities: Float32Array.from(probabilities),
  });
  const labels = ['Edema', 'Mass'];
  const images = [
    predicted(0, 'Edema', 'Edema', [0.9, 0.1]),
    predicted(1, '(none)', 'Edema|Mass', [0.7, 0.6]),
    predicted(2, 'Mass|?Edema', '(none)', [0.2, 0.3]),
    predicted(3, 'Edema|Mass', 'Mass', [0.05, 0.8]),
  ];
  const of = (chosen: Parameters<typeof pickImages>[2]['chosen'], label: number) =>
    pickImages(images, labels, { chosen, label, descending: true, several: true }).map(({ index }) => index);

  it('is counted for one label, where that is known', () => {
    expect(labelCounts(images, 'Edema')).toEqual({ matrix: [[0, 1], [1, 1]], unknown: 1 }); // prettier-ignore
    expect(labelCounts(images, 'Mass')).toEqual({ matrix: [[1, 1], [1, 1]], unknown: 0 }); // prettier-ignore
    expect(labelHistogram(images, { name: 'Edema', label: 0 }, 2)).toEqual([[0, 1], [1, 1]]); // prettier-ignore
  });

  it('lists the images of a cell, and mistakes by how sure the network was', () => {
    expect(of('errors', 0)).toEqual([3, 1]);
    expect([of({ actual: 1, predicted: 1 }, 0), of({ actual: 0, predicted: 1 }, 0)]).toEqual([[0], [1]]);
    expect(of('all', 1)).toEqual([3, 1, 2, 0]);
    expect(shownImages(images, labels, 'errors', { label: 'Mass' }).map(({ index }) => index)).toEqual([2, 1]);
  });

  it('has a table of its own for each label in the place of a matrix', () => {
    const page = shown(LabelOutcomes, windowWith({}), { images, label: 'Edema', chosen: 'errors' });
    expect(page.text()).toContain('Of 1 image it is not known, and it is left out.');
    expect(page.button(/‘Edema’: has it, not called/).textContent).toMatch(/1\s*50\s?%/);
  });
});
