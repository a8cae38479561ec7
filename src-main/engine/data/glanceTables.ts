import { namedColumns, type ColumnGuess } from '../../contract/columns.ts';
import { findingOf, type Finding } from '../../contract/findings.ts';
import { isPatientColumn } from '../../contract/groups.ts';
import type { Glance } from '../../contract/images.ts';
import { countBy } from './findings/counting.ts';
import { severalOf } from './findings/severalLabels.ts';
import { uncertainOf } from './findings/uncertainLabels.ts';
import { listed, quoted } from './labels.ts';
import { missingIn } from './labelValues.ts';
import { layoutOf } from './layouts.ts';
import { matchNames, namesIn } from './namedFiles.ts';
import { oneHotColumns } from './oneHotColumns.ts';
import { describeTables, readFirstRows, readTable, sheetFindings } from './table.ts';

const ROWS_SHOWN = 5;
/** Rows from which columns are guessed whose names say nothing. */
const ROWS_JUDGED = 200;
/** More values are hardly classes. */
const MANY_LABELS = 50;

type Table = Glance['tables'][number];

/** The tables of a folder that may say the labels, what is to be asked about them, and the one to take without asking. */
export async function glanceAtTables(
  folder: string,
  files: readonly string[],
  tables: readonly string[],
): Promise<Pick<Glance, 'tables' | 'findings' | 'suggested'>> {
  const { offered, findings } = await describeTables(folder, tables);
  const isFile = namesIn(files);
  const described = await Promise.all(offered.map((table) => describe(table, folder, files, isFile)));
  return {
    tables: described.map(({ table }) => table),
    findings: [...described.flatMap((each) => each.findings), ...findings],
    suggested: described.find(({ table }) => isFit(table))?.table.path ?? null,
  };
}

async function describe(
  { path, columns }: { path: string; columns: string[] },
  folder: string,
  files: readonly string[],
  isFile: (value: string) => boolean,
): Promise<{ table: Table; findings: Finding[] }> {
  const rows = await readFirstRows(path, ROWS_JUDGED);
  const layout = layoutOf(columns, files);
  const oneHot = layout ? (layout.oneHot ?? []) : oneHotColumns(columns, rows);
  const { fileColumn, labelColumn, groupColumn } = layout ?? guessed(columns, rows, isFile, oneHot);
  const guess = { fileColumn, labelColumn, groupColumn };
  const wanted = [fileColumn, labelColumn].filter((name) => name !== null);
  // A table that cannot be read says so when it is chosen.
  const whole = await readTable(path, wanted).catch(() => null);
  const valuesOf = (name: string | null) => (name === null ? null : (whole?.rows.map(({ values }) => values[name] ?? '') ?? null)); // prettier-ignore
  const labels = valuesOf(labelColumn)?.filter((value) => value !== '') ?? null;
  const named = valuesOf(fileColumn);
  const matches = named && (await matchNames(folder, files, named));
  const byEnd = matches?.filter(({ how }) => how === 'end').length ?? 0;
  const found = matches?.filter(({ file }) => file !== undefined).length ?? 0;
  const isMissing = missingIn(labels ?? []);
  const kinds = labels && new Set(labels.filter((value) => !isMissing(value)));
  const table = {
    ...{ path, columns, rows: rows.slice(0, ROWS_SHOWN), guess, labels: kinds && kinds.size },
    matched: matches && { rows: found - byEnd, of: matches.length },
    ...(byEnd > 0 && { byEnd }),
    ...(oneHot.length > 0 && { oneHot }),
    ...(layout && found > 0 && { layout }),
  };
  const example = matches?.findIndex(({ how }) => how === 'end') ?? -1;
  return {
    table,
    findings: [
      ...tableFindings(table, example < 0 ? '' : `${named![example]!} = ${matches![example]!.file}`),
      ...(found > 0 && labels ? labelFindings(labels) : []),
      ...(found > 0 && whole ? sheetFindings(path, whole) : []),
    ],
  };
}

/** By the names of the columns, and where those say nothing by what the first rows hold. */
function guessed(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  isFile: (value: string) => boolean,
  oneHot: readonly string[],
): ColumnGuess {
  const byNames = namedColumns(columns);
  const values = columns.map((_, at) => rows.map((row) => row[at] ?? ''));
  // Numbers may be names of files without their ending; what names files with it is the better guess.
  const hits = values.map((own) => own.reduce((sum, value) => sum + (isFile(value) ? (/[./]/.test(value) ? 2 : 1) : 0), 0)); // prettier-ignore
  const most = Math.max(0, ...hits);
  const byHits = most === 0 ? null : columns[hits.indexOf(most)]!;
  const fileColumn = byHits ?? byNames.fileColumn;
  // A column that names the files tells them apart, and not whose they are.
  const { groupColumn } = namedColumns(columns.filter((name) => name !== fileColumn));
  const named = { fileColumn, groupColumn };
  // Of several columns that say the class together, none says it alone.
  const free = columns.map((name) => name !== fileColumn && !oneHot.includes(name));
  const byName = byNames.labelColumn;
  if (byName !== null && free[columns.indexOf(byName)]) return { ...named, labelColumn: byName };
  if (oneHot.length > 0) return { ...named, labelColumn: null };
  const candidates = columns.flatMap((name, at) => {
    const kinds = new Set(values[at]).size;
    return free[at] && name !== groupColumn && kinds >= 2 && kinds <= MANY_LABELS && kinds * 2 <= rows.length
      ? [{ name, kinds }]
      : [];
  });
  const [fewest] = candidates.sort((a, b) => a.kinds - b.kinds);
  return { ...named, labelColumn: fewest?.name ?? null };
}

/** Whether the labels may be taken from it without asking. */
function isFit({ guess, labels, matched, layout }: Table): boolean {
  if (layout || guess.labelColumn === null || labels === null || matched === null) return false;
  return matched.rows * 2 > matched.of && labels >= 2 && !isTooMany(labels, matched.of);
}

const isTooMany = (labels: number, rows: number): boolean => labels > MANY_LABELS && labels * 4 > rows;

function tableFindings(
  { path, columns, guess, labels, matched, byEnd = 0, oneHot, layout }: Table,
  example: string,
): Finding[] {
  // prettier-ignore
  const name = path.slice(path.search(/[^/\\]*$/));
  const twice = Object.values(guess).find((column) => column !== null && columns.indexOf(column) !== columns.lastIndexOf(column)); // prettier-ignore
  if (twice != null)
    return [findingOf('COLUMNS_ALIKE', `Two columns of ${name} are named ‘${twice}’: which of them is meant cannot be told. Rename one of them in the table, or choose other columns.`)]; // prettier-ignore
  if (labels !== null && matched !== null && !layout && isTooMany(labels, matched.of))
    return [findingOf('MANY_LABELS', `The column ‘${guess.labelColumn}’ of ${name} has ${labels} values in ${matched.of} rows: those look like names or notes, not like classes.`)]; // prettier-ignore
  if (matched !== null && matched.rows + byEnd === 0 && matched.of > 0)
    return [findingOf('TABLE_NAMES_NO_FILE', `${name} names no file of this folder in its column ‘${guess.fileColumn}’.`)]; // prettier-ignore
  const findings: Finding[] = [];
  if (layout)
    findings.push(findingOf('TABLE_LAYOUT', `${name} has the columns of ${layout.name}: the image is ‘${layout.fileColumn}’, the class ${layout.oneHot ? `the one of ${listed(quoted(layout.oneHot), 10)} that has a 1` : `‘${layout.labelColumn}’`}, ${together(layout)}. ${layout.says}`)); // prettier-ignore
  else if (oneHot && guess.labelColumn === null)
    findings.push(findingOf('ONE_HOT', `In ${name} each row has one 1 in the columns ${listed(quoted(oneHot), 10)}: together they look like the class, each with a column of its own.`)); // prettier-ignore
  if (byEnd > 0 && matched !== null)
    findings.push(findingOf('FOUND_BY_END', `${byEnd} of ${matched.of} rows of ${name} name a file by the end of its path only, such as ${example}: \`--match-ends\` takes them, or ‘Match by the ends of paths’ in the window.`)); // prettier-ignore
  return findings;
}

function together({ groupColumn, groupPattern }: NonNullable<Table['layout']>): string {
  if (groupPattern !== undefined) return 'and the patient is in the path';
  if (groupColumn === null) return 'and nothing says the patient';
  return isPatientColumn(groupColumn) ? `and the patient is ‘${groupColumn}’` : `and ‘${groupColumn}’ keeps images together`; // prettier-ignore
}

function labelFindings(labels: readonly string[]): Finding[] {
  const counts = countBy(labels, (label) => label).map(([name, images]) => ({ name, images }));
  return [...severalOf(counts), ...uncertainOf(counts)];
}
