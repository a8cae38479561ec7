import { isDeepStrictEqual } from 'node:util';
import { runSummary } from '../../../contract/run.ts';
import type { SplitName } from '../../data/types.ts';
import { requireChecksum, rowChecksum } from '../checksum.ts';
import { atomically, type Readable, type Writable } from '../database.ts';
import { toColumn } from '../json.ts';

/** Images and patients in each split. */
export const splitCounts = runSummary.shape.split.unwrap();

/**
 * Fixes which image of the run's dataset is in which split; pairs of file and split. A split never changes: saving the
 * same one again does nothing.
 *
 * @throws Error (a defect) for another split, a file the dataset does not have, or a run without a dataset.
 */
export function saveSplit(db: Writable, run: string, split: Iterable<readonly [string, SplitName]>): void {
  const wanted = new Map(split);
  atomically(db, () => {
    const stored = loadSplit(db, run);
    if (stored.size > 0) {
      if (isDeepStrictEqual(stored, wanted)) return;
      throw new Error(`the split of run ${run} is already fixed`);
    }
    const insert = db.prepare(
      `INSERT INTO splits (run_id, dataset_id, position, split)
       SELECT runs.id, dataset_id, position, @split FROM runs JOIN images USING (dataset_id)
       WHERE runs.id = @run AND file = @file`,
    );
    for (const [file, name] of wanted) {
      if (insert.run({ run, file, split: name }).changes === 0) throw new Error(`run ${run} has no image ${file}`);
    }
    const counts = toColumn(splitCounts, count(db, run));
    const sum = checksumOf(splitRows(db, run));
    db.prepare('UPDATE runs SET split_counts = ?, split_crc32 = ? WHERE id = ?').run(counts, sum, run);
  });
}

/**
 * Split of each image, in the order of the dataset; empty before it is fixed.
 *
 * @throws STORE_CORRUPT where it is not what was fixed
 */
export function loadSplit(db: Readable, run: string): Map<string, SplitName> {
  const rows = splitRows(db, run);
  const stored = db.prepare<[string], number | null>('SELECT split_crc32 FROM runs WHERE id = ?').pluck().get(run);
  requireChecksum(stored ?? null, checksumOf(rows), `split of run ${run}`);
  return new Map(rows);
}

function splitRows(db: Readable, run: string): [string, SplitName][] {
  return db
    .prepare<[string], [string, SplitName]>(
      `SELECT file, split FROM splits JOIN images USING (dataset_id, position) WHERE run_id = ? ORDER BY position`,
    )
    .raw()
    .all(run);
}

const checksumOf = (rows: [string, SplitName][]): number => rowChecksum(rows);

/** The test split is the test dataset where the run has one. */
function count(db: Readable, run: string) {
  const rows = db
    .prepare<{ run: string }, { split: SplitName; images: number; groups: number }>(
      `SELECT split, count(*) AS images, count(DISTINCT group_hash) AS groups
       FROM splits JOIN images USING (dataset_id, position) WHERE run_id = @run GROUP BY split
       UNION ALL
       SELECT 'test', count(*), count(DISTINCT group_hash)
       FROM runs JOIN images ON images.dataset_id = runs.test_dataset_id WHERE runs.id = @run HAVING count(*) > 0`,
    )
    .all({ run });
  const none = { images: 0, groups: 0 };
  const counts = Object.fromEntries(rows.map(({ split, ...numbers }) => [split, numbers]));
  return { train: none, validation: none, test: none, ...counts };
}
