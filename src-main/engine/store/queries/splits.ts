import { isDeepStrictEqual } from 'node:util';
import type { RunSummary } from '../../../contract/run.ts';
import type { SplitName } from '../../data/types.ts';
import { atomically, type Readable, type Writable } from '../database.ts';

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
    const dataset = db.prepare<[string], string | null>('SELECT dataset_id FROM runs WHERE id = ?').pluck().get(run);
    if (dataset == null) throw new Error(`run ${run} has no dataset to split`);
    const insert = db.prepare('INSERT INTO splits (run_id, dataset_id, file, split) VALUES (?, ?, ?, ?)');
    for (const [file, name] of wanted) insert.run(run, dataset, file, name);
  });
}

/** Split of each image, in the order of the dataset; empty before it is fixed. */
export function loadSplit(db: Readable, run: string): Map<string, SplitName> {
  const rows = db
    .prepare<[string], { file: string; split: SplitName }>(
      `SELECT file, split FROM splits JOIN images USING (dataset_id, file) WHERE run_id = ? ORDER BY position`,
    )
    .all(run);
  return new Map(rows.map(({ file, split }) => [file, split]));
}

type Counts = NonNullable<RunSummary['split']>;

/** Images and patients in each split; the test split is the test dataset where the run has one. Null before it is fixed. */
export function splitCounts(db: Readable, run: string): Counts | null {
  const rows = db
    .prepare<[string], { split: SplitName; images: number; groups: number }>(
      `SELECT split, count(*) AS images, count(DISTINCT group_hash) AS groups
       FROM splits JOIN images USING (dataset_id, file) WHERE run_id = ? GROUP BY split`,
    )
    .all(run);
  if (rows.length === 0) return null;
  const counts: Counts = {
    train: { images: 0, groups: 0 },
    validation: { images: 0, groups: 0 },
    test: { images: 0, groups: 0 },
  };
  for (const { split, ...count } of rows) counts[split] = count;
  const apart = db
    .prepare<[string], { images: number; groups: number }>(
      `SELECT count(*) AS images, count(DISTINCT group_hash) AS groups
       FROM runs JOIN images ON images.dataset_id = runs.test_dataset_id WHERE runs.id = ?`,
    )
    .get(run);
  return apart !== undefined && apart.images > 0 ? { ...counts, test: apart } : counts;
}
