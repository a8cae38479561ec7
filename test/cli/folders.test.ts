import { Command } from 'commander';
import { expect, it } from 'vitest';
import { addLabelOptions, dataSelection, type LabelOptions } from '../../src-main/cli/options/data.ts';
import { testSelection } from '../../src-main/cli/options/testData.ts';
import { dataSelection as schema } from '../../src-main/contract/data.ts';

const optionsOf = (...args: string[]): LabelOptions => {
  const command = addLabelOptions(new Command().exitOverride().configureOutput({ writeErr: () => {} }));
  return command.parse(args, { from: 'user' }).opts<LabelOptions>();
};
const selected = (...args: string[]) => schema.parse(dataSelection('/d', optionsOf(...args)));

it('says of folders what they are, and nothing where nobody did', () => {
  expect(selected()).toEqual({ folder: '/d' });
  expect(selected('--split-folders').layout).toEqual({ parts: 'found' });
  expect(selected('--class-folder', 'last').layout).toEqual({ classes: 'last' });
  expect(selected('--class-folder', 'first', '--split-folders').layout).toEqual({ classes: 'first', parts: 'found' });
  expect(() => optionsOf('--class-folder', 'middle')).toThrow('Allowed choices are first, last');
});

it('a test set has its classes in the same folder as the data', () => {
  expect(testSelection('/d', { testData: '/t', ...optionsOf('--class-folder', 'last', '--split-folders') })).toEqual({
    folder: '/t',
    layout: { classes: 'last' },
  });
});

it('leaves out classes, files, whole folders and masks', () => {
  expect(selected('--leave-out', 'A', 'copy/', 'x/y\\').leaveOut).toEqual({ files: ['A'], classes: ['A'], folders: ['copy', 'x/y'] }); // prettier-ignore
  expect(selected('--leave-out-masks').leaveOut).toEqual({ files: [], classes: [], masks: true });
});

it('joins classes that differ in a blank only', () => {
  expect(selected('--join', 'ill =ill').join).toEqual({ 'ill ': 'ill' });
  expect(selected('--join', 'A = B').join).toEqual({ 'A ': 'B', A: 'B' });
  expect(() => selected('--join', 'A')).toThrow('does not say which class');
});
