import { expect, test } from 'vitest';
import { readHeaderValue } from '../../../../src-main/engine/data/readers/dicom/personal.ts';
import { encodeDicom } from '../../../../src-main/engine/data/sample/dicomWriter.ts';
import { temporaryFolder } from '../../../support/folder.ts';
import { put } from '../../../support/pictures.ts';

const headed = (elements: Parameters<typeof encodeDicom>[0]) =>
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

test.each([
  ['045Y', '45'],
  ['006M', '0.5'],
  ['026W', '0.5'],
  ['010D', '0.03'],
  ['45', null],
  ['', null],
])('an age of %s is %s years', async (text, years) => {
  expect(await readHeaderValue(headed([[0x00101010, 'CS', text]]), 'age')).toBe(years);
});

test('a scanner is its maker and model; what is not there is null, also of a file that is no DICOM file', async () => {
  const file = headed([
    [0x00080070, 'LO', 'ACME'],
    [0x00081090, 'LO', 'Two '],
    [0x00100040, 'CS', 'F'],
  ]);
  expect(await readHeaderValue(file, 'scanner')).toBe('ACME Two');
  expect(await readHeaderValue(file, 'sex')).toBe('F');
  expect(await readHeaderValue(file, 'view')).toBe(null);
  expect(await readHeaderValue(put(temporaryFolder(), 'b.txt', 'no image'), 'sex')).toBe(null);
});
