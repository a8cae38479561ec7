import { Command } from 'commander';
import { expect, test } from 'vitest';
import { dataSelection as schema } from '../../src-main/contract/data.ts';
import { addLabelOptions, dataOptionAt, dataSelection } from '../../src-main/cli/options/data.ts';
import { testSelection, type TestOptions } from '../../src-main/cli/options/testData.ts';
import type { LabelOptions } from '../../src-main/cli/options/data.ts';

/** The options as they are typed. */
function typed(...words: string[]): LabelOptions & TestOptions {
  const command = addLabelOptions(new Command()).option('--test-labels <csv>').exitOverride();
  return command.parse(words, { from: 'user' }).opts();
}

test('how a table is read is part of the selection, for the images of the test as well', () => {
  const options = typed(
    ...['--labels', '/d/t.csv', '--match-ends', '--one-hot', 'MEL', 'NV', '--missing', '-99', 'unknown'],
    ...['--several-labels', 'leave-out', '--test-labels', '/d/test.csv'],
  );
  const reading = { match: 'end', oneHot: ['MEL', 'NV'], missing: ['-99', 'unknown'], several: 'leave-out' };
  expect(schema.parse(dataSelection('/d', options)).labels).toMatchObject({ csv: '/d/t.csv', ...reading });
  expect(testSelection('/d', options)?.labels).toMatchObject({ csv: '/d/test.csv', ...reading });
  // Nothing of it is said where nothing was.
  expect(Object.keys(dataSelection('/d', typed('--labels', '/d/t.csv')).labels!)).toEqual(['csv']);
});

test('without a table it is refused, and what is refused is named as it is typed', () => {
  expect(() => dataSelection('/d', typed('--match-ends'))).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }));
  expect(dataOptionAt(['data', 'labels', 'match'])).toBe('--match-ends');
  expect(dataOptionAt(['data', 'labels', 'several'])).toBe('--several-labels');
  expect(dataOptionAt(['data', 'labels', 'oneHot'])).toBe('--one-hot');
});

test('a DICOM tag says the class in place of a table, and of a test folder without a table as well', () => {
  const options = { ...typed('--label-tag', ' (0018,0015) '), testData: '/t' };
  expect(schema.parse(dataSelection('/d', options))).toEqual({ folder: '/d', labelTag: '(0018,0015)' });
  expect(testSelection('/d', options)).toMatchObject({ folder: '/t', labelTag: ' (0018,0015) ' });
  expect(testSelection('/d', { ...options, testLabels: '/d/test.csv' })).not.toHaveProperty('labelTag');
});

test('one of several windows is a grey scale by its place', () => {
  expect(schema.parse(dataSelection('/d', typed('--grey-scale', 'window:2'))).greyScale).toEqual({ window: 2 });
  for (const text of ['window:0', 'window:', 'window:2.5', 'window'])
    expect(() => typed('--grey-scale', text), text).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }));
});
