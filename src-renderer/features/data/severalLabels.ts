import { z } from 'zod';
import { labelPolicy, type LabelPolicy, type SeveralLabels } from '../../../src-main/contract/data.ts';
import { LABEL_GROUPS } from '../../../src-main/contract/labelGroups.ts';
import { BETWEEN } from '../../../src-main/contract/labelRows.ts';

/** How a table says several labels of an image, as it is chosen in the room. */
export const severalForm = z.object({
  /** One class an image; several labels by a column each, or by their names in one. */
  from: z.enum(['one', 'columns', 'names']).default('one'),
  columns: z.array(z.string()).default([]),
  separator: z.string().default(BETWEEN),
  uncertain: labelPolicy.default('ignore'),
  /** Null: as is usual for columns, and for names. */
  empty: labelPolicy.nullable().default(null),
  perLabel: z
    .record(z.string(), z.object({ uncertain: labelPolicy.optional(), empty: labelPolicy.optional() }))
    .default({}),
});
export type SeveralForm = z.infer<typeof severalForm>;
export const oneClass = (): SeveralForm => severalForm.parse({});

/** What the engine is asked for; undefined: there is one class an image. As plain values, which travel between processes. */
export function severalOf({
  from,
  columns,
  separator,
  uncertain,
  empty,
  perLabel,
}: SeveralForm): SeveralLabels | undefined {
  if (from === 'one') return undefined;
  const own = Object.entries(perLabel).filter(([name]) => columns.includes(name));
  return {
    separator: separator || BETWEEN,
    uncertain,
    ...(from === 'columns' && { columns: [...columns] }),
    ...(empty !== null && { empty }),
    ...(from === 'columns' && own.length > 0 && { perLabel: Object.fromEntries(own.map(([name, rule]) => [name, { ...rule }])) }),
  }; // prettier-ignore
}

export const severalFormOf = (multi: SeveralLabels | undefined): SeveralForm =>
  multi === undefined
    ? oneClass()
    : severalForm.parse({ ...multi, empty: multi.empty ?? null, from: multi.columns ? 'columns' : 'names' });

/** How values of a label are taken that say neither yes nor no. */
export const policyOf = (form: SeveralForm, name: string): Record<'uncertain' | 'empty', LabelPolicy> => ({
  uncertain: form.perLabel[name]?.uncertain ?? form.uncertain,
  empty: form.perLabel[name]?.empty ?? form.empty ?? 'zeros',
});

/** Sets one label apart from the others; what is as for all others is none. */
export function withPolicy(form: SeveralForm, name: string, what: 'uncertain' | 'empty', policy: LabelPolicy): SeveralForm['perLabel'] {
  const general = what === 'uncertain' ? form.uncertain : (form.empty ?? 'zeros');
  const { [what]: _before, ...rest } = form.perLabel[name] ?? {};
  const own = policy === general ? rest : { ...rest, [what]: policy };
  const { [name]: _rule, ...others } = form.perLabel;
  return Object.keys(own).length === 0 ? others : { ...others, [name]: own };
} // prettier-ignore

const VALUE = /^([-+−]?[01](\.0+)?|)$/;
/** Findings of CheXpert stand empty in most rows. */
const PUBLISHED = new Set(LABEL_GROUPS.flatMap(({ labels }) => labels));

/**
 * Columns that look as if each said of one label whether an image has it: 0, 1, −1 and empty, with a 0 or 1 among them.
 * @param rows the first of the table, in the order of the columns
 * @param used columns that say something else
 */
export const labelColumnsOf = (
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  used: readonly string[] = [],
): string[] =>
  columns.filter((name, at) => {
    if (used.includes(name)) return false;
    if (PUBLISHED.has(name)) return true;
    const values = rows.map((row) => (row[at] ?? '').trim());
    return values.every((value) => VALUE.test(value)) && values.some((value) => value !== '') && name !== 'No Finding';
  });

/** Groups of published findings of which the table has columns. */
export const groupsIn = (columns: readonly string[]): { title: string; labels: string[] }[] =>
  LABEL_GROUPS.map(({ title, labels }) => ({ title, labels: labels.filter((name) => columns.includes(name)) })).filter(
    ({ labels }) => labels.length > 1,
  );

/** What stands between the names of several labels in one cell; the first of these that is there. */
export const separatorIn = (cells: readonly string[]): string =>
  ['|', ';', ','].find((each) => cells.some((cell) => cell.includes(each))) ?? BETWEEN;
