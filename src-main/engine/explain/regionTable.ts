import { join } from 'node:path';
import type { FileProblem } from '../../contract/data.ts';
import type { Regions } from '../../contract/explain.ts';
import { requireTableColumns, tablePath } from '../data/labels.ts';
import { readTable } from '../data/table.ts';
import type { Box } from './localise.ts';

/** An image with its finding: boxes in its pixels, or a mask file. */
export interface RegionEntry {
  /** As the table names it. */
  file: string;
  path: string;
  /** From the table's group column; empty where it says nothing. */
  patient: string;
  boxes: Box[];
  mask: string | undefined;
}

/**
 * The rows of a table of findings. Several rows of one file add up; files without a finding are counted, rows that make no
 * sense are listed.
 * @throws CutpointError LABELS_NOT_READABLE, LABELS_COLUMN_MISSING
 */
export async function readRegions({ folder, csv, fileColumn, groupColumn, column }: Regions): Promise<{
  entries: RegionEntry[];
  withoutRegion: number;
  problems: FileProblem[];
}> {
  const wanted = [fileColumn, column.name, ...(groupColumn === undefined ? [] : [groupColumn])];
  const table = await readTable(tablePath(folder, csv), wanted);
  requireTableColumns(table, wanted, 'Name the columns of the file, of the boxes or masks, and of the patient.');
  const entries = new Map<string, RegionEntry>();
  const without = new Set<string>();
  const problems: FileProblem[] = [];
  for (const { row, values } of table.rows) {
    const [file, cell] = [values[fileColumn]!, values[column.name]!];
    const problem = (code: string, message: string) => problems.push({ file, code, message });
    if (file === '') problem('LABELS_FILE_MISSING', `Row ${row} of the table names no file.`);
    else if (cell === '') without.add(file);
    else {
      const boxes = column.kind === 'boxes' ? parseBoxes(cell) : [];
      if (boxes === null) {
        problem('INPUT_INVALID', `Row ${row} of the table has "${cell}", which are not boxes (xmin ymin xmax ymax).`);
        continue;
      }
      const patient = groupColumn === undefined ? '' : values[groupColumn]!;
      const entry = entries.get(file) ?? { file, path: join(folder, file), patient, boxes: [], mask: undefined };
      entry.boxes.push(...boxes);
      if (column.kind === 'masks') entry.mask = join(folder, cell);
      entries.set(file, entry);
    }
  }
  const withoutRegion = [...without].filter((file) => !entries.has(file)).length;
  return { entries: [...entries.values()], withoutRegion, problems };
}

/** Numbers in fours, whatever stands between them; null where they are not, or a box has no area. */
function parseBoxes(cell: string): Box[] | null {
  const numbers = cell.split(/[\s,;|()[\]]+/).filter((part) => part !== '').map(Number); // prettier-ignore
  if (numbers.length === 0 || numbers.length % 4 !== 0 || !numbers.every((value) => value >= 0)) return null;
  const boxes = Array.from({ length: numbers.length / 4 }, (_, i) => {
    const [left, top, right, bottom] = numbers.slice(4 * i, 4 * i + 4) as [number, number, number, number];
    return { left, top, right, bottom };
  });
  return boxes.every(({ left, top, right, bottom }) => right >= left && bottom >= top) ? boxes : null;
}
