import { Option, type Command } from 'commander';
import { fit } from '../../contract/plan.ts';
import { probeInput } from '../../contract/probe.ts';
import { addLabelOptions, defined, type LabelOptions } from './data.ts';
import { NumericOption } from './numeric.ts';
import { names } from './read.ts';
import { addSplitOptions, splitRuleOf, type SplitOptions } from './split.ts';

/** On which images a network is probed, and how. */
export interface ProbingOptions extends LabelOptions, SplitOptions {
  input?: number;
  fit?: string;
  grey?: true;
  folds?: number;
  limit?: number;
  positive?: string;
  goOn?: string[];
  splitValidation?: number;
  splitTest?: number;
  batch?: number;
  seed?: number;
}

/** Options whose names are not those of their settings. */
export const PROBING_OPTIONS: Readonly<Record<string, string>> = {
  'split.validation': '--split-validation',
  'split.test': '--split-test',
  accept: '--go-on',
  channels: '--grey',
};

export function addProbingOptions(command: Command): Command {
  const { input, folds, limit, split, batch, seed } = probeInput.shape;
  const shares = split.unwrap().shape;
  command
    .addOption(new NumericOption('--input <pixels>', 'side of the square that images are fitted to', { one: input }))
    .addOption(new Option('--fit <how>', 'how images are fitted to the square').choices(fit.options))
    .option('--grey', 'for images with one channel')
    .addOption(new NumericOption('--folds <n>', 'folds of the cross-validation', { one: folds }))
    .addOption(
      new NumericOption(
        '--limit <n>',
        'largest number of images; a patient (or whatever groups the images) is taken completely or not at all',
        {
          one: limit,
        },
      ),
    )
    .addOption(new NumericOption('--split-validation <share>', 'as for `train`', { one: shares.validation }))
    .addOption(
      new NumericOption('--split-test <share>', 'as for `train`: these images are left out; 0: none are', {
        one: shares.test,
      }),
    )
    .option('--positive <class>', 'as for `train`')
    .addOption(new Option('--go-on <codes>', 'as for `train`').argParser(names))
    .addOption(new NumericOption('--batch <n>', 'images at a time', { one: batch }))
    .addOption(
      new NumericOption('--seed <n>', 'seed of the test split that is left out, the images drawn and the folds', {
        one: seed,
      }),
    );
  return addSplitOptions(addLabelOptions(command));
}

/** The settings that are given; the others have their defaults. */
export function probingOf({
  input,
  fit: how,
  grey,
  folds,
  limit,
  positive,
  goOn,
  batch,
  seed,
  ...options
}: ProbingOptions) {
  const { split } = probeInput.pick({ split: true }).parse({});
  const shares = defined({ validation: options.splitValidation, test: options.splitTest });
  return {
    ...(grey && { channels: 1 }),
    split: { ...split, ...shares, ...splitRuleOf(options) },
    ...defined({ input, fit: how, folds, limit, positive, accept: goOn, batch, seed }),
  };
}
