import { InvalidArgumentError, type Command } from 'commander';
import { z } from 'zod';
import { CutpointError } from '../../contract/errors.ts';
import { maskAgreementInput } from '../../contract/masks.ts';
import { pathOf } from '../../userPath.ts';
import { csvPath, defined } from '../options/data.ts';
import { NumericOption } from '../options/numeric.ts';
import { tellPartial } from '../problem.ts';
import { showCount } from '../progress.ts';
import { withEngine } from '../session.ts';
import { describeMaskAgreement, maskRowsAsCsv } from '../text/masks.ts';

interface NamedValue {
  value: number;
  name: string;
}

interface Options {
  pairs?: string;
  groupColumn?: string;
  groupPattern?: string;
  class?: NamedValue[];
  spacing?: number | number[];
  confidence?: number;
  worst: number;
  csv?: true;
}

const worst = z.int().min(1).default(20);

export function addMasks(program: Command): void {
  const { confidence, spacing } = maskAgreementInput.shape;
  const millimetres = spacing.unwrap().def.items[0];
  program
    .command('masks')
    .argument('<truth>', 'folder of the masks that count as true: PNG or TIFF, a value for each class')
    .argument('<other>', 'folder of the masks that are compared with them: of a network, or of another reader')
    .option(
      '--pairs <csv>',
      'table with the columns file and other, in TRUTH and in OTHER, in the working directory or else in TRUTH (default: files of equal paths, whatever their endings)',
    ) // prettier-ignore
    .option('--group-column <name>', 'column of that table with the patient (default: one whose name says so)')
    .option(
      '--group-pattern <regex>',
      'regular expression on the path in TRUTH whose first capture group is the patient (default: each image on its own)',
    ) // prettier-ignore
    .option<NamedValue[]>(
      '--class <value=name...>',
      'what values of the masks are called; values of one name are one class, others than 0 must be named (default: 0 is background, and one other value the class)',
      namedValue,
    ) // prettier-ignore
    .addOption(
      new NumericOption('--spacing <mm>', 'distance of pixels, or of rows and of columns, ROWS,COLUMNS; then distances are in mm', { one: millimetres, each: millimetres, standard: 'none, distances in pixels' }), // prettier-ignore
    )
    .addOption(new NumericOption('--confidence <share>', 'of the intervals', { one: confidence }))
    .addOption(new NumericOption('--worst <n>', 'pairs that are listed, the worst first', { one: worst }))
    .option('--csv', 'every pair and class as CSV, the worst first, in place of the text')
    .action((truth: string, other: string, options: Options, command: Command) =>
      withEngine(command, async ({ client, output, signal }) => {
        const folder = pathOf(truth);
        const input = {
          ...{ truth: folder, other: pathOf(other) },
          ...pairsOf(options, folder),
          ...defined({ groupPattern: options.groupPattern, classes: options.class, confidence: options.confidence }),
          ...(options.spacing !== undefined && { spacing: bothWays(options.spacing) }),
        };
        const onProgress = showCount(output, 'comparing', 'pairs');
        const found = await client.call('masks.agreement', input, { signal, onProgress });
        tellPartial(found.problems);
        output.result(found, () => (options.csv ? maskRowsAsCsv(found) : describeMaskAgreement(found, options.worst)));
      }),
    );
}

/** `255=lung`, one after another. */
function namedValue(text: string, earlier: NamedValue[] = []): NamedValue[] {
  const [, digits, name] = /^(\d+)=(.+)$/.exec(text) ?? [];
  const value = maskAgreementInput.shape.classes.unwrap().element.shape.value.safeParse(Number(digits));
  if (name === undefined || !value.success)
    throw new InvalidArgumentError('A class is VALUE=NAME, such as 255=lung, with a whole number up to 65535.');
  if (earlier.some((each) => each.value === value.data))
    throw new InvalidArgumentError(`The value ${value.data} is named twice.`);
  return [...earlier, { value: value.data, name }];
}

function pairsOf({ pairs, groupColumn }: Options, folder: string) {
  if (pairs !== undefined) return { pairs: { csv: csvPath(pairs, folder), ...defined({ groupColumn }) } };
  if (groupColumn === undefined) return {};
  throw new CutpointError('INPUT_INVALID', 'A column of the patient needs a table that has it.', {
    remedy: 'Name the table with --pairs, or read the patient from names with --group-pattern.',
  });
}

/** Rows first, as DICOM has it. */
function bothWays(spacing: number | number[]): [number, number] {
  const [row, column, ...more] = typeof spacing === 'number' ? [spacing, spacing] : spacing;
  if (row !== undefined && column !== undefined && more.length === 0) return [row, column];
  throw new CutpointError('INPUT_INVALID', '--spacing takes one number, or two: of rows and of columns.', {
    remedy: 'Such as --spacing 0.14, or --spacing 0.7,0.5.',
  });
}
