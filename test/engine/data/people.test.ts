import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readIdentity } from '../../../src-main/engine/data/readers/dicom/identity.ts';
import type { Element } from '../../../src-main/engine/data/sample/dicomWriter.ts';
import { scanDataset } from '../../../src-main/engine/data/scan.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { put, smallDicom } from '../../support/pictures.ts';

// Files that were written just now are not kept: a clock that is ahead makes them old.
beforeEach(() => void vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 60_000));
afterEach(() => vi.restoreAllMocks());

const [STUDIED, ACQUIRED, STATION, BORN, SEX, AGE] = [0x00080020, 0x00080022, 0x00081010, 0x00100030, 0x00100040, 0x00101010]; // prettier-ignore

test.each<[string, Element[], object]>([
  ['an age as it is said', [[AGE, 'CS', '045Y'], [BORN, 'DA', '19000101'], [STUDIED, 'DA', '20190531']], { age: 45, date: '2019-05-31' }],
  ['full years from the birth to the study', [[BORN, 'DA', '19660601'], [STUDIED, 'DA', '20140531']], { age: 47, date: '2014-05-31' }],
  ['and on the birthday', [[BORN, 'DA', '19660601'], [STUDIED, 'DA', '20140601']], { age: 48, date: '2014-06-01' }],
  ['months', [[AGE, 'CS', '006M']], { age: 0.5 }],
  ['90 for all older', [[AGE, 'CS', '103Y']], { age: 90 }],
  ['none of a placeholder', [[AGE, 'CS', '42'], [BORN, 'DA', '11111111'], [STUDIED, 'DA', '1997.04.24']], { date: '1997-04-24' }],
  ['none before the birth', [[BORN, 'DA', '20200101'], [STUDIED, 'DA', '20140531']], { date: '2014-05-31' }],
  ['the day of the acquisition before that of the study', [[ACQUIRED, 'DA', '20140601'], [STUDIED, 'DA', '20140531'], [STATION, 'SH', 'CT2 ']], { date: '2014-06-01', station: 'CT2' }],
  ['a sex that is none as another', [[SEX, 'CS', 'f']], { sex: 'F' }],
  ['and nothing else that stands there', [[SEX, 'CS', 'MISS DOE']], { sex: 'O' }],
])('a header says %s', async (_what, more, said) => {
  const { patient: _p, ...found } = await readIdentity(put(temporaryFolder(), 'a.dcm', smallDicom(1, 'p', { more })));
  expect(found).toEqual(said);
}); // prettier-ignore

/** Twelve old men from one station, and twelve younger women, two of them of unknown age. */
function study(): string {
  const folder = temporaryFolder();
  for (let at = 0; at < 24; at++) {
    const isIll = at < 12;
    const age: Element[] = isIll
      ? [[BORN, 'DA', `19${15 + 3 * at}0704`]]
      : at < 22
        ? [[AGE, 'CS', `0${20 + at}Y`]]
        : [];
    put(folder, `${isIll ? 'ill' : 'well'}/${at}.dcm`, smallDicom(at, `p${at}`, {
      more: [...age, [STUDIED, 'DA', `20${isIll ? 19 : 21}0304`], [SEX, 'CS', isIll ? 'M' : 'F'], ...(isIll ? [[STATION, 'SH', 'CT2'] as const] : [])],
    })); // prettier-ignore
  }
  return folder;
}

test('an audit counts ages, sexes, years and stations, by class too, and keeps none of an image', async () => {
  const [folder, facts] = [study(), temporaryFolder()];
  const { report } = await scanDataset({ folder }, { salt: 's', facts });
  // Born in 1915, 1918, … 1948 and looked at in 2019 before the birthday.
  expect(report.dicom).toMatchObject({
    age: {
      ...{ images: 22, min: 32, median: 71.5, max: 90 },
      decades: [
        { value: '30–39', images: 8 },
        { value: '40–49', images: 2 },
        { value: '70–79', images: 4 },
        { value: '80–89', images: 3 },
        { value: '90+', images: 5 },
      ],
    },
    sex: [
      { value: 'F', images: 12 },
      { value: 'M', images: 12 },
    ],
    year: [
      { value: '2019', images: 12 },
      { value: '2021', images: 12 },
    ],
    station: [
      { value: '1', images: 12 },
      { value: 'not-said', images: 12 },
    ],
    classes: [
      { name: 'ill', images: 12, age: 86.5, sex: [{ value: 'M', images: 12 }] },
      { name: 'well', images: 12, age: 36.5, sex: [{ value: 'F', images: 12 }] },
    ],
  });
  const said = report.warnings.map(({ message }) => message);
  expect(said).toContain(
    'By the DICOM headers, the median age is 36.5 years in "well" and 86.5 years in "ill". A network may learn age in place of what the classes mean; look at the results by age (subgroups, PatientAge).',
  );
  expect(said).toContain(
    'By the DICOM headers, 0 % of the images of "ill" and 100 % of "well" are of women. A network may learn sex in place of what the classes mean; look at the results by sex (subgroups, PatientSex).',
  );
  const kept = readFileSync(join(facts, readdirSync(facts)[0]!), 'utf8');
  expect(kept).toContain('"photometric":"MONOCHROME2"');
  for (const told of ['"age"', '"sex"', '"date"', '"station"', '2019', '1915', 'CT2']) expect(kept).not.toContain(told);
  // What was not kept is read again where a process starts anew.
  vi.resetModules();
  const { scanDataset: anew } = await import('../../../src-main/engine/data/scan.ts');
  expect((await anew({ folder }, { salt: 's', facts })).report.dicom).toEqual(report.dicom);
});
