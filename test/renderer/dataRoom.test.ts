// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { nextTick } from 'vue';
import type { AuditReport } from '../../src-main/contract/data.ts';
import { IMAGE_FIELDS, type ImageRow } from '../../src-main/contract/images.ts';
import type { InputOf } from '../../src-main/contract/index.ts';
import { toTable } from '../../src-main/contract/table.ts';
import { useData } from '../../src-renderer/features/data/dataStore.ts';
import { useFilterAddress } from '../../src-renderer/features/data/filterAddress.ts';
import GlanceQuestions from '../../src-renderer/features/data/GlanceQuestions.vue';
import LabelOptions from '../../src-renderer/features/data/LabelOptions.vue';
import { noFilter } from '../../src-renderer/features/data/filters.ts';
import { useImages } from '../../src-renderer/features/data/imagesStore.ts';
import SplitPreview from '../../src-renderer/features/data/SplitPreview.vue';
import { usePlan } from '../../src-renderer/features/train/planStore.ts';
import { addresses, shown } from '../support/clicks.ts';
import { arrived, windowWith } from '../support/windowClient.ts';

const report: AuditReport = {
  ...{ folder: '/d', files: 4, images: 4, groups: 4, groupSource: 'dicom', grouping: 'patient' },
  classes: ['a', 'b'].map((name) => ({ name, images: 2, groups: 2 })),
  ...{ formats: [], sizes: null, problems: [], warnings: [], obstacles: [], fingerprint: 'f', csvFiles: [] },
};
const row = (file: string, group: number, part: ImageRow['part']): ImageRow => ({
  ...{ file, label: file[0]!, group, part, format: 'PNG', width: 8, height: 8, bits: 8, frames: 1 },
  ...{ scanner: null, findings: [] },
});

/** A Data room in which a folder was looked at; and what its engine was asked to list. */
async function looked(problem: { code: string; message: string } | null = null) {
  const asked: InputOf<'data.images'>[] = [];
  const pinia = windowWith({
    'data.audit': ({ folder }) => ({ ...report, folder }),
    'data.images': (input) => {
      asked.push(input);
      const own = input.testOf
        ? [1, 2, 2].map((group, at) => row(`a/${at}.png`, group, problem ? null : 'test'))
        : [row('a/1.png', 1, 'train'), row('a/2.png', 2, 'validation'), row('b/3.png', 3, 'train')];
      const images = toTable(IMAGE_FIELDS, own);
      const splitProblem = input.testOf ? problem : null;
      return { images, leftOut: [], splitProblem, fingerprint: 'f', folder: input.folder };
    },
  });
  const data = useData();
  useImages();
  data.form.folder = '/d';
  await data.examine();
  await arrived();
  return { pinia, asked, data };
}

/** Types into or chooses in the field with a label. */
async function choose(label: string, value: string): Promise<void> {
  const field = [...document.body.querySelectorAll('label')].find((each) => each.textContent.includes(label))!;
  const input = document.body.querySelector<HTMLInputElement>(`[id="${field.htmlFor}"]`)!;
  input.value = value;
  input.dispatchEvent(new Event('input'));
  input.dispatchEvent(new Event('change'));
  await nextTick();
  await arrived();
}

describe('the split preview', () => {
  it('shows a separate test folder as the test part, by patients and classes', async () => {
    const { pinia, asked } = await looked();
    usePlan().test.folder = '/elsewhere';
    await nextTick();
    await arrived();
    // While it is typed in another room, no folder is walked.
    expect(asked.filter(({ testOf }) => testOf)).toEqual([]);
    expect(asked.at(-1)!.plan).toMatchObject({ testFolder: true });
    const split = shown(SplitPreview, pinia, { report });
    await arrived();
    expect(asked.at(-1)).toMatchObject({ folder: '/elsewhere', testOf: { folder: '/d' } });
    expect(split.text()).toContain('15 % for validation. The test part is the folder of the room Train: /elsewhere');
    expect(split.text()).toMatch(/Test ?sealed until the end ?3 ?2/);
    expect(split.text()).toMatch(/Training ?2 ?2 ?Validation ?1 ?1/);
    // None of them is in the grid, which shows the images to learn from.
    expect(() => split.button('Test')).toThrow('no');
    expect(split.button('Training')).toBeDefined();
  });

  it('divides by what a person says: the values of a column, and asks for the list anew', async () => {
    const { pinia, asked, data } = await looked();
    const csvFiles = [{ path: '/d/labels.csv', columns: ['file', 'label', 'site'] }];
    Object.assign(data.form, { labelsFrom: 'csv', csv: '/d/labels.csv' });
    await data.examine();
    const split = shown(SplitPreview, pinia, { report: { ...report, csvFiles } });
    await choose('The test images are', 'column');
    expect(split.text()).toContain('Not complete yet');
    expect(asked.at(-1)!.plan!.split).toEqual({ validation: 0.15, test: 0.2 });
    await choose('Column', 'site');
    await choose('Values to test on', 'B, C');
    const rule = { by: 'column', column: 'site', test: ['B', 'C'] };
    expect(asked.at(-1)!.plan!.split).toEqual({ validation: 0.15, test: 0.2, rule });
    expect(usePlan().plan.split).toMatchObject({ rule });
    expect(split.text()).toContain('Tested on images whose column ‘site’ is B, C.');
    await choose('The test images are', 'date');
    await choose('Test from', '31.05.2019');
    expect(usePlan().plan.split).toMatchObject({ rule: { by: 'date', column: 'site', from: '31.05.2019' } });
    await choose('The test images are', 'drawn');
    expect(usePlan().plan.split).toEqual({ validation: 0.15, test: 0.2 });
  });

  it('divides DICOM files by a tag, of the usual ones or typed', async () => {
    const { pinia } = await looked();
    const counts = { photometric: [], transferSyntax: [], bitsStored: [], windows: [], manufacturer: [] };
    shown(SplitPreview, pinia, { report: { ...report, dicom: { images: 4, ...counts } } });
    await choose('The test images are', 'date');
    await choose('Column', 'tag:StudyDate');
    await choose('Test from', '2019-05-31');
    expect(usePlan().plan.split).toMatchObject({ rule: { by: 'date', column: 'tag:StudyDate', from: '2019-05-31' } });
    await choose('The test images are', 'column');
    await choose('Column', 'tag:');
    await choose('Values to test on', 'A');
    expect(usePlan().plan.split).toEqual({ validation: 0.15, test: 0.2 });
    await choose('DICOM tag', 'DetectorID');
    expect(usePlan().plan.split).toMatchObject({ rule: { by: 'column', column: 'tag:DetectorID', test: ['A'] } });
  });

  it('says why a folder cannot be tested on, and that its table is missing', async () => {
    const overlap = {
      code: 'TEST_OVERLAPS',
      message: '3 of the 3 images to test on are also among those to train on.',
    };
    const { pinia, data } = await looked(overlap);
    usePlan().test.folder = '/d';
    const split = shown(SplitPreview, pinia, { report });
    await arrived();
    expect(split.text()).toContain(`${overlap.message} TEST_OVERLAPS`);
    Object.assign(data.form, { labelsFrom: 'csv', csv: '/d/labels.csv' });
    await data.examine();
    await arrived();
    expect(split.text()).toContain('Name the table of labels of the test folder in the room Train');
    expect(split.text()).not.toContain(overlap.message);
  });
});

it('classes are the values of a DICOM tag that is named', async () => {
  const { pinia, data } = await looked();
  const labels = shown(LabelOptions, pinia);
  const radio = document.body.querySelector<HTMLInputElement>('input[value="tag"]')!;
  radio.checked = true;
  radio.dispatchEvent(new Event('change'));
  await nextTick();
  expect(labels.text()).toContain('Name the DICOM tag that holds the class.');
  await choose('DICOM tag of the class', ' BodyPartExamined ');
  expect(data.selection).toEqual({ folder: '/d', labelTag: 'BodyPartExamined' });
  await data.adopt({ folder: '/e', labelTag: '(0018,0015)' });
  expect(data.form).toMatchObject({ labelsFrom: 'tag', labelTag: '(0018,0015)' });
});

it('masks among the images are left out by one press', async () => {
  const asked: InputOf<'data.audit'>[] = [];
  const masks = ['a/1_mask.png', 'a/2_mask.png'];
  const pinia = windowWith({
    'data.audit': (input) => {
      asked.push(input);
      return report;
    },
    'data.glance': ({ folder }) => ({
      ...{ folder, files: 4, folders: [{ name: 'a', files: 4 }], loose: 0, endings: [], tables: [], suggested: null },
      ...{
        masks,
        findings: [{ code: 'MASKS', message: '2 files may be masks by their names, such as a/1_mask.png.' }],
      },
    }),
  });
  const data = useData();
  await data.choose('/d');
  expect(asked).toEqual([]);
  expect(data.blocked).toBe('Answer what is asked above first.');
  const questions = shown(GlanceQuestions, pinia);
  await questions.press('Leave out 2 files');
  expect(asked.map(({ resolutions }) => resolutions)).toEqual([
    [{ kind: 'exclude', files: masks, code: 'MASKS', at: expect.any(String) as string }],
  ]);
});

describe('the filters of the images', () => {
  const Room = { setup: () => (useFilterAddress(), () => null) };

  it('are those of the address, and the address has those that are set', async () => {
    const { pinia } = await looked();
    const router = addresses();
    await router.push('/study/s/data?label=a&group=2&image=a/2.png');
    shown(Room, pinia, {}, router);
    const images = useImages();
    expect(images.filter).toEqual({ ...noFilter(), label: 'a', group: 2 });
    expect(images.shown.map(({ file }) => file)).toEqual(['a/2.png']);
    images.show({ part: 'train' });
    await arrived();
    expect(router.currentRoute.value.query).toEqual({ image: 'a/2.png', part: 'train' });
    // Back to an address of another filter.
    await router.push({ query: { text: '3' } });
    await nextTick();
    expect(images.filter).toEqual({ ...noFilter(), text: '3' });
  });

  it('are there again after another room, and gone with another folder', async () => {
    const { pinia, data } = await looked();
    const router = addresses();
    await router.push('/study/s/data');
    const images = useImages();
    images.show({ label: 'b' });
    shown(Room, pinia, {}, router);
    await arrived();
    expect(router.currentRoute.value.query).toEqual({ label: 'b' });
    await router.push('/study/s/network');
    await nextTick();
    expect(router.currentRoute.value.query).toEqual({});
    router.back();
    await arrived();
    expect(images.filter.label).toBe('b');
    data.audit.reset();
    data.audited = null;
    await arrived();
    expect(router.currentRoute.value.query).toEqual({});
  });
});
