// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { nextTick } from 'vue';
import type { AuditReport } from '../../src-main/contract/data.ts';
import ClassTable from '../../src-renderer/features/data/ClassTable.vue';
import { useData } from '../../src-renderer/features/data/dataStore.ts';
import FileFacts from '../../src-renderer/features/data/FileFacts.vue';
import GreyScaleChoice from '../../src-renderer/features/data/GreyScaleChoice.vue';
import { shown } from '../support/clicks.ts';
import { windowWith } from '../support/windowClient.ts';

const report: AuditReport = {
  ...{ folder: '/d', files: 4, images: 4, groups: 4, groupSource: 'dicom', grouping: 'patient' },
  classes: ['a', 'b'].map((name) => ({ name, images: 2, groups: 2 })),
  ...{ formats: [], sizes: null, problems: [], warnings: [], obstacles: [], fingerprint: 'f', csvFiles: [] },
  dicom: {
    ...{ images: 4, photometric: [], transferSyntax: [], bitsStored: [], manufacturer: [] },
    windows: [{ value: 'several', images: 3 }],
    severalWindows: [
      { window: 1, images: 3, names: [] },
      { window: 2, images: 2, names: ['LUNG', 'WIDE'] },
    ],
    age: { images: 3, min: 4, median: 61, max: 90, decades: [{ value: '90+', images: 1 }, { value: '0–9', images: 2 }] }, // prettier-ignore
    sex: [{ value: 'F', images: 3 }, { value: 'not-said', images: 1 }], // prettier-ignore
    station: [{ value: '1', images: 4 }],
    year: [{ value: '2019', images: 4 }],
    classes: [
      { name: 'a', images: 2, age: 34, sex: [{ value: 'F', images: 2 }] },
      { name: 'b', images: 2, age: null, sex: [{ value: 'not-said', images: 2 }] },
    ],
  },
};

it('of whom and when DICOM images are stands with the files, and by class', () => {
  const pinia = windowWith({});
  const files = shown(FileFacts, pinia, { report }).text();
  expect(files).toContain('3 images with an age: 4 to 90+, median 61');
  for (const each of [/Sex ?women ?3 ?not said ?1/, /Station, by number ?1 ?4/, /Year ?2019 ?4/])
    expect(files).toMatch(each);
  const classes = shown(ClassTable, pinia, { report }).text();
  expect(classes).toMatch(/a ?: ?median age 34 years, women 2/);
  expect(classes).toMatch(/b ?: ?not said 2/);
});

it('one of several windows is chosen by its place, with the explanation of the files', async () => {
  const pinia = windowWith({});
  const data = useData();
  data.form.folder = '/d';
  const choice = shown(GreyScaleChoice, pinia, { report });
  expect(choice.text()).toContain('3 images bring several windows.');
  const select = document.body.querySelector('select')!;
  expect([...select.options].map(({ text }) => text.trim())).toContain(
    'Window 2 of files that bring several (LUNG, WIDE)',
  );
  select.value = 'window 2';
  select.dispatchEvent(new Event('change'));
  await nextTick();
  expect(data.selection).toEqual({ folder: '/d', greyScale: { window: 2 } });
});
