import type { DataSelection } from '../../contract/data.ts';
import { CutpointError } from '../../contract/errors.ts';
import { isGroupColumn, isPatientColumn } from '../../contract/groups.ts';
import { type Labelling, listed, MOST_NAMED, quoted, tablePath } from './labels.ts';
import { labelColumns, rowLabels } from './labelValues.ts';
import { isTaken, matchingNotes } from './matching.ts';
import { matchNames } from './namedFiles.ts';
import { readColumns, readTable, sheetFindings, type Table } from './table.ts';
import { compare, type Walk } from './walk.ts';

const USUAL_GROUP = 'group';

/**
 * A table that has a column of patients means it: forgetting to name it must not put one of them on both sides of a split.
 * Of `group`, the scan decides by its values.
 */
function groupColumnOf(
  columns: readonly string[],
  { groupPattern, groupBy }: DataSelection,
  labels: NonNullable<DataSelection['labels']>,
): string | undefined {
  if (labels.groupColumn !== undefined) return labels.groupColumn ?? undefined;
  if (groupPattern !== undefined || groupBy !== undefined) return undefined;
  const free = columns.filter((name) => name !== labels.fileColumn && !labelColumns(labels).includes(name));
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
  const { fileColumn } = labels;
  const classColumns = labelColumns(labels);
  const columns = (await readColumns(path, Infinity)) ?? [];
  const groupColumn = groupColumnOf(columns, selection, labels);
  const wanted = [fileColumn, ...classColumns, ...(groupColumn === undefined ? [] : [groupColumn])];
  const table = await readTable(path, wanted);
  requireColumns(table, wanted);
  const names = table.rows.map(({ values }) => values[fileColumn]!);
  const matches = await matchNames(folder, walk.files, names);
  const byEnd = labels.match === 'end';
  const matching = matchingNotes(folder, table.rows.map(({ row }, at) => ({ row, name: names[at]!, match: matches[at]! })), byEnd); // prettier-ignore
  const said = rowLabels(labels, table.rows.map(({ values }) => values), selection.leaveOut?.classes); // prettier-ignore
  const labelling: Labelling = {
    files: [],
    ...matching,
    warnings: [...matching.warnings, ...said.warnings, ...sheetFindings(path, table)],
    ...(said.names && { names: said.names }),
    nextBest: columns.find((name) => !wanted.includes(name) && isGroupColumn(name)),
    ...(groupColumn !== undefined && { column: { name: groupColumn, named: labels.groupColumn !== undefined } }),
  };

  const byFile = new Map<string, Table['rows']>();
  for (const [index, row] of table.rows.entries()) {
    const match = matches[index]!;
    if (!isTaken(match, byEnd)) continue;
    const own = byFile.get(match.file!);
    if (own) own.push(row);
    else byFile.set(match.file!, [row]);
  }

  const repeated: string[] = [];
  const told = ({ values }: Table['rows'][number]) => {
    const of = said.of(0, values);
    return JSON.stringify(['label' in of ? of.label : of.problem, groupColumn === undefined ? '' : values[groupColumn]]); // prettier-ignore
  };
  for (const [file, rows] of byFile) {
    // One row a box or a reading: they name one image as long as they say the same of it.
    if (rows.length > 1 && rows.some((row) => told(row) !== told(rows[0]!))) {
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
    const of = said.of(row, values);
    if ('problem' in of) labelling.problems.push({ file, ...of.problem });
    else
      labelling.files.push({
        file,
        label: of.label,
        ...(groupColumn === undefined ? {} : { patient: values[groupColumn]! }),
      });
  }
  labelling.files.sort((a, b) => compare(a.file, b.file));

  if (repeated.length > 0)
    labelling.obstacles.push({
      code: 'LABELS_DUPLICATE',
      message: `The label file names ${repeated.length === 1 ? 'a file' : `${repeated.length} files`} more than once, with different labels or patients: ${listed(repeated)}.`,
      remedy: 'Keep the row that is right for each file.',
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

function requireColumns(table: Table, names: readonly string[]): void {
  const missing = names.filter((name) => !table.columns.includes(name));
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
