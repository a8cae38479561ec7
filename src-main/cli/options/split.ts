import type { Command } from 'commander';
import { CutpointError } from '../../contract/errors.ts';
import { PART_WORDS, type Split } from '../../contract/split.ts';
import type { LabelOptions } from './data.ts';

/** What says which images are tested, in place of chance. */
export interface SplitOptions {
  splitGiven?: true;
  splitColumn?: string;
  testValues?: string[];
  validationValues?: string[];
  splitDate?: string;
  testFrom?: string;
  strata?: string[];
}

export const addSplitOptions = (command: Command): Command =>
  command
    .option(
      '--split-given',
      `the folders say the parts (${PART_WORDS.join(', ')}), or --part-column does; nothing is drawn but, where none is named for validation, a share of the training patients`,
    )
    .option(
      '--split-column <name>',
      'column of the CSV, such as a site, by whose values images are tested on; here and below tag:KEYWORD, as in tag:StationName, for a DICOM tag',
    )
    .option('--test-values <values...>', 'with --split-column: the values that are the test set')
    .option(
      '--validation-values <values...>',
      'with --split-column: those on which the best epoch is chosen (default: a share of the other patients)',
    )
    .option(
      '--split-date <name>',
      'column of the CSV with a date, such as 2019-05-31, 31.05.2019 or 20190531; or tag:StudyDate',
    )
    .option('--test-from <date>', 'with --split-date: all from this day on is the test set')
    .option(
      '--strata <columns...>',
      'columns of the CSV by which parts that are drawn are stratified beside the class',
    );

/**
 * What the options say of a split beside its shares; empty where they say nothing.
 * @throws CutpointError INPUT_INVALID where they contradict one another
 */
export function splitRuleOf(
  options: SplitOptions & Pick<LabelOptions, 'partColumn' | 'splitFolders'>,
): Pick<Split, 'rule' | 'strata'> {
  const { splitColumn, testValues, validationValues: validation, splitDate, testFrom, strata } = options;
  const isGiven = [options.splitGiven, options.splitFolders, options.partColumn].some(Boolean);
  const ways = [isGiven, splitColumn !== undefined, splitDate !== undefined].filter(Boolean).length;
  if (ways > 1) throw refused('Parts are given, or said by a column, or by a date.', 'Leave the other options out.');
  if ((splitColumn === undefined) !== (testValues === undefined))
    throw refused(
      '--split-column and --test-values belong together.',
      'Name both: `--split-column site --test-values B C`.',
    );
  if (validation && splitColumn === undefined)
    throw refused('--validation-values are those of a column.', 'Name it with --split-column.');
  if ((splitDate === undefined) !== (testFrom === undefined))
    throw refused(
      '--split-date and --test-from belong together.',
      'Name both: `--split-date taken --test-from 2019-05-31`.',
    );
  return {
    ...(isGiven && { rule: { by: 'given' } }),
    ...(splitColumn &&
      testValues && {
        rule: { by: 'column', column: splitColumn, test: testValues, ...(validation && { validation }) },
      }),
    ...(splitDate && testFrom && { rule: { by: 'date', column: splitDate, from: testFrom } }),
    ...(strata && { strata }),
  };
}

const refused = (message: string, remedy: string): CutpointError =>
  new CutpointError('INPUT_INVALID', message, { remedy });
