import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { DataSelection } from '../../../src-main/contract/data.ts';
import { isPatientColumn } from '../../../src-main/contract/groups.ts';
import { scanDataset } from '../../../src-main/engine/data/scan.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { put, smallDicom, smallPng } from '../../support/pictures.ts';

const scan = async (selection: DataSelection) => (await scanDataset(selection, { salt: 'salt' })).report;
const codes = ({ warnings }: Awaited<ReturnType<typeof scan>>) => warnings.map(({ code }) => code);
const messageOf = ({ warnings }: Awaited<ReturnType<typeof scan>>, wanted: string) =>
  warnings.find(({ code }) => code === wanted)!.message;

/** 12 slices a class of 3 studies with 2 series each; the patient as the test says. */
function slices(patient: (index: number) => string): string {
  const folder = temporaryFolder();
  for (let index = 0; index < 24; index++) {
    const identity = { study: `s${index >> 2}`, series: `r${index >> 1}` };
    put(folder, `${index < 12 ? 'normal' : 'tumor'}/${index}.dcm`, smallDicom(index, patient(index), identity));
  }
  return folder;
}

describe('where no patient is known', () => {
  it('every image counts for itself, the study is offered, and grouped by it or by series all is said so', async () => {
    const folder = slices(() => '');
    const report = await scan({ folder });
    expect(report).toMatchObject({ groupSource: 'none', grouping: 'image', groups: 24 });
    expect(report.groupChoices).toEqual([
      { by: 'study', groups: 6 },
      { by: 'series', groups: 12 },
    ]);
    expect(messageOf(report, 'NO_PATIENTS')).toContain('The files name 6 DICOM studies, which is the next best');
    expect(await scan({ folder, groupBy: 'study' })).toMatchObject({ groups: 6, grouping: 'study', warnings: [] });
    expect(await scan({ folder, groupBy: 'series' })).toMatchObject({ groups: 12, grouping: 'series' });
    expect(await scan({ folder, groupBy: 'none' })).toMatchObject({ groups: 24, grouping: 'image' });
  });

  it.each(['ANONYMOUS', 'anon', '0', '000000', 'Unknown', 'N/A', 'patient', 'Anonymized^Patient', 'XXXX', '---'])(
    'one placeholder for all is named as the cause: %s',
    async (placeholder) => {
      const report = await scan({ folder: slices(() => placeholder) });
      expect(report).toMatchObject({ grouping: 'image', groups: 24, obstacles: [] });
      expect(messageOf(report, 'NO_PATIENTS')).toContain(
        `All 24 DICOM files carry the PatientID ‘${placeholder}’, which is a placeholder`,
      );
    },
  );

  it('identifiers that differ from file to file of one study are none, and the study is offered', async () => {
    const report = await scan({ folder: slices((index) => `${index}c0ffee`) });
    expect(report).toMatchObject({ groupSource: 'none', grouping: 'image', groups: 24 });
    expect(messageOf(report, 'NO_PATIENTS')).toMatch(
      /^In 6 of 6 DICOM studies.*PatientID differs.*name 6 DICOM studies, which is/,
    );
  });

  it('one and the same identifier for all classes is none either, and is not printed', async () => {
    const report = await scan({ folder: slices(() => 'DOE-4711') });
    expect(messageOf(report, 'NO_PATIENTS')).toContain('All 24 DICOM files carry one and the same PatientID');
    expect(JSON.stringify(report)).not.toContain('DOE');
  });
});

it('where some are known, the others are counted, and nobody speaks of patients', async () => {
  const report = await scan({ folder: slices((index) => (index % 12 < 4 ? 'ANON' : `P${index >> 1}`)) });
  expect(report).toMatchObject({ grouping: 'group', groups: 8 + 8 });
  expect(messageOf(report, 'PATIENT_MISSING')).toMatch(/^8 of 24 images have no patient identifier/);
  expect(messageOf(report, 'PATIENT_PLACEHOLDER')).toContain('8 of 24 images carry the PatientID ‘ANON’');
});

it('numbers that begin at 0 are patients', async () => {
  expect(await scan({ folder: slices((index) => String(index >> 1)) })).toMatchObject({
    ...{ grouping: 'patient', groups: 12, warnings: [] },
  });
});

it('spellings of one identifier are one; leading zeros are only said', async () => {
  const folder = slices((index) => (index < 2 ? ['p01 ', 'P01'][index]! : index < 4 ? 'P1' : `Q${index}`));
  const report = await scan({ folder });
  expect(report).toMatchObject({ grouping: 'patient', groups: 1 + 1 + 20 });
  expect(messageOf(report, 'GROUPS_ALIKE')).toMatch(/1 that differ.*in case.*; 2 differ.*in leading zeros/);
});

describe('a column of the table', () => {
  async function table(column: string, value: (index: number) => string, patient = (_: number) => '') {
    const folder = slices(patient);
    put(folder, 'c/plain.png', await smallPng(1));
    const rows = Array.from({ length: 24 }, (_, index) => {
      const label = index < 12 ? 'normal' : 'tumor';
      return `${label}/${index}.dcm,${label},${value(index)}`;
    });
    put(folder, 'labels.csv', [`file,label,${column}`, ...rows].join('\n'));
    const labels = { csv: join(folder, 'labels.csv'), fileColumn: 'file', labelColumn: 'label' };
    return { folder, labels };
  }

  it('whose name says patient is taken, and that is said', async () => {
    const report = await scan(await table('patient_id', (index) => `P${index >> 1}`));
    expect(report).toMatchObject({ groupSource: 'csv', grouping: 'patient', groups: 12 });
    expect(messageOf(report, 'GROUP_COLUMN_TAKEN')).toContain('‘patient_id’');
  });

  it('group is taken with a sentence where it may be the patient', async () => {
    const report = await scan(await table('group', (index) => `P${index >> 1}`));
    expect(report).toMatchObject({ groupSource: 'csv', grouping: 'patient', groups: 12 });
    expect(codes(report)).toContain('GROUP_COLUMN_TAKEN');
  });

  it.each([
    ['arms', (index: number) => 'AB'[index % 2]!],
    ['parts', (index: number) => ['train', 'test', 'val'][index % 3]!],
    ['sites', (index: number) => `hospital ${index % 2}`],
    ['few values', (index: number) => 'XYW'[index % 3]!],
    ['folds', (index: number) => `fold ${index % 5}`],
  ])('group with %s is not', async (_name, value) => {
    const selection = await table('group', value);
    const report = await scan(selection);
    expect(report).toMatchObject({ groupSource: 'none', grouping: 'image', groups: 24 });
    expect(codes(report)).toEqual(expect.arrayContaining(['GROUP_COLUMN_NOT_TAKEN', 'NO_PATIENTS']));
    const named = await scan({ ...selection, labels: { ...selection.labels, groupColumn: 'group' } });
    expect(named).toMatchObject({ groupSource: 'csv', grouping: 'group' });
    expect(codes(named)).toContain('GROUP_LIKE_SITE');
  });

  it('that may group the images is offered where no patient is known', async () => {
    const selection = await table('exam id', (index) => `E${index >> 1}`);
    const report = await scan({ ...selection, groupBy: 'none' });
    expect(messageOf(report, 'NO_PATIENTS')).toContain('The files name 6 DICOM studies');
    const plain = temporaryFolder();
    for (let index = 0; index < 8; index++) put(plain, `${'ab'[index % 2]}/${index}.png`, await smallPng(index));
    const rows = Array.from(
      { length: 8 },
      (_, index) => `${'ab'[index % 2]}/${index}.png,${'ab'[index % 2]},E${index >> 1}`,
    );
    put(plain, 'labels.csv', ['file,label,exam id', ...rows].join('\n'));
    const labels = { csv: join(plain, 'labels.csv'), fileColumn: 'file', labelColumn: 'label' };
    expect(messageOf(await scan({ folder: plain, labels }), 'NO_PATIENTS')).toContain(
      'The label file has a column ‘exam id’, which may be the next best: `--group-column "exam id"`',
    );
  });

  it('group at odds with the patients of DICOM is not', async () => {
    const report = await scan(await table('group', (index) => `G${index % 12}`, (index) => `P${index % 8}`)); // prettier-ignore
    expect(report).toMatchObject({ groupSource: 'dicom', grouping: 'patient', groups: 8 });
    expect(codes(report)).toContain('GROUP_COLUMN_NOT_TAKEN');
  });
});

it.each([
  ...([
    'patient',
    'Patient_ID',
    'PatientID',
    'subject',
    'subject id',
    'mrn',
    'PID',
    'participant_id',
    'caseid',
    'ID_patient',
    'patient_id_hash',
    'anonymized patient id',
    'pat_id',
    'paciente',
  ] as const),
])('%s names a patient', (name) => expect(isPatientColumn(name)).toBe(true));

it.each([
  'group',
  'site',
  'case_control',
  'patient_age',
  'patient sex',
  'fold',
  'center',
  'studyid',
  'caseload',
  'path',
  'pattern',
  'animal_type',
  'id',
])('%s names none', (name) => expect(isPatientColumn(name)).toBe(false));

describe('what makes a study worthless is grave', () => {
  const grave = (report: Awaited<ReturnType<typeof scan>>) => report.warnings.flatMap((each) => (each.grave ? [each.code] : [])); // prettier-ignore

  it('a class that is lost, or mostly', async () => {
    const folder = temporaryFolder();
    for (let index = 0; index < 20; index++) {
      put(folder, `${'ab'[index % 2]}/${index}.png`, await smallPng(index));
      put(folder, `c/${index}.png`, 'no image');
    }
    const report = await scan({ folder });
    expect(grave(report)).toEqual(['LOST_CLASS']);
    expect(messageOf(report, 'LOST_CLASS')).toBe('The class "c" is lost: none of its 20 files can be read.');
    for (let index = 0; index < 4; index++) put(folder, `c/good${index}.png`, await smallPng(50 + index));
    expect(grave(await scan({ folder }))).toEqual(['CLASS_MOSTLY_LOST']);
  });

  it('the same image in two classes, or under two patients', async () => {
    const folder = temporaryFolder();
    for (let index = 0; index < 12; index++) put(folder, `${'ab'[index % 2]}/p${index}_0.png`, await smallPng(index));
    put(folder, 'b/p20_0.png', await smallPng(0));
    expect(grave(await scan({ folder, groupPattern: '(p\\d+)_' }))).toEqual(['DUPLICATE_LABELS', 'DUPLICATE_GROUPS']);
  });

  it('a label that the file format or the scanner gives away', async () => {
    const folder = temporaryFolder();
    for (let index = 0; index < 8; index++) {
      put(folder, `a/${index}.dcm`, smallDicom(index, `P${index}`, { scanner: 'Alpha' }));
      put(folder, `b/${index}.png`, await smallPng(index));
    }
    expect(grave(await scan({ folder }))).toEqual(['LABEL_IS_FORMAT']);
    const scanners = temporaryFolder();
    for (let index = 0; index < 16; index++) {
      const scanner = index % 2 ? 'Alpha' : 'Beta';
      put(scanners, `${'ab'[index % 2]}/${index}.dcm`, smallDicom(index, `P${index}`, { scanner }));
    }
    const report = await scan({ folder: scanners });
    expect(grave(report)).toEqual(['LABEL_IS_SCANNER']);
    // The manufacturers are counted, and what is found says no name.
    expect(report.dicom?.manufacturer.map(({ value }) => value)).toEqual(['Alpha', 'Beta']);
    expect(JSON.stringify(report.warnings)).not.toContain('Alpha');
  });
});
