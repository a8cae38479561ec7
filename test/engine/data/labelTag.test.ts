import { describe, expect, test } from 'vitest';
import { scanDataset } from '../../../src-main/engine/data/scan.ts';
import type { Element } from '../../../src-main/engine/data/sample/dicomWriter.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { put, smallDicom, smallPng } from '../../support/pictures.ts';

const BODY_PART = 0x00180015;
const part = (name: string): { more: readonly Element[] } => ({ more: [[BODY_PART, 'CS', name]] });

describe('labels from a DICOM tag', () => {
  test('are its values, wherever the files lie; the others are left out with the reason', async () => {
    const folder = temporaryFolder();
    for (let seed = 0; seed < 8; seed++)
      put(folder, `${seed % 3}/${seed}.dcm`, smallDicom(seed, `p${seed}`, part(seed % 2 ? 'CHEST' : ' HAND ')));
    put(folder, '0/silent.dcm', smallDicom(9, 'p9'));
    put(folder, '0/other.png', await smallPng(1));
    put(folder, '0/broken.dcm', smallDicom(10, 'p10', part('CHEST')).subarray(0, 400));
    const { report, selection } = await scanDataset({ folder, labelTag: '(0018,0015)' }, { salt: 's' });
    expect(report.classes.map(({ name, images }) => [name, images])).toEqual([
      ['CHEST', 4],
      ['HAND', 4],
    ]);
    expect(report.groupSource).toBe('dicom');
    expect(report.obstacles).toEqual([]);
    expect(selection.labelTag).toBe('(0018,0015)');
    expect(report.problems.map(({ file, code }) => [file, code])).toEqual([
      ['0/broken.dcm', 'IMAGE_CORRUPT'],
      ['0/other.png', 'LABELS_VALUE_MISSING'],
      ['0/silent.dcm', 'LABELS_VALUE_MISSING'],
    ]);
    expect(report.problems.at(-1)!.message).toBe('Its header has no value of the DICOM tag BodyPartExamined.');
  });

  test('are refused where the tag may say who a patient is, before a file is decoded', async () => {
    const folder = temporaryFolder();
    put(folder, 'a.dcm', smallDicom(1, 'p1'));
    await expect(scanDataset({ folder, labelTag: 'PatientName' }, { salt: 's' })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      message: 'The DICOM tag PatientName may say who a patient is, and what is chosen here is stored and exported.',
    });
  });

  test('are not those of a table as well', async () => {
    const folder = temporaryFolder();
    put(folder, 'a.dcm', smallDicom(1, 'p1'));
    const labels = { csv: 'labels.csv', fileColumn: 'file', labelColumn: 'label' };
    await expect(scanDataset({ folder, labels, labelTag: 'Modality' }, { salt: 's' })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      message: 'The labels come from a table or from a DICOM tag, not from both.',
    });
  });
});
