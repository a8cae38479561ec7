import type { AuditReport, DataSelection } from '../../contract/data.ts';
import { findingOf } from '../../contract/findings.ts';
import { rowsOfLabels } from './labelRow.ts';
import { listed, UNLABELLED } from './labels.ts';
import { partsOfLabels } from './severalLabels.ts';

type Labels = NonNullable<DataSelection['labels']>;
type Values = Readonly<Record<string, string>>;

/** What a row says of the class: its name, or why it says none. */
export type RowLabel = { label: string } | { problem: { code: string; message: string } };

export interface RowLabels {
  of(row: number, values: Values): RowLabel;
  /** Where an image may have several labels: all there are, in ascending order. */
  names?: string[];
  warnings: AuditReport['warnings'];
}

const SEVERAL = 'SEVERAL_LABELS';

/** The columns of a table that say the class. */
export const labelColumns = ({ labelColumn, oneHot, multi }: Labels): readonly string[] =>
  multi?.columns ?? oneHot ?? [labelColumn];

/**
 * How the rows of a table say the class: by the value of a column, or by which of several columns has a 1; or which of
 * several labels an image has.
 * @param leftOut of several labels, those that are not learnt
 */
export function rowLabels(labels: Labels, rows: readonly Values[], leftOut?: readonly string[]): RowLabels {
  const { multi } = labels;
  if (multi) return rowsOfLabels({ ...labels, multi }, rows, leftOut);
  return labels.oneHot ? byOneHot(labels.oneHot) : byValue(labels, rows.map((values) => values[labels.labelColumn]!)); // prettier-ignore
}

function byValue({ labelColumn, missing, several }: Labels, values: readonly string[]): RowLabels {
  const oneNumber = writtenTwice(values);
  const isMissing = missingIn(values, missing);
  const parts = several === 'leave-out' ? partsOfLabels(values) : () => [];
  return {
    of: (row, own) => {
      const label = oneNumber(own[labelColumn]!);
      if (label === '') return without(UNLABELLED, `Row ${row} of the label file has no label.`);
      if (isMissing(label)) return without(UNLABELLED, `Row ${row} of the label file says "${label}", which was taken for no label.`); // prettier-ignore
      const { length } = parts(label);
      return length > 1
        ? without(SEVERAL, `Row ${row} of the label file has ${length} labels; as chosen, such images are left out.`)
        : { label };
    },
    warnings: missingNotes(labelColumn, values, isMissing),
  };
}

const without = (code: string, message: string): RowLabel => ({ problem: { code, message } });

/** Joins labels such as 1 and 1.0, where a column has both: spreadsheets write one number in two ways. */
function writtenTwice(labels: readonly string[]): (label: string) => string {
  const present = new Set(labels);
  return (label) => {
    const whole = /^(-?\d+)\.0+$/.exec(label)?.[1];
    return whole !== undefined && present.has(whole) ? whole : label;
  };
}

/** How tables write that a value is missing: spreadsheets, pandas, R and SQL. */
const MISSING = /^(nan|na|n\/a|n\.a\.|#n\/a|#na|<na>|null|nil|\\n|-+|\?+|\.)$/i;
/** A class "none", as of a finding, is as likely as a value that is missing. */
const NONE = /^none$/i;
/** Beside it, a minus is the other class. */
const PLUS = /^\++$/;
const NUMBER = /^[-+]?\d+(\.\d+)?$/;

/**
 * Which labels are none. Where all values are such words, they are all there is, and count as labels; `None` is one only
 * among numbers, where it is how Python writes that a value is missing.
 * @param named by a person: these and no others
 */
export function missingIn(values: readonly string[], named?: readonly string[]): (label: string) => boolean {
  if (named) {
    const words = new Set(named.map((word) => word.toLowerCase()));
    return (label) => words.has(label.toLowerCase());
  }
  const hasPlus = values.some((value) => PLUS.test(value));
  const isWord = (value: string) => MISSING.test(value) && !(hasPlus && /^-+$/.test(value));
  const kinds = [...new Set(values)].filter((value) => value !== '' && !isWord(value));
  const rest = kinds.filter((value) => !NONE.test(value));
  if (kinds.length === 0) return () => false;
  const numeric = rest.length > 0 && rest.every((value) => NUMBER.test(value));
  return (label) => isWord(label) || (numeric && NONE.test(label));
}

function missingNotes(
  column: string,
  values: readonly string[],
  isMissing: (label: string) => boolean,
): AuditReport['warnings'] {
  const counts = Map.groupBy(values.filter((value) => value !== ''), (value) => value); // prettier-ignore
  const inWords = (named: readonly (readonly [string, readonly string[]])[]) => listed(named.map(([word, own]) => `"${word}" (${own.length})`)); // prettier-ignore
  const none = [...counts].filter(([word]) => isMissing(word));
  const kept = [...counts].filter(([word]) => NONE.test(word) && !isMissing(word));
  const rows = none.reduce((sum, [, own]) => sum + own.length, 0);
  return [
    ...(rows === 0
      ? []
      : [findingOf('LABELS_MISSING', `In the column ‘${column}’, ${rows === 1 ? '1 value was' : `${rows} values were`} taken for no label, not for a class: ${inWords(none)}. Those images are not used; where it is a class, say what stands for a missing value (\`--missing\`, or ‘Missing values’ in the window).`)]), // prettier-ignore
    ...(kept.length === 0
      ? []
      : [findingOf('NONE_IS_CLASS', `In the column ‘${column}’, ${inWords(kept)} was taken for a class, as of images without a finding. Where it stands for a missing value, say so: \`--missing None\`, or ‘Missing values’ in the window.`)]), // prettier-ignore
  ];
}

const [ONE, ZERO] = [/^(1(\.0+)?|true)$/i, /^(0(\.0+)?|false|)$/i];

/** The values of columns of which one has a 1, as the names of those that have. @returns null where a value is neither 0 nor 1 */
function onesOf(columns: readonly string[], values: Values): string[] | null {
  if (columns.some((name) => !ONE.test(values[name] ?? '') && !ZERO.test(values[name] ?? ''))) return null;
  return columns.filter((name) => ONE.test(values[name] ?? ''));
}

function byOneHot(columns: readonly string[]): RowLabels {
  return {
    of: (row, values) => {
      const ones = onesOf(columns, values);
      if (ones === null) return without(UNLABELLED, `Row ${row} of the label file has a value that is neither 0 nor 1 in the columns of the classes.`); // prettier-ignore
      if (ones.length === 0) return without(UNLABELLED, `Row ${row} of the label file has no 1 in the columns of the classes.`); // prettier-ignore
      if (ones.length > 1) return without(SEVERAL, `Row ${row} of the label file has a 1 in several columns of the classes: ${listed(ones)}.`); // prettier-ignore
      return { label: ones[0]! };
    },
    warnings: [],
  };
}
