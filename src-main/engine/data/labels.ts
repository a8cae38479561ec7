import { isAbsolute, join } from 'node:path';
import type { AuditReport, FileProblem } from '../../contract/data.ts';
import { CutpointError } from '../../contract/errors.ts';
import type { Table } from './table.ts';
import type { SplitName } from './types.ts';
import { placeOf } from '../../userPath.ts';

export interface LabelledFile {
  file: string;
  label: string;
  /** From the table's group column; empty where the cell is. */
  patient?: string;
  /** Of a split that the data say themselves. */
  part?: SplitName;
}

export interface Labelling {
  files: LabelledFile[];
  /** Where an image may have several labels: all there are, in ascending order; each `label` is a row of them. */
  names?: string[];
  problems: FileProblem[];
  warnings: AuditReport['warnings'];
  obstacles: AuditReport['obstacles'];
  /** The column of the table that the groups come from; `named` by a person, or found by its name. */
  column?: { name: string; named: boolean } | undefined;
  /** Another column that may group the images where no patient is known. */
  nextBest?: string | undefined;
}

/** Of a file that no folder and no row gives a label. */
export const UNLABELLED = 'LABELS_VALUE_MISSING';

/** A path in the selection is a full one, or relative to the data folder. */
export function tablePath(folder: string, csv: string): string {
  return isAbsolute(csv) || csv.startsWith('~') ? placeOf(csv) : join(folder, csv);
}

/** The first few of a list in words, for a sentence. */
export function listed(items: string[], most = 5): string {
  const rest = items.length - most;
  return rest > 0 ? `${items.slice(0, most).join(', ')} and ${rest} more` : items.join(', ');
}

/** Columns that an error names. */
export const MOST_NAMED = 50;
export const quoted = (names: readonly string[]): string[] => names.map((name) => `"${name}"`);

/** @throws CutpointError LABELS_COLUMN_MISSING where a table that holds no labels lacks a column */
export function requireTableColumns({ columns }: Table, names: readonly string[], remedy: string): void {
  const missing = names.filter((name) => !columns.includes(name));
  if (missing.length === 0) return;
  throw new CutpointError(
    'LABELS_COLUMN_MISSING',
    `The table has no column ${quoted(missing).join(' and no column ')}; its columns are ${listed(quoted(columns), MOST_NAMED)}.`,
    { remedy, details: { valid: columns.slice(0, MOST_NAMED) } },
  );
}
