import { expect, test } from 'vitest';
import type { SubgroupBy } from '../../../src-main/contract/subgroups.ts';
import type { DatasetImage } from '../../../src-main/engine/data/types.ts';
import { subgroupValues } from '../../../src-main/engine/subgroups/values.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { put, smallDicom, smallPng } from '../../support/pictures.ts';

test('subgroups are those of DICOM headers, by any tag that many patients share', async () => {
  const folder = temporaryFolder();
  for (const at of [0, 1, 2])
    put(folder, `${at}.dcm`, smallDicom(at, 'p', {
      scanner: 'ACME',
      more: [[0x00081090, 'LO', `M${at % 2}`], [0x00101010, 'CS', `04${at}Y`], [0x00080080, 'LO', `Clinic ${at % 2}`]],
    })); // prettier-ignore
  put(folder, '3.png', await smallPng(3));
  const files = ['0.dcm', '1.dcm', '2.dcm', '3.png'];
  const images = files.map((file) => ({ file, format: file.endsWith('.png') ? 'PNG' : 'DICOM' }) as DatasetImage);
  const of = async (by: SubgroupBy) =>
    Object.fromEntries(
      await subgroupValues({ selection: { folder }, images }, files, by, {
        signal: new AbortController().signal,
        onProgress: () => {},
      }),
    );
  const scanners = { '0.dcm': 'ACME M0', '1.dcm': 'ACME M1', '2.dcm': 'ACME M0' };
  expect(await of({ kind: 'header', value: 'scanner' })).toEqual(scanners);
  const ages = { '0.dcm': '40', '1.dcm': '41', '2.dcm': '42' };
  expect(await of({ kind: 'column', name: 'tag:PatientAge' })).toEqual(ages);
  // Names of institutions are told apart by number.
  const sites = { '0.dcm': 'site 1', '1.dcm': 'site 2', '2.dcm': 'site 1' };
  expect(await of({ kind: 'column', name: 'tag:(0008,0080)' })).toEqual(sites);
  await expect(of({ kind: 'column', name: 'tag:PatientName' })).rejects.toMatchObject({ code: 'INPUT_INVALID' });
});
