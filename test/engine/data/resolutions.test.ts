import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { withoutNames } from '../../../src-main/contract/findings.ts';
import type { Resolution } from '../../../src-main/contract/resolutions.ts';
import { scanDataset } from '../../../src-main/engine/data/scan.ts';
import type { ScannedDataset } from '../../../src-main/engine/data/types.ts';
import { folderForFile } from '../../support/folder.ts';
import { put, smallPng, smallStudy } from '../../support/pictures.ts';

const own = folderForFile();
const folder = join(own, 'study');
const COPIES = ['a/p0_9.png', 'a/p2_9.png'];
let before: ScannedDataset;
beforeAll(async () => {
  // Patients p0 to p5 with two images each, in classes a and b.
  await smallStudy(folder, { patients: 6, each: 2 });
  put(folder, COPIES[0]!, await smallPng(900));
  copyFileSync(join(folder, COPIES[0]!), join(folder, COPIES[1]!));
  const level = { create: { width: 40, height: 40, channels: 3 as const, background: '#777' } };
  put(folder, 'b/p1_blank.png', await sharp(level).png().toBuffer());
  before = await scan();
});

const scan = (resolutions?: Resolution[], others: { leaveOut?: object; join?: Record<string, string> } = {}) => {
  const { leaveOut, ...more } = others;
  const out = leaveOut && { leaveOut: { files: [], classes: [], ...leaveOut } };
  return scanDataset({ folder, groupPattern: '(p\\d+)_', ...more, ...out, ...(resolutions && { resolutions }) }, { salt: 's', facts: join(own, 'facts') }); // prettier-ignore
};
const found = ({ report }: ScannedDataset, code: string) => report.warnings.find((each) => each.code === code);
const of = ({ images }: ScannedDataset, file: string) => images.find((each) => each.file === file);

describe('what a person decided about single images', () => {
  it('leaves files out, and says as what and why', async () => {
    const after = await scan([
      { kind: 'exclude', files: ['b/p1_blank.png'], code: 'BLANK', reason: 'Test shot. Nothing on it' },
      { kind: 'exclude', files: [COPIES[1]!, 'a/p0_0.png'], code: 'DUPLICATE_GROUPS', reason: 'see p0_0' },
      { kind: 'exclude', files: ['a/p0_1.png'] },
    ]);
    expect(after.images.length).toBe(before.images.length - 4);
    expect(found(before, 'BLANK')).toBeDefined();
    expect(found(before, 'DUPLICATE_GROUPS')).toMatchObject({ grave: true });
    expect([found(after, 'BLANK'), found(after, 'DUPLICATE_GROUPS')]).toEqual([undefined, undefined]);
    expect(after.leftOut.map(({ file }) => file)).toEqual(['a/p0_0.png', 'a/p0_1.png', COPIES[1], 'b/p1_blank.png']);
    // A reason with the name of a file goes no further.
    expect(found(after, 'EXCLUDED')!.message).toBe(
      'As decided, 4 files are left out: 2 duplicates, 1 blank, 1 by hand. Reasons given: "Test shot. Nothing on it".',
    );
    expect(withoutNames(found(after, 'EXCLUDED')!)).not.toMatch(/p\d/);
  });

  it('counts patients as one, named by files of theirs', async () => {
    const after = await scan([{ kind: 'merge', files: COPIES, code: 'DUPLICATE_GROUPS' }]);
    expect(after.report.groups).toBe(before.report.groups - 1);
    expect(of(after, 'a/p0_1.png')!.group).toBe(of(after, 'a/p2_1.png')!.group);
    expect(of(before, 'a/p0_1.png')!.group).not.toBe(of(before, 'a/p2_1.png')!.group);
    expect(found(after, 'DUPLICATE_GROUPS')).toBeUndefined();
    expect(found(after, 'MERGED')!.message).toBe('As decided, 2 patients are counted as 1.');
    expect(after.report.fingerprint).not.toBe(before.report.fingerprint);
  });

  it('gives an image another class, of those that there are after classes were joined', async () => {
    const after = await scan([
      { kind: 'relabel', file: 'a/p0_0.png', label: 'c' },
      { kind: 'relabel', file: 'a/p0_0.png', label: 'b', from: 'a' },
      { kind: 'relabel', file: 'a/p0_1.png', label: 'B' },
    ]);
    expect([of(before, 'a/p0_0.png')!.label, of(after, 'a/p0_0.png')!.label]).toEqual(['a', 'b']);
    expect(of(after, 'a/p0_1.png')!.label).toBe('a');
    expect(found(after, 'RELABELLED')!.message).toBe('As decided, 1 image has another label: "a" → "b" (1).');
    expect(found(after, 'RESOLUTION_UNFIT')!.message).toBe(
      'Not given another label, since no class has that name: a/p0_1.png ("B").',
    );
    expect(after.report.fingerprint).not.toBe(before.report.fingerprint);
    const joined = await scan([{ kind: 'relabel', file: 'a/p0_1.png', label: 'B' }], { join: { b: 'B' } });
    expect(of(joined, 'a/p0_1.png')!.label).toBe('B');
  });

  it('settles a finding about the images that were looked at, and no grave one', async () => {
    const kept = await scan([{ kind: 'keep', code: 'BLANK', files: ['b/p1_blank.png'], reason: 'A phantom' }]);
    expect(found(kept, 'BLANK')).toMatchObject({ kept: { reason: 'A phantom' } });
    const others = await scan([{ kind: 'keep', code: 'BLANK', files: ['a/p0_0.png'] }]);
    expect(found(others, 'BLANK')).not.toHaveProperty('kept');
    const grave = await scan([
      { kind: 'keep', code: 'DUPLICATE_GROUPS' },
      { kind: 'keep', code: 'NO_SUCH' },
    ]);
    expect(found(grave, 'DUPLICATE_GROUPS')).toMatchObject({ grave: true });
    expect(found(grave, 'DUPLICATE_GROUPS')).not.toHaveProperty('kept');
    expect(found(grave, 'KEEP_UNFIT')!.message).toBe(
      'Kept, but not among the findings: NO_SUCH. Not settled by being kept, since training stops until it is accepted: DUPLICATE_GROUPS.',
    );
  });

  it('names what does not fit any more, stops nothing, and names nothing in what leaves the machine', async () => {
    const after = await scan([
      { kind: 'exclude', files: ['a/gone.png', 'a/p0_0.png'] },
      { kind: 'merge', files: ['a/p4_0.png', 'b/gone.png'] },
    ]);
    const unfit = found(after, 'RESOLUTION_UNFIT')!;
    expect(unfit.message).toBe('Decided about, but not among the labelled files any more: a/gone.png, b/gone.png.');
    expect(unfit.grave).toBeUndefined();
    expect(withoutNames(unfit)).not.toContain('gone');
    expect(found(after, 'EXCLUDED')!.message).toBe('As decided, 1 file is left out: 1 by hand.');
    expect(found(after, 'MERGED')).toBeUndefined();
    // What is left out anyway still fits.
    const twice = await scan([{ kind: 'relabel', file: 'b/p1_0.png', label: 'a' }], { leaveOut: { files: ['b/p1_0.png'] } }); // prettier-ignore
    expect(found(twice, 'RESOLUTION_UNFIT')).toBeUndefined();
  });

  it('a class of which no image is left is named', async () => {
    const files = before.images.flatMap(({ file, label }) => (label === 'b' ? [file] : []));
    const after = await scan([{ kind: 'exclude', files }]);
    expect(found(after, 'CLASS_EMPTIED')!.message).toBe('After what was decided, no image is left of: "b".');
  });

  it('taken back, all is as before', async () => {
    const keep: Resolution = { kind: 'keep', code: 'BLANK' };
    for (const each of [
      { kind: 'exclude', files: ['a/p0_0.png'] },
      { kind: 'merge', files: COPIES },
      { kind: 'relabel', file: 'a/p0_0.png', label: 'b' },
    ] satisfies Resolution[])
      expect((await scan([each, keep])).report.fingerprint).not.toBe(before.report.fingerprint);
    for (const none of [[], [keep]])
      expect(await scan(none)).toMatchObject({ images: before.images, report: { fingerprint: before.report.fingerprint } }); // prettier-ignore
    expect((await scan([])).report.warnings).toEqual(before.report.warnings);
  });
});
