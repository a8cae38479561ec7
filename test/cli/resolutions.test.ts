import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { expect, test } from 'vitest';
import { addLabelOptions, dataSelection, type LabelOptions } from '../../src-main/cli/options/data.ts';
import { testSelection } from '../../src-main/cli/options/testData.ts';
import { dataSelection as schema } from '../../src-main/contract/data.ts';
import { temporaryFolder } from '../support/folder.ts';

const typed = (...words: string[]): LabelOptions =>
  addLabelOptions(new Command().exitOverride()).parse(words, { from: 'user' }).opts<LabelOptions>();
const decided = (...words: string[]) => schema.parse(dataSelection('/d', typed(...words))).resolutions;

test('decisions about single images are part of the selection, in their order', () => {
  const words = [
    ...['--keep', 'BLANK', 'INVERTED', '--relabel', 'a/x=1.png=b', 'a/2.png = c d'],
    ...['--merge-patients', 'a/1.png,a/7.png', 'b/2.png, b/3.png'],
  ];
  expect(decided(...words)).toEqual([
    { kind: 'relabel', file: 'a/x=1.png', label: 'b' },
    { kind: 'relabel', file: 'a/2.png', label: 'c d' },
    { kind: 'merge', files: ['a/1.png', 'a/7.png'] },
    { kind: 'merge', files: ['b/2.png', 'b/3.png'] },
    { kind: 'keep', code: 'BLANK' },
    { kind: 'keep', code: 'INVERTED' },
  ]);
  expect(decided()).toBeUndefined();
  // Files of another folder are other files.
  expect(testSelection('/d', { testData: '/t', ...typed(...words) })).toEqual({ folder: '/t' });
});

test('decisions that the window saved come first', () => {
  const file = join(temporaryFolder(), 'decisions.json');
  const exclude = { kind: 'exclude', files: ['a/1.png'], code: 'BLANK', at: '2026-01-02T03:04:05.000Z', reason: 'No' };
  const write = (resolutions: unknown[]): void =>
    writeFileSync(file, JSON.stringify({ kind: 'cutpoint-resolutions', version: 1, resolutions }));
  write([exclude]);
  expect(decided('--resolutions', file, '--keep', 'INVERTED')).toEqual([exclude, { kind: 'keep', code: 'INVERTED' }]);
  write([exclude, { kind: 'relabel', file: 'a/2.png' }]);
  expect(() => decided('--resolutions', file)).toThrow('resolutions.1.label');
  writeFileSync(file, 'a/1.png');
  expect(() => decided('--resolutions', file)).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }));
  expect(() => decided('--resolutions', `${file}.gone`)).toThrow(
    expect.objectContaining({ code: 'FILE_NOT_READABLE' }),
  );
});

test.each([
  [['--relabel', 'a/1.png'], 'does not say which file gets which class'],
  [['--relabel', 'a/1.png='], 'does not say which file gets which class'],
  [['--merge-patients', 'a/1.png'], 'does not name two files'],
])('%j is refused', (words, message) => expect(() => decided(...words)).toThrow(message));
