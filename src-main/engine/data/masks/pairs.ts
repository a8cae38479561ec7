import { basename, dirname, join } from 'node:path';
import { CutpointError } from '../../../contract/errors.ts';
import { isPatientColumn } from '../../../contract/groups.ts';
import type { MaskProblem } from '../../../contract/masks.ts';
import type { GroupChoice } from '../groups.ts';
import { requireTableColumns } from '../labels.ts';
import { readColumns, readTable } from '../table.ts';
import { walkFolder } from '../walk.ts';

/** Two masks of one image, each named as its folder has it. */
export interface MaskPair {
  file: string;
  other: string;
  /** From the table's group column. */
  patient?: string;
}

interface Found {
  pairs: MaskPair[];
  problems: MaskProblem[];
  column?: GroupChoice['column'];
}

/** Files of two folders with the same path, whatever their endings; in the order of the first folder. @throws what `walkFolder` throws */
export async function pairsByName(truth: string, other: string, signal?: AbortSignal): Promise<Found> {
  const walks = { truth: await walkFolder(truth, signal), other: await walkFolder(other, signal) };
  const problems: MaskProblem[] = [];
  const names = { truth: new Map<string, string>(), other: new Map<string, string>() };
  for (const side of ['truth', 'other'] as const) {
    problems.push(...walks[side].problems.map((problem) => ({ ...problem, of: side })));
    for (const [name, files] of Map.groupBy(walks[side].files, nameOf))
      if (files.length === 1) names[side].set(name, files[0]!);
      else
        for (const file of files)
          problems.push({ of: side, file, code: 'INPUT_INVALID', message: `The folder has ${files.length} files of this name, with several endings.` }); // prettier-ignore
  }
  const pairs: MaskPair[] = [];
  for (const [name, file] of names.truth) {
    const partner = names.other.get(name);
    if (partner === undefined) problems.push({ of: 'truth', file, ...ALONE });
    else pairs.push({ file, other: partner });
  }
  for (const [name, file] of names.other) if (!names.truth.has(name)) problems.push({ of: 'other', file, ...ALONE });
  return { pairs, problems };
}

const ALONE = {
  code: 'FILE_NOT_READABLE',
  message: 'The other folder has no mask that this one could be compared with.',
};

/** Without its ending; letters with marks are written in two ways, which differ between systems. */
const nameOf = (file: string): string => join(dirname(file), basename(file).replace(/\.[^.]+$/, '')).normalize('NFC');

const COLUMNS = ['file', 'other'];

/**
 * Pairs as a table has them.
 * @throws CutpointError LABELS_NOT_READABLE, LABELS_COLUMN_MISSING
 */
export async function pairsOfTable({
  csv,
  groupColumn,
}: {
  csv: string;
  groupColumn?: string | undefined;
}): Promise<Found> {
  const found = groupColumn ?? (await readColumns(csv))?.find(isPatientColumn);
  const wanted = [...COLUMNS, ...(found === undefined ? [] : [found])];
  const table = await readTable(csv, wanted);
  requireTableColumns(
    table,
    wanted,
    'A table of pairs has the columns file, other, and one of the patient, if it is known.',
  );
  const problems: MaskProblem[] = [];
  const pairs = new Map<string, MaskPair>();
  for (const { row, values } of table.rows) {
    const [file, other] = [values['file']!, values['other']!];
    const problem = (code: string, message: string) =>
      problems.push({ of: 'table', file: basename(csv), code, message });
    const key = JSON.stringify([file, other]);
    if (file === '' || other === '') problem('LABELS_FILE_MISSING', `Row ${row} of the table does not name two files.`);
    else if (pairs.has(key))
      problem('LABELS_DUPLICATE', `Row ${row} of the table names a pair that an earlier row has.`);
    else pairs.set(key, { file, other, ...(found !== undefined && { patient: values[found]! }) });
  }
  return {
    ...{ pairs: [...pairs.values()], problems },
    ...(found !== undefined && { column: { name: found, named: groupColumn !== undefined } }),
  };
}

/** @throws CutpointError INPUT_INVALID where nothing is left that could be compared */
export function requirePairs(pairs: readonly unknown[], problems: readonly MaskProblem[]): void {
  if (pairs.length > 0) return;
  throw new CutpointError('INPUT_INVALID', 'There is no pair of masks that could be compared.', {
    remedy:
      'Masks are paired by their paths without the ending; a table with the columns file and other pairs them otherwise.',
    details: { problems },
  });
}
