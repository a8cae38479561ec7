import { z } from 'zod';
import { asked, answered } from '../job.ts';
import { grouping } from '../groups.ts';
import { method } from '../method.ts';
import { appliedScale } from '../greyScale.ts';
import { disagreement, pairDetail } from './pair.ts';
import { comparisonCell, interval, type CellRecord, type ComparisonCell } from './shared.ts';

/** What the runs of one row of a result have in common: they differ in seed and fold only. */
export const rowKey = comparisonCell.pick({ strategy: true, cut: true, source: true, share: true });
export type RowKey = z.infer<typeof rowKey>;

export const rowOf = ({ strategy, cut, source, share }: ComparisonCell): RowKey => ({ strategy, cut, source, share });

const nameOf = (row: RowKey): string => JSON.stringify(rowKey.parse(row));

export const isSameRow = (a: RowKey, b: RowKey): boolean => nameOf(a) === nameOf(b);

/** The runs that have ended, row by row, in the order in which the rows first come. */
export function recordsByRow(cells: readonly CellRecord[]): { row: RowKey; records: CellRecord[] }[] {
  const rows = Map.groupBy(cells, ({ cell }) => nameOf(rowOf(cell)));
  return [...rows.values()].map((records) => ({ row: rowOf(records[0]!.cell), records }));
}

/** AUROC and AUPRC of one row minus those of another, over the seeds and folds that both have. */
export const rowDifference = z.object({
  ...answered,
  auroc: interval.nullable(),
  auprc: interval.nullable(),
  /** Runs of each that were set against one of the other. */
  pairs: z.int(),
  /** Tested by both, each counted once. */
  images: z.int(),
  /** Groups, of the kind that `grouping` names. */
  patients: z.int(),
  patientsOfRarestClass: z.int(),
  grouping,
  /** Of the intervals. */
  confidence: z.number(),
  resamples: z.int(),
  /** What the first gains and loses against the second; left out where no run of the one has its like of the other. */
  detail: pairDetail.optional(),
  /**
   * Images that they called differently, those first which only the second calls rightly; at most a thousand, from this
   * folder and on this scale.
   */
  disagreements: z.object({ folder: z.string(), greyScale: appliedScale, images: z.array(disagreement) }).optional(),
});
export type RowDifference = z.infer<typeof rowDifference>;

export const rowMethods = {
  /**
   * Sets any two rows of a tournament or a learning curve against each other on the patients that both were tested on, by
   * the bootstrap of the table itself; of the pair with the reference the numbers are those of the table. Nothing is
   * corrected for how many pairs were looked at.
   */
  'comparison.difference': method({
    input: z.object({ id: z.string().min(1), a: rowKey, b: rowKey, ...asked }),
    output: rowDifference,
  }),
};
