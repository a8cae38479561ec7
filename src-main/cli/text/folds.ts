import { rowOf, recordsByRow } from '../../contract/comparison/rows.ts';
import type { CellRecord } from '../../contract/comparison/shared.ts';
import type { TournamentRow } from '../../contract/comparison/tournament.ts';
import { wordsFor, type Grouping } from '../../contract/groups.ts';
import { titleOf } from '../../contract/strategies.ts';
import { pValue } from './pair.ts';
import { table, type Column } from './table.ts';
import { metric, orNone, range, signed } from './units.ts';

const right = (title: string): Column => ({ title, align: 'right' });
const around = (of: { mean: number; low: number; high: number } | null, write: (value: number) => string): string =>
  of === null ? orNone(null) : `${write(of.mean)} (${range(of)})`;

/** Means over folds and seeds with their corrected intervals; null where no row has one. */
export function meansTable(
  rows: readonly TournamentRow[],
  { model, models, interval }: { model(row: TournamentRow): string[]; models: readonly Column[]; interval: string },
): string | null {
  if (!rows.some(hasCorrected)) return null;
  return table(
    [
      ...models,
      right(`Mean AUROC over folds, corrected ${interval}`),
      right('Mean AUPRC'),
      right('Mean difference in AUROC'),
      right('p'),
    ],
    rows.map((row) => [
      ...model(row),
      around(row.corrected?.auroc ?? null, metric),
      around(row.corrected?.auprc ?? null, metric),
      around(row.corrected?.difference ?? null, signed),
      pValue(row.corrected?.difference?.p ?? null),
    ]),
  );
}

/** What each run measured on its own test part; null where every row has one run. */
export function foldsTable(cells: readonly CellRecord[], { several }: { several: boolean }): string | null {
  const rows = recordsByRow(cells);
  if (rows.every(({ records }) => records.length < 2)) return null;
  return table(
    [
      { title: 'Model' },
      ...(several ? [{ title: 'Source' }] : []),
      right('Seed'),
      right('Fold'),
      right('AUROC'),
      right('AUPRC'),
    ],
    rows
      .flatMap(({ records }) => records)
      .map(({ cell, testAuroc, testAuprc }) => [
        titleOf(rowOf(cell)),
        ...(several ? [orNone(cell.source)] : []),
        String(cell.seed),
        cell.fold === null ? orNone(null) : String(cell.fold + 1),
        metric(testAuroc),
        metric(testAuprc),
      ]),
  );
}

/** Which of the figures are which. */
export function howAveraged(rows: readonly TournamentRow[], grouping: Grouping | undefined): string[] {
  if (!rows.some(hasCorrected)) return [];
  const { many } = wordsFor(grouping);
  return [
    `Pooled figures have all test images together and intervals over ${many}: they are of the models that were trained. Means over folds have the corrected resampled t interval (Nadeau and Bengio 2003): folds share training ${many} and are not independent, so that their variance is enlarged by the ratio of tested to trained ${many}. They are of the way of training, on studies of this size.`,
  ];
}

const hasCorrected = ({ corrected }: TournamentRow): boolean =>
  corrected !== undefined && Object.values(corrected).some((each) => each !== null);
