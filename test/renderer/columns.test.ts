import { expect, test } from 'vitest';
import { usualColumns } from '../../src-renderer/features/data/columns.ts';

test.each([
  [['file', 'label', 'group', 'xmin'], { fileColumn: 'file', labelColumn: 'label', groupColumn: '' }],
  [
    ['file', 'label', 'case_control', 'subject_id'],
    { fileColumn: 'file', labelColumn: 'label', groupColumn: 'subject_id' },
  ],
  [['PatientID', 'Image', 'Diagnosis'], { fileColumn: 'Image', labelColumn: 'Diagnosis', groupColumn: 'PatientID' }],
  [['a', 'b'], { fileColumn: 'a', labelColumn: 'b', groupColumn: '' }],
])('the columns of %j', (columns, expected) => expect(usualColumns(columns)).toEqual(expected));
