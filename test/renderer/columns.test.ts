import { expect, test } from 'vitest';
import { usualColumns, withTable } from '../../src-renderer/features/data/columns.ts';

test.each([
  [['file', 'label', 'group', 'xmin'], { fileColumn: 'file', labelColumn: 'label', groupColumn: '' }],
  [
    ['file', 'label', 'case_control', 'subject_id'],
    { fileColumn: 'file', labelColumn: 'label', groupColumn: 'subject_id' },
  ],
  [['PatientID', 'Image', 'Diagnosis'], { fileColumn: 'Image', labelColumn: 'Diagnosis', groupColumn: 'PatientID' }],
  [['patientId', 'Target'], { fileColumn: 'patientId', labelColumn: 'Target', groupColumn: '' }],
  [['a', 'b'], { fileColumn: 'a', labelColumn: 'b', groupColumn: '' }],
])('the columns of %j', (columns, expected) => expect(usualColumns(columns)).toEqual(expected));

test('another table brings its columns with it where it is known, and leaves them where it is not', () => {
  const found = [{ path: '/d/labels.csv', columns: ['image_id', 'diagnosis', 'patient_id'] }];
  expect(withTable('/d/labels.csv', found)).toEqual({
    csv: '/d/labels.csv',
    ...{ fileColumn: 'image_id', labelColumn: 'diagnosis', groupColumn: 'patient_id' },
  });
  expect(withTable('/d/labels.cs', found)).toEqual({ csv: '/d/labels.cs' });
  expect(withTable('/e/labels.csv', [])).toEqual({ csv: '/e/labels.csv' });
});
