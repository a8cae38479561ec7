import { describe, expect, test } from 'vitest';
import { dicomTag, readTags } from '../../../../src-main/engine/data/readers/dicom/tags.ts';
import { encodeDicom, type Element } from '../../../../src-main/engine/data/sample/dicomWriter.ts';
import { temporaryFolder } from '../../../support/folder.ts';
import { put } from '../../../support/pictures.ts';

const headed = (...elements: readonly Element[]) =>
  put(
    temporaryFolder(),
    'a.dcm',
    encodeDicom([
      [0x00080016, 'UI', '1.2.840.10008.5.1.4.1.1.7'],
      [0x00080018, 'UI', '1.2.3'],
      ...elements,
      // Header values are read without these.
      [0x7fe00010, 'OB', new Uint8Array(200_000)],
    ]),
  );
const read = (path: string, ...names: readonly string[]) =>
  readTags(
    path,
    names.map((name) => dicomTag(name, 'column')),
  );

test.each([
  ['045Y', '45'],
  ['006M', '0.5'],
  ['026W', '0.5'],
  ['010D', '0.03'],
  ['45', ''],
  ['', ''],
])('an age of %s is %s years', async (text, years) => {
  expect(await read(headed([0x00101010, 'CS', text]), 'PatientAge')).toEqual([years]);
});

describe('values of tags', () => {
  test('are read by keyword and by number, numbers and several values as well', async () => {
    const file = headed(
      [0x00080070, 'LO', 'ACME '],
      [0x00080008, 'CS', 'ORIGINAL\\PRIMARY '],
      [0x00180015, 'CS', 'CHEST'],
      [0x00280100, 'US', 16],
    );
    const names = ['Manufacturer', 'manufacturer', 'ImageType', '(0018,0015)', '00180015', 'BitsAllocated', 'StationName']; // prettier-ignore
    expect(await read(file, ...names)).toEqual(['ACME', 'ACME', 'ORIGINAL\\PRIMARY', 'CHEST', 'CHEST', '16', '']);
  });

  test.each([
    ['ISO_IR 192', Buffer.from('Röntgen 放射線')],
    ['ISO_IR 100', Buffer.from('Röntgen', 'latin1')],
    ['ISO_IR 144', Buffer.from([0xc0, 0xd5, 0xdd, 0xe2])],
    ['GB18030', Buffer.from([0xcd, 0xf5])],
    ['\\ISO 2022 IR 149', Buffer.from([0x1b, 0x24, 0x29, 0x43, 0xb1, 0xe8])],
  ])('are in the character set of the file: %s', async (set, bytes) => {
    const file = headed([0x00080005, 'CS', set], [0x00081030, 'LO', bytes.toString('latin1')]);
    const said = { ISO_192: 'Röntgen 放射線', ISO_100: 'Röntgen', ISO_144: 'Рент', GB18030: '王', ISO_149: '김' };
    const number = /(GB)?\d+$/.exec(set)![0];
    expect(await read(file, 'StudyDescription')).toEqual([said[(number.startsWith('GB') ? number : `ISO_${number}`) as keyof typeof said]]); // prettier-ignore
  });

  test('are null of a file that is no DICOM file', async () => {
    expect(await read(put(temporaryFolder(), 'b.txt', 'no image'), 'Modality')).toBe(null);
  });
});

describe('tags are refused', () => {
  const NAMED = ['PatientName', 'PatientID', 'OtherPatientIDs', 'PatientBirthDate', 'AccessionNumber', 'StudyID', 'StudyInstanceUID', 'SOPInstanceUID', 'PatientComments', 'ReferringPhysicianName', 'PatientAddress', 'MedicalRecordLocator', '(0010,0020)', 'ImageComments', 'StudyTime', 'OperatorsName', 'ClinicalTrialSubjectID']; // prettier-ignore

  test.each(NAMED)('that may say who a patient is: %s', (name) => {
    for (const use of ['class', 'column'] as const)
      expect(() => dicomTag(name, use)).toThrow(/may say who a patient is/);
  });

  test('that hold days, as classes', () => {
    expect(() => dicomTag('StudyDate', 'class')).toThrow('The DICOM tag StudyDate holds days, which are no classes.');
    expect(dicomTag('StudyDate', 'column')).toEqual({ tag: 'x00080020', keyword: 'StudyDate', vr: 'DA' });
  });

  test.each([
    ['Manufacturers', 'The standard knows no DICOM tag "Manufacturers".'],
    ['(0029,1010)', 'The standard knows no DICOM tag "(0029,1010)".'],
    ['PixelData', 'The DICOM tag PixelData holds no text or number, but items or bytes.'],
    ['AnatomicRegionSequence', 'The DICOM tag AnatomicRegionSequence holds no text or number, but items or bytes.'],
  ])('that there are not, and that hold no value: %s', (name, message) => {
    expect(() => dicomTag(name, 'column')).toThrow(message);
  });
});
