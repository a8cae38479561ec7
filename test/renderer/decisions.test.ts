// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import type { AuditReport } from '../../src-main/contract/data.ts';
import { IMAGE_FIELDS, type ImageRow } from '../../src-main/contract/images.ts';
import type { InputOf } from '../../src-main/contract/index.ts';
import { resolutionFile } from '../../src-main/contract/resolutions.ts';
import { toTable } from '../../src-main/contract/table.ts';
import DataFindings from '../../src-renderer/features/data/DataFindings.vue';
import { useData } from '../../src-renderer/features/data/dataStore.ts';
import { keepOf, mergesOf, offersOn, resolutionText } from '../../src-renderer/features/data/decisions.ts';
import { useImages } from '../../src-renderer/features/data/imagesStore.ts';
import { testSelection } from '../../src-renderer/features/train/plan.ts';
import { shown } from '../support/clicks.ts';
import { arrived, windowWith } from '../support/windowClient.ts';

const row = (file: string, group: number, findings: string[]): ImageRow => ({
  ...{ file, label: file[0]!, group, findings, part: null, format: 'PNG', width: 8, height: 8, bits: 8, frames: 1 },
  scanner: null,
});
const rows = [
  row('a/1.png', 1, ['DUPLICATE', 'DUPLICATE_GROUPS']),
  row('a/2.png', 2, ['DUPLICATE', 'DUPLICATE_GROUPS', 'REPEATED']),
  row('a/3.png', 3, ['NEAR_DUPLICATE', 'NEAR_DUPLICATE_LABELS']),
  row('b/4.png', 3, ['NEAR_DUPLICATE', 'NEAR_DUPLICATE_LABELS', 'REPEATED']),
  row('b/5.png', 5, ['BLANK']),
];
const warnings = [
  { code: 'DUPLICATE_GROUPS', message: 'Equal, of several patients.', grave: true },
  { code: 'NEAR_DUPLICATE_LABELS', message: 'Alike, of several classes.' },
  { code: 'BLANK', message: 'Blank or almost.' },
];
const report: AuditReport = {
  ...{ folder: '/d', files: 5, images: 5, groups: 4, groupSource: 'pattern', grouping: 'patient' },
  classes: ['a', 'b'].map((name) => ({ name, images: 2, groups: 2 })),
  ...{ formats: [], sizes: null, problems: [], obstacles: [], fingerprint: 'f', csvFiles: [], warnings },
};

/** The Data room with three findings; of its engine what it was asked, and a report that has what is kept. */
async function room() {
  const asked: InputOf<'data.audit'>[] = [];
  const pinia = windowWith({
    'data.audit': (input) => {
      asked.push(input);
      const kept = new Map(
        input.resolutions?.flatMap((each) => (each.kind === 'keep' ? [[each.code, each.reason]] : [])),
      );
      const own = warnings.map((each) => kept.has(each.code) ? { ...each, kept: { reason: kept.get(each.code) } } : each); // prettier-ignore
      return { ...report, warnings: own };
    },
    'data.images': ({ folder }) => ({
      ...{ images: toTable(IMAGE_FIELDS, rows), leftOut: [], splitProblem: null, fingerprint: 'f', folder },
      repeats: [[0, 1]],
    }),
  });
  const data = useData();
  useImages();
  data.form.folder = '/d';
  await data.examine();
  await arrived();
  const before = JSON.stringify(data.selection);
  return { pinia, asked, data, before };
}
const decided = (input: InputOf<'data.audit'> | undefined) => input?.resolutions?.map(({ at: _at, ...each }) => each);

describe('a finding is settled image by image', () => {
  it('by one press each; the log says when, what and why, and any of them is taken back', async () => {
    const { pinia, asked, data, before } = await room();
    const page = shown(DataFindings, pinia, { report });
    expect(page.text()).not.toContain('Decisions');
    await page.press('Merge patients');
    expect(decided(asked.at(-1))).toEqual([{ kind: 'merge', files: ['a/1.png', 'a/2.png'], code: 'DUPLICATE_GROUPS' }]);
    expect(Date.parse(asked.at(-1)!.resolutions![0]!.at!)).toBeGreaterThan(Date.now() - 60_000);

    await page.press('Relabel…');
    await page.choose('Relabelled image', 'b/4.png (b)');
    await page.submit();
    const relabel = { kind: 'relabel', file: 'b/4.png', label: 'a', from: 'b', code: 'NEAR_DUPLICATE_LABELS' };
    expect(decided(asked.at(-1))?.[1]).toEqual(relabel);

    await page.press('Leave 1 image out');
    await page.enter('[aria-label="Reason for decision 2"]', ' Seen again with a colleague ');
    document.querySelector('[aria-label="Reason for decision 2"]')!.dispatchEvent(new Event('change'));
    await arrived();
    expect(decided(asked.at(-1))).toEqual([
      expect.objectContaining({ kind: 'merge' }),
      { ...relabel, reason: 'Seen again with a colleague' },
      { kind: 'exclude', files: ['a/2.png'], code: 'DUPLICATE_GROUPS' },
    ]);
    expect(page.text()).toContain('Decisions (3)');
    expect(page.text()).toMatch(/4\.png: ‘b’ → ‘a’ · Answers Looks the same, with another class/);
    expect(resolutionFile.parse(JSON.parse(resolutionText(data.selection.resolutions!))).resolutions).toEqual(
      data.selection.resolutions,
    );

    await page.press('Undo decision 1');
    expect(decided(asked.at(-1))?.map(({ kind }) => kind)).toEqual(['relabel', 'exclude']);
    await page.press('Undo decision 2');
    await page.press('Undo decision 1');
    expect(JSON.stringify(data.selection)).toBe(before);
    expect(page.text()).not.toContain('Decisions');
  });

  it('by keeping it, where training does not stop on it', async () => {
    expect(offersOn({ code: 'DUPLICATE_GROUPS', grave: true })).toEqual(['merge']);
    expect(offersOn({ code: 'DUPLICATE_GROUPS' })).toEqual(['merge', 'keep']);
    expect(offersOn({ code: 'EXCLUDED' })).toEqual([]);
    expect(keepOf('BLANK', Array.from({ length: 1001 }, String))).toEqual({ kind: 'keep', code: 'BLANK' });
    const { pinia, asked, data, before } = await room();
    const page = shown(DataFindings, pinia, { report });
    // The first one that offers it: the one before is grave.
    await page.press('Keep');
    expect(decided(asked.at(-1))).toEqual([
      { kind: 'keep', code: 'NEAR_DUPLICATE_LABELS', files: ['a/3.png', 'b/4.png'] },
    ]);
    expect(data.report!.warnings.map(({ kept }) => kept !== undefined)).toEqual([false, true, false]);
    await page.press('Undo decision 1');
    expect(data.report!.warnings.some(({ kept }) => kept !== undefined)).toBe(false);
    expect(JSON.stringify(data.selection)).toBe(before);
  });

  it('and is shown as settled then', async () => {
    const { pinia } = await room();
    const own = warnings.map((each) => (each.code === 'BLANK' ? { ...each, kept: { reason: 'A phantom' } } : each));
    const page = shown(DataFindings, pinia, { report: { ...report, warnings: own } });
    expect(page.text()).toMatch(/Settled \(1\) ?Blank or almost\. BLANK ?Reason: A phantom/);
  });
});

it('of each set of copies one file of each patient is named', () => {
  const three = [row('a/1.png', 1, ['X']), row('a/2.png', 1, ['X']), row('a/3.png', 2, ['X']), row('a/4.png', 3, [])];
  expect(mergesOf([[0, 1, 2, 3], [0, 1]], three, 'X')).toEqual([{ kind: 'merge', files: ['a/1.png', 'a/3.png'], code: 'X' }]); // prettier-ignore
});

it('files left out by earlier versions are decisions now, and those of a test folder are other files', async () => {
  const { asked, data } = await room();
  await data.adopt({ folder: '/d', leaveOut: { files: ['a/1.png', 'a/2.png'], classes: ['c'] } });
  expect(asked.at(-1)).toMatchObject({ leaveOut: { files: [], classes: ['c'] } });
  expect(decided(asked.at(-1))).toEqual([{ kind: 'exclude', files: ['a/1.png', 'a/2.png'] }]);
  await data.useAgain({ files: ['a/1.png'] });
  expect(decided(asked.at(-1))).toEqual([{ kind: 'exclude', files: ['a/2.png'] }]);
  expect(testSelection(data.selection, { folder: '/t', csv: '' })).toEqual({ folder: '/t', leaveOut: { files: [], classes: ['c'] } }); // prettier-ignore
});
