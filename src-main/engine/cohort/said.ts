import { CutpointError } from '../../contract/errors.ts';
import { isPatientColumn } from '../../contract/groups.ts';
import { dayOf } from '../../contract/day.ts';
import type { Split, SplitRule } from '../../contract/split.ts';
import { columnsOfFiles } from '../data/columnValues.ts';
import { listed, quoted } from '../data/labels.ts';
import type { Dataset, DatasetImage, SplitName } from '../data/types.ts';

/** Values of a column that an error names. */
const MOST_VALUES = 20;
/** Files that its details name. */
const MOST_FILES = 200;

/**
 * A dataset whose images know in which part the rule of a split has them, and by what they are stratified beside the class;
 * without either, as it is.
 * @throws CutpointError SPLIT_INVALID where the rule does not fit the values, and what {@link columnsOfFiles} throws
 */
export async function asSaid<D extends Pick<Dataset, 'images' | 'selection'>>(
  dataset: D,
  { rule, strata = [] }: Pick<Split, 'rule' | 'strata'>,
): Promise<D> {
  const column = rule === undefined || rule.by === 'given' ? [] : [rule.column];
  const columns = [...column, ...strata];
  if (columns.length === 0) return dataset;
  const { images, selection } = dataset;
  if (rule?.by === 'column') requireNoPatients(rule.column, selection);
  const values = await columnsOfFiles(selection, images.map(({ file }) => file), columns); // prettier-ignore
  const valueOf = ({ file }: DatasetImage): string => values.get(file)?.[0] ?? '';
  const partOf = rule === undefined || rule.by === 'given' ? undefined : sayer(rule, images.map(valueOf)); // prettier-ignore
  const unsaid = partOf === undefined ? [] : images.filter((image) => partOf(valueOf(image)) === undefined);
  if (unsaid.length > 0 && rule !== undefined && rule.by !== 'given') {
    const shown = unsaid.map((image) => `${image.file} (${valueOf(image) === '' ? 'empty' : `"${valueOf(image)}"`})`);
    const details = { files: unsaid.slice(0, MOST_FILES).map(({ file }) => file) };
    const of = `${unsaid.length} of the ${images.length} images: ${listed(shown)}`;
    if (rule.by === 'date')
      throw new CutpointError('SPLIT_INVALID', `The column "${rule.column}" holds no day for ${of}.`, {
        remedy: 'Days are written as 2019-05-31, 31.05.2019 or 20190531. Correct the table, or leave these images out.',
        details,
      });
    throw new CutpointError('SPLIT_INVALID', `The column "${rule.column}" is empty for ${of}.`, {
      remedy: 'Correct the table, or leave these images out.',
      details,
    });
  }
  const said = images.map((image): DatasetImage => {
    const own = values.get(image.file)?.slice(column.length);
    const part = partOf?.(valueOf(image));
    return { ...image, ...(part && { part }), ...(strata.length > 0 && { stratum: JSON.stringify(own ?? []) }) };
  });
  return { ...dataset, images: said };
}

/** What a plan names is stored, and no identifier of a patient is. @throws CutpointError SPLIT_INVALID */
function requireNoPatients(column: string, { labels }: Dataset['selection']): void {
  if (!isPatientColumn(column) && column !== labels?.groupColumn) return;
  throw new CutpointError(
    'SPLIT_INVALID',
    `The column "${column}" holds patients, whose identifiers are not stored with a run.`,
    { remedy: 'Say the parts in a column of their own, with train, validation or test for each image.' },
  );
}

/** The part that a value means; undefined where it means none. @throws CutpointError SPLIT_INVALID where nothing is tested */
function sayer(
  rule: Exclude<SplitRule, { by: 'given' }>,
  values: readonly string[],
): (value: string) => SplitName | undefined {
  const partOf = rule.by === 'date' ? byDay(rule.from) : byValue(rule);
  const wanted = rule.by === 'date' ? [] : [...rule.test, ...(rule.validation ?? [])];
  const strange = wanted.filter((value) => !values.includes(value));
  const nothing = !values.some((value) => partOf(value) === 'test');
  if (strange.length === 0 && !nothing) return partOf;
  const known = [...new Set(values)].filter((value) => value !== '').sort();
  if (rule.by === 'date') {
    const days = known.flatMap((value) => dayOf(value) ?? []).sort();
    throw new CutpointError(
      'SPLIT_INVALID',
      `No image is from ${dayOf(rule.from)!} or later; the column "${rule.column}" ends with ${days.at(-1) ?? 'no day'}.`,
      { remedy: 'Choose an earlier day.' },
    );
  }
  throw new CutpointError(
    'SPLIT_INVALID',
    `No image has ${listed(quoted(strange))} in the column "${rule.column}"; its values are ${listed(quoted(known), MOST_VALUES)}.`,
    { remedy: 'Choose among them.', details: { valid: known.slice(0, MOST_VALUES) } },
  );
}

function byValue({ test, validation = [] }: Extract<SplitRule, { by: 'column' }>) {
  return (value: string): SplitName | undefined => {
    if (value === '') return undefined;
    return test.includes(value) ? 'test' : validation.includes(value) ? 'validation' : 'train';
  };
}

function byDay(from: string) {
  const first = dayOf(from)!;
  return (value: string): SplitName | undefined => {
    const day = dayOf(value);
    return day === undefined ? undefined : day >= first ? 'test' : 'train';
  };
}
