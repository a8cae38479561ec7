import { describe, expect, test } from 'vitest';
import { trainingPlan } from '../../../src-main/contract/plan.ts';
import { dayOf } from '../../../src-main/contract/day.ts';
import { partNamed, split as schema } from '../../../src-main/contract/split.ts';
import { describeSplit } from '../../../src-main/contract/splitSentence.ts';
import { readPlanData } from '../../../src-main/engine/cohort/planData.ts';
import { plannedSplit } from '../../../src-main/engine/cohort/split.ts';
import { openWorkspace } from '../../../src-main/engine/store/workspace.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { put, smallDicom, smallPng } from '../../support/pictures.ts';

interface Row {
  patient: number;
  label: string;
  site?: string;
  taken?: string;
  fold?: string;
}

/** A study with a table, and its images divided by a split; the parts of each patient, in the order of the rows. */
async function divided(rows: readonly Row[], split: object, labels: object = {}) {
  const folder = temporaryFolder();
  const lines = ['file,label,patient_id,site,taken,fold'];
  for (const [at, { patient, label, site = '', taken = '', fold = '' }] of rows.entries()) {
    put(folder, `images/${at}.png`, await smallPng(at));
    lines.push(`images/${at}.png,${label},p${patient},${site},${taken},${fold}`);
  }
  put(folder, 'labels.csv', lines.join('\n'));
  const plan = trainingPlan.parse({
    data: { folder, labels: { csv: 'labels.csv', ...labels } },
    backbone: 'resnet18',
    split: { validation: 0.25, test: 0.25, ...split },
  });
  const workspace = openWorkspace(temporaryFolder());
  try {
    const call = { signal: new AbortController().signal, progress: () => {} };
    const { dataset } = await readPlanData(plan, workspace, call);
    const parts = plannedSplit(dataset, plan, { testFolder: false });
    const byFile = new Map(dataset.images.map(({ file }, at) => [file, parts[at]!]));
    return rows.map((_, at) => byFile.get(`images/${at}.png`)!);
  } finally {
    workspace.close();
  }
}

const PATIENTS = 24;
const study = (more: (patient: number) => Partial<Row>): Row[] =>
  Array.from({ length: PATIENTS * 2 }, (_, at) => {
    const patient = Math.floor(at / 2);
    return { patient, label: patient % 2 ? 'ill' : 'well', ...more(patient) };
  });
const FOLDS = ['Training', 'train', 'valid', 'TEST'];

describe('parts that are given by a column', () => {
  test('are taken as they are, in whatever usual word', async () => {
    const rows = study((patient) => ({ fold: FOLDS[Math.floor(patient / 2) % 4]! }));
    const parts = await divided(rows, { rule: { by: 'given' } }, { partColumn: 'fold' });
    expect(parts).toEqual(rows.map(({ fold }) => partNamed(fold!)));
  });

  test('leave it to chance who validates where nobody is named: patients stay whole, and nobody who is tested', async () => {
    const rows = study((patient) => ({ fold: patient < 8 ? 'testing' : 'train' }));
    const parts = await divided(rows, { rule: { by: 'given' } }, { partColumn: 'fold' });
    expect(parts.map((part) => part === 'test')).toEqual(rows.map(({ fold }) => fold === 'testing'));
    expect(parts.filter((part) => part === 'validation')).toHaveLength(8);
    for (let at = 0; at < rows.length; at += 2) expect(parts[at]).toBe(parts[at + 1]);
  });

  test('are refused with a list where a word is none, or missing', async () => {
    const rows = study((patient) => ({ fold: patient === 3 ? 'holdout' : patient === 4 ? '' : 'train' }));
    await expect(divided(rows, { rule: { by: 'given' } }, { partColumn: 'fold' })).rejects.toMatchObject({
      code: 'SPLIT_INVALID',
      message: 'The column "fold" is to say the part of each image, and holds "holdout".',
    });
  });

  test('are refused with the files named where a patient is on both sides', async () => {
    const rows = study((patient) => ({ fold: patient < 8 ? 'test' : patient < 16 ? 'val' : 'train' }));
    rows[0] = { ...rows[0]!, fold: 'train' };
    await expect(divided(rows, { rule: { by: 'given' } }, { partColumn: 'fold' })).rejects.toMatchObject({
      code: 'PATIENT_ON_BOTH_SIDES',
      message: '1 patient with images in more than one part of the split: images/0.png (train), images/1.png (test).',
      details: { files: ['images/0.png', 'images/1.png'] },
    });
  });

  test('are not taken where nobody asks for them', async () => {
    const rows = study((patient) => ({ fold: patient < 20 ? 'test' : 'train' }));
    const parts = await divided(rows, {}, { partColumn: 'fold' });
    expect(parts.filter((part) => part === 'test').length).toBeLessThan(20);
  });
});

describe('parts by the values of a column', () => {
  const rows = study((patient) => ({ site: 'ABC'[Math.floor(patient / 2) % 3]! }));

  test('test on some sites, and validate on others', async () => {
    const rule = { by: 'column', column: 'site', test: ['C'], validation: ['B'] };
    expect(await divided(rows, { rule })).toEqual(
      rows.map(({ site }) => ({ A: 'train', B: 'validation', C: 'test' })[site!]),
    );
  });

  test.each([
    [
      'a value that there is not',
      { by: 'column', column: 'site', test: ['D'] },
      'No image has "D" in the column "site"; its values are "A", "B", "C".',
    ],
    [
      'patients, whose identifiers are not stored',
      { by: 'column', column: 'patient_id', test: ['p1'] },
      'The column "patient_id" holds patients, whose identifiers are not stored with a run.',
    ],
    [
      'a part without a class',
      { by: 'column', column: 'label', test: ['ill'], validation: ['well'] },
      'There is no image to train on of "ill", "well".',
    ],
  ])('refuse %s', async (_what, rule, message) => {
    await expect(divided(rows, { rule })).rejects.toMatchObject({ code: 'SPLIT_INVALID', message });
  });
});

describe('parts by date', () => {
  const taken = ['1899-12-31', '31.05.2019', '20190601', '2019-06-01T08:30:00', '1.7.2021', '2018-02-28'];
  const rows = study((patient) => ({ taken: taken[Math.floor(patient / 2) % 6]! }));

  test('test on all from a day on, however it is written', async () => {
    const parts = await divided(rows, { rule: { by: 'date', column: 'taken', from: '01.06.2019' } });
    expect(parts.map((part) => part === 'test')).toEqual(
      rows.map((row) => [2, 3, 4].includes(taken.indexOf(row.taken!))),
    );
  });

  test('list what is no day', async () => {
    const odd = rows.map((row, at) => (at < 2 ? { ...row, taken: '05/31/2019' } : row));
    await expect(divided(odd, { rule: { by: 'date', column: 'taken', from: '2019-06-01' } })).rejects.toMatchObject({
      code: 'SPLIT_INVALID',
      message:
        'The column "taken" holds no day for 2 of the 48 images: images/0.png ("05/31/2019"), images/1.png ("05/31/2019").',
    });
  });

  test.each([
    ['2020-02-29', '2020-02-29'],
    ['1900-02-29', undefined],
    ['29.2.2019', undefined],
    ['18670105', '1867-01-05'],
    ['20190531143000.123', '2019-05-31'],
    ['2019-5-3', '2019-05-03'],
    ['31/05/2019', undefined],
    ['2019-13-01', undefined],
    ['', undefined],
  ])('%s is the day %s', (text, day) => {
    expect(dayOf(text)).toBe(day);
  });
});

test('chosen columns are stratified beside the class, and patients stay whole', async () => {
  // Of each class, every third patient is old.
  const rows = Array.from({ length: 240 }, (_, at): Row => {
    const patient = Math.floor(at / 2);
    return { patient, label: patient % 2 ? 'ill' : 'well', site: patient % 3 === 0 ? 'old' : 'young' };
  });
  const parts = await divided(rows, { strata: ['site'] });
  const count = (part: string, label: string, site: string) =>
    rows.filter((row, at) => parts[at] === part && row.label === label && row.site === site).length / 2;
  for (const label of ['ill', 'well'])
    for (const part of ['validation', 'test']) {
      expect(count(part, label, 'old'), `${part} ${label}`).toBe(5);
      expect(count(part, label, 'young'), `${part} ${label}`).toBe(10);
    }
  for (let at = 0; at < rows.length; at += 2) expect(parts[at]).toBe(parts[at + 1]);
});

test.each([
  [
    {},
    false,
    '15 % of the patients for validation and 20 % for the test were drawn at random by patient, stratified by class.',
  ],
  [
    { strata: ['site'] },
    true,
    'The test set is a folder of its own. For validation, 15 % of the patients that are not tested were drawn at random by patient, stratified by class and "site".',
  ],
  [
    { rule: { by: 'column', column: 'site', test: ['B'], validation: ['C'] } },
    false,
    'The test set are the images whose column "site" is "B" (external validation). The validation set are those of "C".',
  ],
  [
    { rule: { by: 'date', column: 'taken', from: '1.6.2019' } },
    false,
    'The test set are all images from 2019-06-01 on, by the column "taken" (temporal validation). For validation, 15 % of the patients that are not tested were drawn at random by patient, stratified by class.',
  ],
])('%j is said in a sentence', (more, testFolder, sentence) => {
  const split = schema.parse({ validation: 0.15, test: 0.2, ...more });
  expect(describeSplit(split, { grouping: 'patient', testFolder })).toBe(sentence);
  // Of several labels an image, each is divided so.
  const several = sentence.replace('stratified by class', 'stratified by label');
  expect(describeSplit(split, { grouping: 'patient', testFolder, several: true })).toBe(several);
});

describe('a DICOM tag in place of a column', () => {
  /** Two images of each patient: the stations A and B in turns of two patients, the days one after another. */
  async function parted(split: object) {
    const folder = temporaryFolder();
    for (let at = 0; at < 2 * PATIENTS; at++) {
      const patient = Math.floor(at / 2);
      const day = `201905${String(patient + 1).padStart(2, '0')}`;
      const more = [[0x00081010, 'SH', 'AB'[Math.floor(patient / 2) % 2]!], [0x00080020, 'DA', day]] as const; // prettier-ignore
      put(folder, `${patient % 2 ? 'ill' : 'well'}/${String(at).padStart(2, '0')}.dcm`, smallDicom(at, `p${patient}`, { more })); // prettier-ignore
    }
    const plan = trainingPlan.parse({ data: { folder }, backbone: 'resnet18', split: { validation: 0.25, test: 0.25, ...split } }); // prettier-ignore
    const workspace = openWorkspace(temporaryFolder());
    try {
      const { dataset } = await readPlanData(plan, workspace, { signal: new AbortController().signal, progress: () => {} }); // prettier-ignore
      const parts = plannedSplit(dataset, plan, { testFolder: false });
      return dataset.images.map(({ file }, at) => ({ patient: Math.floor(Number(/(\d+)\.dcm/.exec(file)![1]) / 2), part: parts[at]! })); // prettier-ignore
    } finally {
      workspace.close();
    }
  }
  const tested = (found: Awaited<ReturnType<typeof parted>>) =>
    new Set(found.filter(({ part }) => part === 'test').map(({ patient }) => patient));

  test('says by its values who is tested, and by its days', async () => {
    const stations = await parted({ rule: { by: 'column', column: 'tag:StationName', test: ['B'] } });
    expect([...tested(stations)].sort((a, b) => a - b)).toEqual([2, 3, 6, 7, 10, 11, 14, 15, 18, 19, 22, 23]);
    const days = await parted({ rule: { by: 'date', column: 'tag:StudyDate', from: '2019-05-21' } });
    expect([...tested(days)].sort((a, b) => a - b)).toEqual([20, 21, 22, 23]);
  });

  test('stratifies what is drawn', async () => {
    const drawn = [...tested(await parted({ strata: ['tag:(0008,1010)'] }))];
    // Of the six patients of each class and station.
    const kinds = Map.groupBy(drawn, (patient) => patient % 4);
    expect([...kinds.values()].map(({ length }) => length)).toEqual([2, 2, 2, 2]);
  });

  test('is refused where it says who a patient is', async () => {
    await expect(parted({ rule: { by: 'column', column: 'tag:PatientID', test: ['p1'] } })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      message: 'The DICOM tag PatientID may say who a patient is, and what is chosen here is stored and exported.',
    });
  });
});
