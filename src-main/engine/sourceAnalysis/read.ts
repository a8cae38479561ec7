import { basename } from 'node:path';
import { CutpointError } from '../../contract/errors.ts';
import type { SourceDistanceRow, SourceResultRow } from '../../contract/sourceAnalysis.ts';
import { readColumns, readTable } from '../data/table.ts';

const EXTRA = ['seed', 'backbone', 'cut'] as const;
type Row<C extends string> = { row: number } & Record<C, string>;

/**
 * Published results: columns `source`, `target`, `fold`, `auc`, and where there are any `seed`, `backbone`, `cut`.
 * @throws CutpointError FILE_NOT_READABLE, INPUT_INVALID: each with the row as a spreadsheet numbers it
 */
export async function readResults(path: string): Promise<SourceResultRow[]> {
  const file = basename(path);
  const rows = await rowsOf(path, ['source', 'target', 'fold', 'auc'], EXTRA);
  const found = rows.map(({ row, source, auc, ...rest }): { row: number; result: SourceResultRow } => {
    for (const name of ['target', 'fold'] as const) if (rest[name] === '') throw invalid(`Row ${row} of ${file} has no ${name}.`); // prettier-ignore
    const value = numberIn(auc, { row, file, name: 'auc' });
    if (value < 0 || value > 1)
      throw invalid(
        `Row ${row} of ${file} has an AUC of ${auc}; it lies between 0 and 1.`,
        'Divide percentages by 100.',
      );
    const extra = Object.fromEntries(EXTRA.flatMap((name) => (rest[name] === '' ? [] : [[name, rest[name]]])));
    return { row, result: { source: source || null, target: rest.target, fold: rest.fold, auc: value, ...extra } };
  });
  const twice = firstTwice(found, ({ result: { source, target, fold, ...rest } }) =>
    JSON.stringify([source === target ? null : source, target, fold, ...EXTRA.map((name) => rest[name])]),
  );
  if (twice)
    throw invalid(
      `Rows ${twice.map(({ row }) => row).join(' and ')} of ${file} are of the same source, target and fold.`,
      'Keep one of them, or tell them apart by a column seed, backbone or cut.',
    );
  requireBaselines(found.map(({ result }) => result));
  return found.map(({ result }) => result);
}

/** @throws CutpointError INPUT_INVALID where a target has no baseline, or one of which nothing is a share */
function requireBaselines(rows: readonly SourceResultRow[]): void {
  const isBaseline = ({ source, target }: SourceResultRow) => source === null || source === target;
  const bare = [...Map.groupBy(rows, ({ target }) => target)].filter(([, own]) => !own.some(isBaseline));
  if (bare.length > 0)
    throw invalid(
      `There is no baseline without transfer for ${bare.map(([target]) => `‘${target}’`).join(', ')}.`,
      'Add its rows: with an empty source, or with the target as its own source.',
    );
  const nothing = rows.find((row) => isBaseline(row) && row.auc === 0);
  if (nothing)
    throw invalid(`The baseline of ‘${nothing.target}’ has an AUC of 0, of which no improvement is a share.`);
}

/**
 * Distances: columns `source`, `target`, `distance`. One that is there twice with the same value counts once.
 * @throws CutpointError FILE_NOT_READABLE, INPUT_INVALID
 */
export async function readDistances(path: string): Promise<SourceDistanceRow[]> {
  const file = basename(path);
  const rows = await rowsOf(path, ['source', 'target', 'distance'], []);
  const found = rows.map(({ row, source, target, distance }) => {
    for (const [name, value] of Object.entries({ source, target })) if (value === '') throw invalid(`Row ${row} of ${file} has no ${name}.`); // prettier-ignore
    return { row, source, target, distance: numberIn(distance, { row, file, name: 'distance' }) };
  });
  const pairs = new Map<string, (typeof found)[number]>();
  for (const each of found) {
    const key = JSON.stringify([each.source, each.target]);
    const before = pairs.get(key);
    if (before && before.distance !== each.distance)
      throw invalid(
        `Rows ${before.row} and ${each.row} of ${file} give two distances from ‘${each.source}’ to ‘${each.target}’: ${before.distance} and ${each.distance}.`,
        'Keep the one that is meant.',
      );
    pairs.set(key, before ?? each);
  }
  return [...pairs.values()].map(({ row: _, ...each }) => each);
}

/** Rows with the wanted columns, whatever the case of their names; '' where one that may be missing is. */
async function rowsOf<C extends string, E extends string>(
  path: string,
  needed: readonly C[],
  optional: readonly E[],
): Promise<Row<C | E>[]> {
  const file = basename(path);
  try {
    const columns = (await readColumns(path)) ?? [];
    const named = (name: string) => columns.find((each) => each.trim().toLowerCase() === name) ?? name;
    const wanted = [...needed, ...optional];
    const table = await readTable(path, wanted.map(named));
    const missing = needed.filter((name) => !table.columns.includes(named(name)));
    if (missing.length > 0)
      throw invalid(
        `${file} has no column ${missing.map((name) => `"${name}"`).join(', ')}. Its columns are: ${table.columns.map((name) => `"${name}"`).join(', ')}.`,
        `Name its columns ${needed.join(', ')}.`,
      );
    if (table.rows.length === 0) throw invalid(`${file} has no rows below its header.`);
    return table.rows.map(({ row, values }) => ({
      row,
      ...(Object.fromEntries(wanted.map((name) => [name, values[named(name)] ?? ''])) as Record<C | E, string>),
    }));
  } catch (thrown) {
    // What the reader of tables says is of label files.
    if (!(thrown instanceof CutpointError) || thrown.code !== 'LABELS_NOT_READABLE') throw thrown;
    const message = thrown.message.replace(/^The label file/, 'The table');
    throw new CutpointError('FILE_NOT_READABLE', message, { remedy: thrown.remedy!, cause: thrown });
  }
}

/** A decimal comma is read as a point: neither areas nor distances have thousands. */
function numberIn(text: string, { row, file, name }: { row: number; file: string; name: string }): number {
  const value = /^[-+]?(\d+([.,]\d*)?|[.,]\d+)(e[-+]?\d+)?$/i.test(text) ? Number(text.replace(',', '.')) : Number.NaN;
  if (!Number.isFinite(value)) throw invalid(`Row ${row} of ${file} has "${text}" for ${name}, which is no number.`);
  return value;
}

function firstTwice<T>(items: readonly T[], keyOf: (item: T) => string): [T, T] | null {
  const before = new Map<string, T>();
  for (const item of items) {
    const key = keyOf(item);
    const first = before.get(key);
    if (first !== undefined) return [first, item];
    before.set(key, item);
  }
  return null;
}

const MEND = 'Mend the table, then do it again.';
const invalid = (message: string, remedy = MEND): CutpointError => new CutpointError('INPUT_INVALID', message, { remedy }); // prettier-ignore
