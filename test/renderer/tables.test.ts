// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import type { DataSelection } from '../../src-main/contract/data.ts';
import type { Glance } from '../../src-main/contract/images.ts';
import { missingOf, typedMissing } from '../../src-renderer/features/data/columns.ts';
import DataFindings from '../../src-renderer/features/data/DataFindings.vue';
import GlanceQuestions from '../../src-renderer/features/data/GlanceQuestions.vue';
import LabelOptions from '../../src-renderer/features/data/LabelOptions.vue';
import { useData } from '../../src-renderer/features/data/dataStore.ts';
import { exampleDataset } from '../support/dataset.ts';
import { shown } from '../support/clicks.ts';
import { windowWith } from '../support/windowClient.ts';

const { report } = exampleDataset({ folder: '/d' });

/** A window before a folder with these tables; what was read, and how, is noted. */
function before(tables: Glance['tables'], findings: Glance['findings'] = []) {
  const asked: DataSelection[] = [];
  const pinia = windowWith({
    'data.glance': ({ folder }) => ({
      ...{ folder, files: 8, folders: [], loose: 8, endings: [], masks: [], suggested: null },
      ...{ tables, findings },
    }),
    'data.audit': ({ folder, labels, groupPattern, leaveOut }) => {
      asked.push(JSON.parse(JSON.stringify({ folder, labels, groupPattern, leaveOut })) as DataSelection);
      return report;
    },
  });
  return { pinia, asked, data: useData() };
}

const table = (more: Partial<Glance['tables'][number]>): Glance['tables'][number] => ({
  ...{ path: '/d/t.csv', columns: ['image', 'MEL', 'NV', 'dx', 'lesion_id'], rows: [], labels: null },
  ...{ guess: { fileColumn: 'image', labelColumn: null, groupColumn: null }, matched: { rows: 8, of: 8 } },
  ...more,
});

it('a published table is asked about and taken with one press, columns of 0 and 1 with it', async () => {
  const layout = { name: 'ISIC', says: '', fileColumn: 'image', labelColumn: null, groupColumn: null, oneHot: ['MEL', 'NV'] }; // prettier-ignore
  const message = 't.csv has the columns of ISIC.';
  const { pinia, asked, data } = before([table({ oneHot: ['MEL', 'NV'], layout })], [{ code: 'TABLE_LAYOUT', message }]); // prettier-ignore
  await data.choose('/d');
  expect([asked, data.questions.map(({ code }) => code)]).toEqual([[], ['TABLE_LAYOUT']]);
  const page = shown(GlanceQuestions, pinia);
  expect(page.text()).toContain(message);
  await page.press('Take t.csv as that of ISIC');
  expect(asked).toEqual([
    { folder: '/d', labels: { csv: '/d/t.csv', fileColumn: 'image', labelColumn: 'MEL', groupColumn: null, oneHot: ['MEL', 'NV'] } }, // prettier-ignore
  ]);
});

it('files that are found by their ends are matched only when asked, with the patients of the layout', async () => {
  const guess = { fileColumn: 'image', labelColumn: 'dx', groupColumn: null };
  const layout = { name: 'CheXpert', says: '', ...guess, groupPattern: '(patient\\d+)' };
  const { pinia, asked, data } = before([table({ guess, matched: { rows: 0, of: 8 }, byEnd: 8, layout })], [{ code: 'FOUND_BY_END', message: 'Found.' }]); // prettier-ignore
  await data.choose('/d');
  await shown(GlanceQuestions, pinia).press(
    'Take t.csv as that of CheXpert, matching 8 rows by the ends of their paths',
  );
  expect(asked).toEqual([
    { folder: '/d', labels: { csv: '/d/t.csv', fileColumn: 'image', labelColumn: 'dx', groupColumn: null, match: 'end' }, groupPattern: '(patient\\d+)' }, // prettier-ignore
  ]);
  // Another table is read as tables usually are.
  data.chooseTable('/d/other.csv');
  expect(data.selection.labels).not.toHaveProperty('match');
});

it('how a table is read can be chosen, and a selection that says so comes back as it was', async () => {
  const { pinia, data } = before([table({})]);
  Object.assign(data.form, { folder: '/d', labelsFrom: 'csv', csv: '/d/t.csv' });
  const options = shown(LabelOptions, pinia);
  await options.tick(/^Match by the ends of paths/);
  await options.tick(/^Leave out images with several labels/);
  data.form.missing = '99, unknown';
  data.form.oneHot = ['MEL', 'NV'];
  const selection: DataSelection = JSON.parse(JSON.stringify(data.selection));
  expect(selection.labels).toMatchObject({ match: 'end', several: 'leave-out', missing: ['99', 'unknown'], oneHot: ['MEL', 'NV'] }); // prettier-ignore
  await data.choose('/e');
  await data.adopt(selection);
  expect(JSON.parse(JSON.stringify(data.selection))).toEqual(selection);
  expect([missingOf('""'), typedMissing([]), typedMissing(undefined)]).toEqual([[], '""', '']);
});

it('findings about a table act: match by ends, leave out several labels and uncertain ones', async () => {
  const { pinia, asked, data } = before([]);
  Object.assign(data.form, { folder: '/d', labelsFrom: 'csv', csv: '/d/t.csv' });
  const warnings = ['FOUND_BY_END', 'SEVERAL_LABELS', 'UNCERTAIN_LABELS'].map((code) => ({
    code,
    message: `${code}.`,
  }));
  const classes = ['-1.0', '0.0', '1.0'].map((name) => ({ name, images: 4, groups: 4 }));
  data.audit.result = { ...report, warnings, classes };
  const page = shown(DataFindings, pinia, { report: { ...report, warnings, classes } });
  await page.press('Match by the ends of paths');
  await page.press('Leave out images with several labels');
  await page.press('Leave out -1.0');
  expect(asked.map(({ labels, leaveOut }) => [labels?.match, labels?.several, leaveOut?.classes])).toEqual([
    ['end', undefined, undefined],
    ['end', 'leave-out', undefined],
    ['end', 'leave-out', ['-1.0']],
  ]);
});
