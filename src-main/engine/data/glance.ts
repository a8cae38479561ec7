import { extname } from 'node:path';
import { namedColumns, type ColumnGuess } from '../../contract/columns.ts';
import { findingOf, type Finding } from '../../contract/findings.ts';
import type { Glance } from '../../contract/images.ts';
import { placeOf } from '../../userPath.ts';
import { firstRows, hasShortHead } from './parseTable.ts';
import { describeTables, readTable } from './table.ts';
import { maskClasses } from './companions.ts';
import { folderFindings } from './findings/folders.ts';
import { labelByFolder } from './labelFolders.ts';
import { layoutOf } from './layout.ts';
import { compare, walkFolder } from './walk.ts';

const ROWS_SHOWN = 5;
/** Rows from which columns are guessed whose names say nothing. */
const ROWS_JUDGED = 200;
/** More values are hardly classes. */
const MANY_LABELS = 50;
/** Fewer classes of one image each may be meant. */
const MANY_SINGLES = 5;

/** A folder by its names alone: no image is opened. @throws CutpointError FOLDER_NOT_FOUND, FOLDER_NOT_READABLE, CANCELLED */
export async function glanceAt(text: string, signal?: AbortSignal): Promise<Glance> {
  const folder = placeOf(text);
  const walk = await walkFolder(folder, signal);
  const { files, tables } = walk;
  const layout = await layoutOf(folder, walk, { signal });
  const labelled = labelByFolder(walk, layout).files;
  const byFolder = Map.groupBy(files, (file) => (file.includes('/') ? file.slice(0, file.indexOf('/')) : ''));
  const folders = [...byFolder].filter(([name]) => name !== '').map(([name, own]) => ({ name, files: own.length })); // prettier-ignore
  const loose = byFolder.get('')?.length ?? 0;
  const described = await Promise.all(
    (await describeTables(folder, tables)).map((table) => describe(table, namesOf(files))),
  );
  const suggested = described.find(isFit)?.path ?? null;
  const ofMasks = new Set(maskClasses(labelled, layout.masks));
  const masks = files.filter((file) => layout.masks.has(file) && !ofMasks.has(layout.labelOf(file) ?? ''));
  return {
    folder,
    files: files.length,
    folders: folders.sort((a, b) => compare(a.name, b.name)),
    loose,
    endings: endingsOf(files),
    tables: described,
    findings: [
      ...(suggested === null ? unlikely(folders, loose) : []),
      ...folderFindings(walk, layout, labelled, suggested !== null),
      ...described.flatMap(tableFindings),
    ],
    masks,
    suggested,
    ...(Object.keys(layout.found).length > 0 && { layout: layout.found }),
  };
}

type Table = Glance['tables'][number];

/** Files as a table may name them: by path, by name, and without the ending. */
function namesOf(files: readonly string[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const file of files) {
    const name = file.slice(file.lastIndexOf('/') + 1);
    for (const each of [file, name, name.replace(/\.[^.]+$/, '')]) names.add(each.normalize('NFC'));
  }
  return names;
}

async function describe(
  { path, columns }: { path: string; columns: string[] },
  names: ReadonlySet<string>,
): Promise<Table> {
  const rows = hasShortHead(path) ? firstRows(path, ROWS_JUDGED) : [];
  const isFile = (value: string): boolean =>
    names.has(value.replaceAll('\\', '/').replace(/^\.\//, '').normalize('NFC'));
  const guess = guessed(columns, rows, isFile);
  const wanted = [guess.fileColumn, guess.labelColumn].filter((name) => name !== null);
  // A table that cannot be read says so when it is chosen.
  const whole = await readTable(path, wanted).catch(() => null);
  const valuesOf = (name: string | null) => (name === null ? null : (whole?.rows.map(({ values }) => values[name] ?? '') ?? null)); // prettier-ignore
  const labels = valuesOf(guess.labelColumn);
  const named = valuesOf(guess.fileColumn);
  return {
    path,
    columns,
    rows: rows.slice(0, ROWS_SHOWN),
    guess,
    labels: labels && new Set(labels.filter((value) => value !== '')).size,
    matched: named && { rows: named.filter(isFile).length, of: named.length },
  };
}

/** By the names of the columns, and where those say nothing by what the first rows hold. */
function guessed(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  isFile: (value: string) => boolean,
): ColumnGuess {
  const named = namedColumns(columns);
  const values = columns.map((_, at) => rows.map((row) => row[at] ?? ''));
  // Numbers may be names of files without their ending; what names files with it is the better guess.
  const hits = values.map((own) => own.reduce((sum, value) => sum + (isFile(value) ? (/[./]/.test(value) ? 2 : 1) : 0), 0)); // prettier-ignore
  const most = Math.max(0, ...hits);
  const byHits = most === 0 ? null : columns[hits.indexOf(most)]!;
  const fileColumn = byHits ?? named.fileColumn;
  if (named.labelColumn !== null && named.labelColumn !== fileColumn) return { ...named, fileColumn };
  const candidates = columns.flatMap((name, at) => {
    const kinds = new Set(values[at]).size;
    const free = name !== fileColumn && name !== named.groupColumn;
    return free && kinds >= 2 && kinds <= MANY_LABELS && kinds * 2 <= rows.length ? [{ name, kinds }] : [];
  });
  const [fewest] = candidates.sort((a, b) => a.kinds - b.kinds);
  return { ...named, fileColumn, labelColumn: fewest?.name ?? null };
}

/** Whether the labels may be taken from it without asking. */
function isFit({ guess, labels, matched }: Table): boolean {
  if (guess.labelColumn === null || labels === null || matched === null) return false;
  return matched.rows * 2 > matched.of && labels >= 2 && !isTooMany(labels, matched.of);
}

const isTooMany = (labels: number, rows: number): boolean => labels > MANY_LABELS && labels * 4 > rows;

function tableFindings({ path, guess, labels, matched }: Table): Finding[] {
  const name = path.slice(path.search(/[^/\\]*$/));
  if (labels !== null && matched !== null && isTooMany(labels, matched.of))
    return [findingOf('MANY_LABELS', `The column ‘${guess.labelColumn}’ of ${name} has ${labels} values in ${matched.of} rows: those look like names or notes, not like classes.`)]; // prettier-ignore
  if (matched !== null && matched.rows === 0 && matched.of > 0)
    return [findingOf('TABLE_NAMES_NO_FILE', `${name} names no file of this folder in its column ‘${guess.fileColumn}’.`)]; // prettier-ignore
  return [];
}

/** What folders are that are no classes. */
function unlikely(folders: Glance['folders'], loose: number): Finding[] {
  const findings: Finding[] = [];
  const singles = folders.filter(({ files }) => files === 1).length;
  if (singles >= MANY_SINGLES && singles * 2 > folders.length)
    findings.push(findingOf('SINGLE_IMAGE_FOLDERS', `${singles} of the ${folders.length} folders hold one file each: they look like patients or studies, not like classes. A table can say the class of each file.`)); // prettier-ignore
  if (folders.length === 0 && loose > 0)
    findings.push(findingOf('NO_LABELS', 'The files are in no folders that could say their class, and no table names them.')); // prettier-ignore
  return findings;
}

function endingsOf(files: readonly string[]): Glance['endings'] {
  return [...Map.groupBy(files, (file) => extname(file).slice(1).toLowerCase())]
    .map(([ending, own]) => ({ ending, files: own.length }))
    .sort((a, b) => b.files - a.files || compare(a.ending, b.ending));
}
