import { setImmediate } from 'node:timers/promises';
import type { DataSelection } from '../../contract/data.ts';
import { CutpointError } from '../../contract/errors.ts';
import { isGroupColumn, isPatientColumn } from '../../contract/groups.ts';
import { type Labelling, listed, MOST_NAMED, quoted, tablePath, UNLABELLED } from './labels.ts';
import { namedFiles } from './namedFiles.ts';
import { readColumns, readTable, type Table } from './table.ts';
import { compare, type Walk } from './walk.ts';

const ROWS_A_TURN = 5000;

const USUAL_GROUP = 'group';

/**
 * A table that has a column of patients means it: forgetting to name it must not put one of them on both sides of a split.
 * Of `group`, the scan decides by its values.
 */
function groupColumnOf(
  columns: readonly string[],
  { groupPattern, groupBy }: DataSelection,
  { groupColumn, labelColumn, fileColumn }: NonNullable<DataSelection['labels']>,
): string | undefined {
  if (groupColumn !== undefined) return groupColumn ?? undefined;
  if (groupPattern !== undefined || groupBy !== undefined) return undefined;
  const free = columns.filter((name) => name !== labelColumn && name !== fileColumn);
  return free.find(isPatientColumn) ?? free.find((name) => name === USUAL_GROUP);
}

/** The label of each file: its row in the table. @throws CutpointError LABELS_NOT_READABLE, LABELS_COLUMN_MISSING */
export async function labelByTable(
  selection: DataSelection,
  labels: NonNullable<DataSelection['labels']>,
  walk: Walk,
): Promise<Labelling> {
  const { folder } = selection;
  const path = tablePath(folder, labels.csv);
  const { fileColumn, labelColumn } = labels;
  const columns = (await readColumns(path, Infinity)) ?? [];
  const groupColumn = groupColumnOf(columns, selection, labels);
  const table = await readTable(path, [fileColumn, labelColumn, ...(groupColumn === undefined ? [] : [groupColumn])]);
  requireColumns(table, [labels.fileColumn, labels.labelColumn, groupColumn]);
  const labelling: Labelling = {
    files: [],
    problems: [],
    warnings: [],
    obstacles: [],
    nextBest: columns.find(
      (name) => name !== groupColumn && name !== fileColumn && name !== labelColumn && isGroupColumn(name),
    ),
    ...(groupColumn !== undefined && { column: { name: groupColumn, named: labels.groupColumn !== undefined } }),
  };

  const find = namedFiles(folder, walk.files);
  const byFile = new Map<string, Table['rows']>();
  let byName = 0;
  const missing: string[] = [];
  for (const [index, row] of table.rows.entries()) {
    // A table may have a million rows: whoever else waits for the engine has his turn.
    if (index % ROWS_A_TURN === 0) await setImmediate();
    const named = row.values[labels.fileColumn]!;
    const found = await find(named);
    if (found?.byName) byName++;
    if (found === undefined) {
      missing.push(named === '' ? `row ${row.row} (no file name)` : named);
      labelling.problems.push({
        file: named,
        code: 'LABELS_FILE_MISSING',
        message: `Row ${row.row} of the label file names a file that is not in the folder.`,
      });
      continue;
    }
    const own = byFile.get(found.file);
    if (own) own.push(row);
    else byFile.set(found.file, [row]);
  }

  const oneNumber = writtenTwice(table.rows.map(({ values }) => values[labelColumn]!));
  const repeated: string[] = [];
  const told = ({ values }: Table['rows'][number]) =>
    JSON.stringify([oneNumber(values[labelColumn]!), groupColumn === undefined ? '' : values[groupColumn]]);
  for (const [file, rows] of byFile) {
    // One row a box or a reading: they name one image as long as they say the same of it.
    if (rows.some((row) => told(row) !== told(rows[0]!))) {
      const numbers = listed(rows.map(({ row }) => String(row)));
      repeated.push(`${file} (rows ${numbers})`);
      labelling.problems.push({
        file,
        code: 'LABELS_DUPLICATE',
        message: `The label file names this file ${rows.length} times (rows ${numbers}), and not always with the same label and patient.`,
      });
      continue;
    }
    const { row, values } = rows[0]!;
    const label = oneNumber(values[labelColumn]!);
    if (label === '')
      labelling.problems.push({ file, code: UNLABELLED, message: `Row ${row} of the label file has no label.` });
    else
      labelling.files.push({
        file,
        label,
        ...(groupColumn === undefined ? {} : { patient: values[groupColumn]! }),
      });
  }
  labelling.files.sort((a, b) => compare(a.file, b.file));

  if (missing.length > 0)
    labelling.obstacles.push({
      code: 'LABELS_FILE_MISSING',
      message: `The label file names ${missing.length} of ${table.rows.length} files that are not in the folder: ${listed(missing)}.`,
      remedy: `Names must be relative to ${folder}, such as "NORMAL/0001.png". Correct or remove these rows.`,
    });
  if (repeated.length > 0)
    labelling.obstacles.push({
      code: 'LABELS_DUPLICATE',
      message: `The label file names ${repeated.length === 1 ? 'a file' : `${repeated.length} files`} more than once, with different labels or patients: ${listed(repeated)}.`,
      remedy: 'Keep the row that is right for each file.',
    });
  if (byName > 0)
    labelling.warnings.push({
      code: 'MATCHED_BY_NAME',
      message: `${byName} ${byName === 1 ? 'row' : 'rows'} of the label file ${byName === 1 ? 'names' : 'name'} a file without its folder or file type; each was matched with the only file of that name.`,
    });
  const walked = new Set(walk.files);
  const unlisted = walk.files.length - [...byFile.keys()].filter((file) => walked.has(file)).length;
  if (unlisted > 0)
    labelling.warnings.push({
      code: 'UNLISTED',
      message: `${unlisted} ${unlisted === 1 ? 'file' : 'files'} of the folder ${unlisted === 1 ? 'is' : 'are'} not in the label file and ${unlisted === 1 ? 'is' : 'are'} not used.`,
    });
  return labelling;
}

/** Joins labels such as 1 and 1.0, where a column has both: spreadsheets write one number in two ways. */
function writtenTwice(labels: readonly string[]): (label: string) => string {
  const present = new Set(labels);
  return (label) => {
    const whole = /^(-?\d+)\.0+$/.exec(label)?.[1];
    return whole !== undefined && present.has(whole) ? whole : label;
  };
}

function requireColumns(table: Table, names: (string | undefined)[]): void {
  const missing = names.filter((name): name is string => name !== undefined && !table.columns.includes(name));
  if (missing.length === 0) return;
  throw new CutpointError(
    'LABELS_COLUMN_MISSING',
    `The label file has no column ${missing.map((name) => `"${name}"`).join(' and no column ')}; its columns are ${listed(quoted(table.columns), MOST_NAMED)}.`,
    {
      remedy: 'Choose the columns of the file, the label and the patient.',
      details: { missing, columns: table.columns.slice(0, MOST_NAMED) },
    },
  );
}
