import type { DataSelection, LabelPolicy, SeveralLabels } from '../../contract/data.ts';
import { CutpointError } from '../../contract/errors.ts';
import { findingOf, type Finding } from '../../contract/findings.ts';
import { encodeRow, HAS, HAS_NOT, isLabelName, UNKNOWN, type LabelValue } from '../../contract/labelRows.ts';
import { listed, quoted, UNLABELLED } from './labels.ts';
import type { RowLabels } from './labelValues.ts';
import { compare } from './walk.ts';

type Labels = NonNullable<DataSelection['labels']>;
type Values = Readonly<Record<string, string>>;

const YES = /^(\+?1(\.0+)?|true|yes|y|present|positive|pos)$/i;
const NO = /^(0(\.0+)?|false|no|n|absent|negative|neg)$/i;
/** −1 as CheXpert and MIMIC-CXR write it, and words. */
const UNCERTAIN = /^([-−]1(\.0+)?|u|uncertain|unsure|unclear|maybe|possible|equivocal|\?+)$/i;
const EMPTY = /^(nan|na|n\/a|<na>|null|\\n)?$/i;
/** In place of names: there is none of them. */
const NOTHING = /^(no[ _-]?findings?|none|normal|healthy)$/i;

const BY_POLICY: Readonly<Record<LabelPolicy, LabelValue>> = { ignore: UNKNOWN, zeros: HAS_NOT, ones: HAS };

/**
 * How the rows of a table say which of several labels an image has: by a column each, or by their names in one column.
 * @param leftOut labels that are not learnt
 * @throws CutpointError INPUT_INVALID where a label has a name that cannot be told from how several are written
 */
export function rowsOfLabels(
  labels: Labels & { multi: SeveralLabels },
  rows: readonly Values[],
  leftOut: readonly string[] = [],
): RowLabels & { names: string[] } {
  const found = labels.multi.columns ? byColumns(labels.multi, labels.multi.columns, rows) : byNames(labels, rows);
  const names = found.names.filter((name) => !leftOut.includes(name)).sort(compare);
  requireNames(names);
  return {
    names,
    warnings: found.warnings,
    of(row, values) {
      const read = found.valuesOf(values);
      if (typeof read === 'string') return { problem: { code: UNLABELLED, message: `Row ${row} of the label file ${read}` } }; // prettier-ignore
      const kept = names.map((name) => read.get(name) ?? HAS_NOT);
      if (kept.every((value) => value === UNKNOWN)) return { problem: { code: UNLABELLED, message: `Row ${row} of the label file says of no label whether the image has it.` } }; // prettier-ignore
      return { label: encodeRow(names, kept) };
    },
  };
}

interface Found {
  names: string[];
  /** What is known of each label, or why nothing is: the end of a sentence. */
  valuesOf(values: Values): Map<string, LabelValue> | string;
  warnings: Finding[];
}

function byColumns(
  { uncertain, empty = 'zeros', perLabel = {} }: SeveralLabels,
  columns: readonly string[],
  rows: readonly Values[],
): Found {
  const policyOf = (name: string) => ({ uncertain, empty, ...perLabel[name] });
  const valueOf = (name: string, value: string): LabelValue | undefined => {
    if (YES.test(value)) return HAS;
    if (NO.test(value)) return HAS_NOT;
    if (EMPTY.test(value)) return BY_POLICY[policyOf(name).empty ?? empty];
    return UNCERTAIN.test(value) ? BY_POLICY[policyOf(name).uncertain ?? uncertain] : undefined;
  };
  const tell = (what: 'uncertain' | 'empty', test: RegExp) =>
    policySentence(what, columns.map((name) => ({ name, policy: policyOf(name)[what] ?? 'zeros', cells: rows.filter((row) => test.test((row[name] ?? '').trim())).length }))); // prettier-ignore
  return {
    names: [...new Set(columns)],
    valuesOf(values) {
      const read = columns.map((name) => [name, valueOf(name, (values[name] ?? '').trim())] as const);
      const strange = read.find(([, value]) => value === undefined);
      return strange
        ? `has "${values[strange[0]]}" in the column "${strange[0]}", which is neither 0, 1, uncertain (−1) nor empty.`
        : new Map(read as (readonly [string, LabelValue])[]);
    },
    warnings: [...tell('uncertain', UNCERTAIN), ...tell('empty', EMPTY)],
  };
}

function byNames({ labelColumn, multi }: Labels & { multi: SeveralLabels }, rows: readonly Values[]): Found {
  const { separator, empty = 'ignore' } = multi;
  const partsOf = (values: Values): string[] =>
    (values[labelColumn] ?? '')
      .split(separator)
      .map((part) => part.trim())
      .filter((part) => part !== '');
  const all = rows.flatMap(partsOf);
  const nothing = [...new Set(all.filter((part) => NOTHING.test(part)))];
  return {
    names: [...new Set(all.filter((part) => !NOTHING.test(part)))],
    valuesOf(values) {
      const parts = partsOf(values);
      if (parts.length === 0 && empty !== 'zeros') return 'names no label.';
      const own = parts.filter((part) => !NOTHING.test(part));
      if (own.length > 0 && own.length < parts.length) return `names "${parts.find((part) => NOTHING.test(part))}" beside "${own[0]}".`; // prettier-ignore
      return new Map(own.map((name) => [name, HAS]));
    },
    warnings:
      nothing.length === 0
        ? []
        : [findingOf('NOTHING_FOUND', `${listed(quoted(nothing))} in the column ‘${labelColumn}’ was taken for an image with none of the labels.`)], // prettier-ignore
  };
}

const TOLD: Readonly<
  Record<'uncertain' | 'empty', Readonly<Record<LabelPolicy, (names: string, cells: number) => string>>>
> = {
  uncertain: {
    ignore: (names, cells) =>
      `Uncertain values of ${names}: ${cells}. They are left out of what is learnt and measured.`,
    zeros: (names, cells) => `Uncertain values of ${names}: ${cells}. They count as 0.`,
    ones: (names, cells) => `Uncertain values of ${names}: ${cells}. They count as 1.`,
  },
  empty: {
    ignore: (names, cells) => `Empty values of ${names}: ${cells}. They are left out of what is learnt and measured.`,
    zeros: (names, cells) => `Empty values of ${names}: ${cells}. They count as 0.`,
    ones: (names, cells) => `Empty values of ${names}: ${cells}. They count as 1.`,
  },
};

/** What is done with values that say neither yes nor no, one sentence a policy. */
function policySentence(
  what: 'uncertain' | 'empty',
  columns: readonly { name: string; policy: LabelPolicy; cells: number }[],
): Finding[] {
  const some = columns.filter(({ cells }) => cells > 0);
  const code = what === 'uncertain' ? 'LABELS_UNCERTAIN' : 'LABELS_EMPTY';
  return [...Map.groupBy(some, ({ policy }) => policy)].map(([policy, own]) => {
    const cells = own.reduce((sum, each) => sum + each.cells, 0);
    return findingOf(code, TOLD[what][policy](listed(quoted(own.map(({ name }) => name))), cells));
  });
}

function requireNames(names: readonly string[]): void {
  const [strange] = names.filter((name) => !isLabelName(name));
  if (strange === undefined) return;
  throw new CutpointError('INPUT_INVALID', `A label cannot be called "${strange}": several labels of an image are written with | between them, and ? before one that is not known.`, {
    remedy: 'Name the column otherwise, or choose another separator.',
  }); // prettier-ignore
}
