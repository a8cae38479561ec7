// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest';
import type { AuditReport } from '../../src-main/contract/data.ts';
import type { FoundLayout } from '../../src-main/contract/layout.ts';
import type { InputOf } from '../../src-main/contract/index.ts';
import { folderFindings } from '../../src-main/engine/data/findings/folders.ts';
import { labelByFolder } from '../../src-main/engine/data/labelFolders.ts';
import { layoutOf } from '../../src-main/engine/data/layout.ts';
import { useData } from '../../src-renderer/features/data/dataStore.ts';
import ClassFolder from '../../src-renderer/features/data/ClassFolder.vue';
import FrameChoice from '../../src-renderer/features/data/FrameChoice.vue';
import DataFindings from '../../src-renderer/features/data/DataFindings.vue';
import GlanceQuestions from '../../src-renderer/features/data/GlanceQuestions.vue';
import UnpackArchive from '../../src-renderer/features/data/UnpackArchive.vue';
import german from '../../src-renderer/text/de/engine/index.ts';
import { speak } from '../../src-renderer/text/index.ts';
import { useSettings } from '../../src-renderer/features/train/settingsStore.ts';
import { phrasebook } from '../../src-renderer/text/phrasebook.ts';
import { shown } from '../support/clicks.ts';
import { arrived, windowWith } from '../support/windowClient.ts';

afterEach(() => speak('en'));

const split: NonNullable<FoundLayout['split']> = {
  parts: [
    { folder: 'test', part: 'test', files: 1 },
    { folder: 'train', part: 'train', files: 6 },
    { folder: 'val', part: 'validation', files: 3 },
  ],
  beside: [{ folder: 'copy', files: 10 }],
  classes: ['A', 'B'],
};
const layout: FoundLayout = { split, inner: ['A', 'B'], copies: ['copy'], alike: [['a', 'A']] };
const codes = ['SPLIT_FOLDERS', 'INNER_CLASSES', 'NESTED_COPY', 'MASKS', 'CLASS_NAMES_ALIKE', 'SPLIT_TAKEN'];
const report: AuditReport = {
  ...{ folder: '/d', files: 4, images: 4, groups: 4, groupSource: 'dicom', grouping: 'patient' },
  classes: [
    { name: 'A', images: 1, groups: 1 },
    { name: 'a', images: 3, groups: 3 },
  ],
  ...{ formats: [], sizes: null, problems: [], obstacles: [], fingerprint: 'f', csvFiles: [], layout },
  warnings: codes.map((code) => ({ code, message: `About ${code}.` })),
};

/** The Data room before a folder is read; and the selections that were asked for. */
async function asking() {
  const asked: InputOf<'data.audit'>[] = [];
  const pinia = windowWith({
    'data.audit': (input) => {
      asked.push(input);
      return report;
    },
    'data.glance': ({ folder }) => ({
      ...{ folder, files: 4, folders: [{ name: 'train', files: 4 }], loose: 0, endings: [], tables: [], masks: [] },
      ...{ suggested: null, findings: report.warnings.slice(0, 3), layout },
    }),
  });
  const data = useData();
  await data.choose('/d');
  return { pinia, data, asked, last: () => asked.at(-1)! };
}
const parts = { test: 'test', train: 'train', val: 'validation' };

describe('before the images are read', () => {
  it('the folders are offered as the split, with what follows from it, and taken by one press', async () => {
    const { pinia, data, asked, last } = await asking();
    expect(asked).toEqual([]);
    const questions = shown(GlanceQuestions, pinia);
    expect(questions.text()).toMatch(/Test: test \(1 file\).*Training: train \(6 files\).*Validation: val \(3 files\)/);
    expect(questions.text()).toMatch(/Classes: A, B.*Not used: copy/);
    await questions.press('Take them as the split');
    expect(last().layout).toEqual({ parts });
    expect(useSettings().settings.split.rule).toEqual({ by: 'given' });
    // Opened again, it is the same.
    const { again: _again, study: _study, ...selection } = last();
    await data.adopt(selection as Parameters<typeof data.adopt>[0]);
    expect(data.selection.layout).toEqual({ parts });
    // What is said of one folder is not said of another.
    await data.choose('/other');
    expect(useSettings().settings.split.rule).toBeUndefined();
  });

  it('the inner folders, or the outer ones, are the classes by one press, and a copy is left out', async () => {
    const { pinia, last } = await asking();
    const questions = shown(GlanceQuestions, pinia);
    await questions.press('The inner folders are the classes: A, B');
    expect(last().layout).toEqual({ classes: 'last' });
    await questions.press('The outer folders are the classes');
    expect(last().layout).toEqual({ classes: 'first' });
    await questions.press('Leave out the copy copy');
    expect(last().leaveOut).toEqual({ files: [], classes: [], folders: ['copy'] });
  });
});

describe('after that', () => {
  it('each finding has what mends it', async () => {
    const { pinia, data, last } = await asking();
    await data.takeAsIs();
    await arrived();
    const findings = shown(DataFindings, pinia, { report });
    await findings.press('Take them as the split');
    expect(last().layout).toEqual({ parts });
    expect(useSettings().settings.split.rule).toEqual({ by: 'given' });
    await findings.press('Do not take the folders as the split');
    expect(last().layout).toBeUndefined();
    expect(useSettings().settings.split.rule).toBeUndefined();
    await findings.press('Leave out the masks');
    expect(last().leaveOut).toEqual({ files: [], classes: [], masks: true });
    await data.useAgain({ masks: true });
    expect(last().leaveOut).toBeUndefined();
    await findings.press('Leave out the copy copy');
    expect(last().leaveOut).toEqual({ files: [], classes: [], folders: ['copy'] });
    // Under the name that most images have.
    await findings.press('Join classes whose names are alike');
    expect(last().join).toEqual({ A: 'a' });
  });

  it('the folder that is the class is a choice beside the labels', async () => {
    const { pinia, data } = await asking();
    const field = shown(ClassFolder, pinia);
    expect(field.text()).toContain('The last, in which the image lies');
    data.form.layout = { classes: 'last' };
    expect(data.selection.layout).toEqual({ classes: 'last' });
  });

  it('whether each frame is an image is asked where files have several, with their number', async () => {
    const { pinia, data } = await asking();
    expect(shown(FrameChoice, pinia, { report: {} }).text()).toBe('');
    const field = shown(FrameChoice, pinia, { report: { frames: { files: 2, frames: 1234, each: false } } });
    expect(field.text()).toContain('2 files have several frames or pages, 1,234 in all.');
    expect(field.text()).toContain('Each frame, and each page');
    expect(data.selection.frames).toBeUndefined();
    data.form.frames = 'each';
    expect(data.selection.frames).toBe('each');
  });
});

it('what is found in folders is said in German', async () => {
  const say = phrasebook(german);
  const walk = {
    files: [
      ...['d/train/A/1.png', 'd/train/A/1_mask.png', 'd/train/B/2.png', 'd/test/A/3.png', 'd/test/B/4.png'],
      ...['d/extra/5.png', 'd/extra/6.png'],
    ],
    folders: ['d', 'd/train', 'd/none'],
    passedOver: ['all.7z', 'DICOMDIR'],
    unpacked: ['d.zip'],
    system: ['.DS_Store', 'Thumbs.db'],
    ...{ tables: [], problems: [] },
  };
  for (const choice of [undefined, { parts: 'found' as const }]) {
    const found = await layoutOf('/d', walk, { choice });
    const sentences = folderFindings(walk, found, labelByFolder(walk, found).files, false);
    expect(sentences.length).toBeGreaterThan(5);
    expect(sentences.filter(({ message }) => say(message) === undefined)).toEqual([]);
  }
  const copied = { ...walk, files: ['s/A/1.png', 's/B/2.png', 't/A/3.png', 't/B/4.png'] };
  const found = await layoutOf('/d', copied);
  const [inner] = folderFindings(copied, { ...found, found: { ...found.found, copies: ['s'] } }, [{ file: 's/A/1.png', label: 's' }], false); // prettier-ignore
  expect(say(inner!.message)).toContain('Sind das die Klassen?');
  expect(say('The folder "s" is a second copy of what lies beside it: 1 file of the same names and sizes. Leave it out: `--leave-out s/`, or in the window.')).toContain('zweite Kopie'); // prettier-ignore
  expect(say('As chosen, 7 files are left out: the class "x" and what lies in "s" and 3 masks and 2 single files.')).toContain('und 3 Masken und 2 einzelne Dateien'); // prettier-ignore
  expect(say('The classes "ill" (4), "ill " (4) differ in case, blanks or accents only. If they are one: `--join "ill =ill"`, or join them in the window.')).toContain('unterscheiden sich nur'); // prettier-ignore
});

describe('an archive in the place of a folder', () => {
  it('is unpacked by one press, and looked at where it lies then', async () => {
    const looked: string[] = [];
    const pinia = windowWith({
      'data.audit': () => report,
      'data.glance': ({ folder }) => {
        looked.push(folder);
        return { folder, files: 1, folders: [], loose: 1, endings: [], tables: [], masks: [], suggested: null, findings: [] }; // prettier-ignore
      },
      'data.unpack': ({ file }) => ({
        ...{ folder: `${file}!`, files: 3, bytes: 9 },
        problems: [{ file: 'x', code: 'FILE_NOT_READABLE', message: 'This is a link, which is not unpacked.' }],
      }),
    });
    const asked = shown(UnpackArchive, pinia, { file: '/d/x.zip' });
    expect(asked.text()).toContain('The archive itself stays as it is.');
    await asked.press('Unpack it, and look at the images');
    await arrived();
    expect(looked).toEqual(['/d/x.zip!']);
    expect(useData().form.folder).toBe('/d/x.zip!');
  });
});
