import { describe, expect, it } from 'vitest';
import type { AuditReport } from '../../src-main/contract/data.ts';
import type { ImageRow } from '../../src-main/contract/images.ts';
import { countParts, filterIn, filterQuery, imagesPerGroup, isFiltered, matching, noFilter, occurring, partsOf } from '../../src-renderer/features/data/filters.ts'; // prettier-ignore
import { actsOn, maskFolders } from '../../src-renderer/features/data/findings.ts';

const row = (file: string, of: Partial<ImageRow> = {}): ImageRow => ({
  ...{ file, label: 'a', group: 1, format: 'PNG', width: 8, height: 8, bits: 8, frames: 1 },
  ...{ scanner: null, findings: [], part: 'train' },
  ...of,
});
const rows = [
  row('a/One.png', { group: 1, findings: ['DUPLICATE', 'DUPLICATE_LABELS'] }),
  row('a/two.png', { group: 1, scanner: 'Alpha' }),
  row('b/three.dcm', { label: 'b', group: 2, part: 'test', scanner: 'Beta', findings: ['RANGE'] }),
  row('b/four.dcm', { label: 'b', group: 3, part: 'validation', scanner: 'Beta' }),
];
const files = (filter: object): string[] => matching(rows, { ...noFilter(), ...filter }).map(({ file }) => file);

describe('filters', () => {
  it('let all through where none is set, and together let through what passes each', () => {
    expect(matching(rows, noFilter())).toBe(rows);
    expect(isFiltered(noFilter())).toBe(false);
    expect(files({ text: ' ONE' })).toEqual(['a/One.png']);
    expect(files({ label: 'b' })).toEqual(['b/three.dcm', 'b/four.dcm']);
    expect(files({ group: 1, scanner: 'Alpha' })).toEqual(['a/two.png']);
    expect(files({ part: 'test' })).toEqual(['b/three.dcm']);
    expect(files({ finding: 'DUPLICATE' })).toEqual(['a/One.png']);
    expect(files({ label: 'a', part: 'test' })).toEqual([]);
  });

  it('are in the address, and only they', () => {
    const set = { ...noFilter(), text: 'a&b', label: 'normal', group: 12 };
    expect(filterQuery(set)).toEqual({ text: 'a&b', label: 'normal', group: '12' });
    expect(filterQuery(noFilter())).toEqual({});
    expect(filterIn({ ...filterQuery(set), image: 'a/One.png', tab: 'split' })).toEqual(set);
    expect(filterIn({ group: 'P017', label: ['a', 'b'], part: null })).toEqual(noFilter());
  });

  it('offer what occurs, the most frequent first', () => {
    expect(occurring(rows, ({ scanner }) => (scanner === null ? [] : [scanner]))).toEqual([
      { value: 'Beta', images: 2 },
      { value: 'Alpha', images: 1 },
    ]);
  });

  it('count parts by images and groups', () => {
    expect(countParts(rows)).toEqual({
      train: { images: 2, groups: 1 },
      validation: { images: 1, groups: 1 },
      test: { images: 1, groups: 1 },
    });
    expect(partsOf(rows)?.map(({ label }) => label)).toEqual(['a', 'b']);
    expect(partsOf(rows.map((each) => ({ ...each, part: null })))).toBeNull();
    expect(imagesPerGroup(rows, 2)).toEqual([
      { images: 1, groups: 2 },
      { images: 2, groups: 1 },
    ]);
  });
});

describe('what can be done about a finding', () => {
  const report = {
    groupChoices: [{ by: 'study', groups: 4 }],
    classes: [
      { name: 'a', images: 9, groups: 9 },
      { name: 'b', images: 9, groups: 9 },
      { name: 'rare', images: 1, groups: 1 },
    ],
  } as AuditReport;
  const acts = (code: string, table: { path: string; column: string } | null = null) =>
    actsOn({ code }, { report, rows, table, joined: ['c'] });

  it.each([
    ['DUPLICATE_LABELS', [{ kind: 'show', code: 'DUPLICATE_LABELS', images: 1 }, { kind: 'leaveOutImages', code: 'DUPLICATE_LABELS', files: ['a/One.png'] }]], // prettier-ignore
    ['TOO_FEW_GROUPS', [{ kind: 'leaveOutClasses', names: ['rare'] }, { kind: 'classes' }]],
    ['NO_PATIENTS', [{ kind: 'group', by: 'study', groups: 4 }, { kind: 'labels' }]],
    ['RANGE', [{ kind: 'show', code: 'RANGE', images: 1 }]],
    ['JOINED', [{ kind: 'separate', name: 'c' }]],
    ['LEFT_OUT', [{ kind: 'useAgain' }]],
    ['LABEL_IS_SIZE', []],
  ])('%s', (code, expected) => expect(acts(code)).toEqual(expected));

  it('a table that knows the patients comes first', () => {
    const table = { path: '/d/t.csv', column: 'patient' };
    expect(acts('NO_PATIENTS', table)[0]).toEqual({ kind: 'table', ...table });
  });

  it('folders of masks are those that the glance names', () => {
    const glance = {
      folders: [{ name: 'images', files: 2 }, { name: 'masks', files: 2 }],
      findings: [{ code: 'MASKS', message: 'The folder "masks" may hold masks.' }],
    } as Parameters<typeof maskFolders>[0]; // prettier-ignore
    expect(maskFolders(glance)).toEqual(['masks']);
    expect(maskFolders(null)).toEqual([]);
  });

  it('of images that look the same, one of each set stays, unless their labels differ; they can be kept together', () => {
    const alike = [
      row('a/one.png', { findings: ['NEAR_DUPLICATE', 'NEAR_DUPLICATE_LABELS', 'NEAR_DUPLICATE_GROUPS'] }),
      row('b/two.png', { findings: ['NEAR_DUPLICATE', 'NEAR_DUPLICATE_LABELS', 'NEAR_DUPLICATE_GROUPS', 'REPEATED'] }),
      row('b/blank.png', { findings: ['BLANK'] }),
    ];
    const acts = (code: string) => actsOn({ code }, { report, rows: alike, table: null, joined: [] });
    const show = (code: string, images: number) => ({ kind: 'show', code, images });
    const leaveOut = (code: string, files: string[]) => ({ kind: 'leaveOutImages', code, files });
    expect(acts('NEAR_DUPLICATE_GROUPS')).toEqual([
      show('NEAR_DUPLICATE_GROUPS', 2),
      leaveOut('NEAR_DUPLICATE_GROUPS', ['b/two.png']),
      { kind: 'together' },
    ]);
    expect(acts('NEAR_DUPLICATE_LABELS')).toEqual([
      show('NEAR_DUPLICATE_LABELS', 2),
      leaveOut('NEAR_DUPLICATE_LABELS', ['a/one.png', 'b/two.png']),
    ]);
    expect(acts('BLANK')).toEqual([show('BLANK', 1), leaveOut('BLANK', ['b/blank.png'])]);
    expect(acts('COPIES_TOGETHER')).toEqual([{ kind: 'apart' }]);
  });
});
