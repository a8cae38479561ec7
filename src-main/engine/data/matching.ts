import { findingOf } from '../../contract/findings.ts';
import type { AuditReport, FileProblem } from '../../contract/data.ts';
import { listed } from './labels.ts';
import { matchNames, type Match } from './namedFiles.ts';
import { withoutFrame } from './places/frameNames.ts';
import type { Table } from './table.ts';

interface Named {
  row: number;
  name: string;
  match: Match;
}

const UNFOUND = 'LABELS_FILE_MISSING';

/** Whether a row's file is taken: one that is found by the end of its path only with a person's word. */
export const isTaken = ({ file, how }: Match, byEnd: boolean): boolean =>
  file !== undefined && (how !== 'end' || byEnd);

/** Rows of a table whose file was found, each with it. @param files of the folder @param named column of the files */
export async function matchedRows(
  { folder, files, byEnd }: { folder: string; files: readonly string[]; byEnd: boolean },
  { rows }: Table,
  named: string,
): Promise<(Table['rows'][number] & { file: string })[]> {
  // A table names files; what it says of one holds for its frames.
  const byFile = Map.groupBy(files, (file) => withoutFrame(file).file);
  const matches = await matchNames(
    folder,
    [...byFile.keys()],
    rows.map(({ values }) => values[named]!),
  );
  return rows.flatMap((row, at) => {
    if (!isTaken(matches[at]!, byEnd)) return [];
    const file = matches[at]!.file!;
    return (byFile.get(file) ?? [file]).map((each) => ({ ...row, file: each }));
  });
}

/**
 * What is to be said of how the rows of a label table were matched with the files of a folder.
 * @param byEnd a person wants ends of paths to count
 */
export function matchingNotes(
  folder: string,
  rows: readonly Named[],
  byEnd: boolean,
): Pick<AuditReport, 'warnings' | 'obstacles'> & { problems: FileProblem[] } {
  const how = Map.groupBy(rows, ({ match }) => match.how);
  const lost = rows.filter(({ match }) => !isTaken(match, byEnd));
  const ends = how.get('end') ?? [];
  const ambiguous = how.get('ambiguous') ?? [];
  const warnings: AuditReport['warnings'] = [];
  const obstacles: AuditReport['obstacles'] = [];
  const problems = lost.map(({ row, name, match }) => ({ file: name, code: UNFOUND, message: reasonOf(row, match) }));

  if (lost.length > 0) {
    const names = listed(lost.map(({ row, name }) => (name === '' ? `row ${row} (no file name)` : name)));
    const message = `The label file names ${lost.length} of ${rows.length} files that are not in the folder: ${names}.`;
    if (lost.length < rows.length) warnings.push(findingOf(UNFOUND, message));
    else if (ends.length > 0)
      obstacles.push({ code: UNFOUND, message, remedy: 'Match them by the ends of their paths, if they are meant.' });
    else
      obstacles.push({
        code: UNFOUND,
        message,
        remedy: `Names must be relative to ${folder}, such as "NORMAL/0001.png". Correct or remove these rows.`,
      });
  }
  if (ends.length > 0) {
    const { name, match } = ends[0]!;
    const example = `${name} = ${match.file}`;
    warnings.push(
      byEnd
        ? findingOf('MATCHED_BY_END', `As chosen, ${counted(ends.length)} matched by the end of the path, such as ${example}.`) // prettier-ignore
        : findingOf('FOUND_BY_END', `${counted(ends.length)} found by the end of the path, such as ${example}: \`--match-ends\` takes them, or ‘Match by the ends of paths’ in the window.`), // prettier-ignore
    );
  }
  if (ambiguous.length > 0)
    warnings.push(
      findingOf('FILE_AMBIGUOUS', `${counted(ambiguous.length)} not matched, because by the end of the path several files could be meant, or several rows would mean one file: ${listed(ambiguous.map(({ name }) => name), 3)}.`), // prettier-ignore
    );
  const byName = how.get('name')?.length ?? 0;
  if (byName > 0)
    warnings.push({
      code: 'MATCHED_BY_NAME',
      message: `${byName} ${byName === 1 ? 'row' : 'rows'} of the label file ${byName === 1 ? 'names' : 'name'} a file without its folder or file type; each was matched with the only file of that name.`,
    });
  const spelled = how.get('spelling') ?? [];
  if (spelled.length > 0) {
    const { name, match } = spelled[0]!;
    warnings.push(
      findingOf('MATCHED_BY_SPELLING', `${counted(spelled.length)} matched with a file whose name differs in case or in the ending of its image format, such as ${name} = ${match.file}.`), // prettier-ignore
    );
  }
  return { warnings, obstacles, problems };
}

const counted = (rows: number): string => `${rows} ${rows === 1 ? 'row of the label file is' : 'rows of the label file are'}`; // prettier-ignore

function reasonOf(row: number, { how }: Match): string {
  if (how === 'end') return `Row ${row} of the label file names a file that is found by the end of its path only.`;
  if (how === 'ambiguous') return `Row ${row} of the label file names a file, and several could be meant.`;
  return `Row ${row} of the label file names a file that is not in the folder.`;
}
