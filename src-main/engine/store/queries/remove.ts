import { dataSelection } from '../../../contract/data.ts';
import type { DatasetSummary, StoredKind } from '../../../contract/storage.ts';
import { damagedRow } from '../checksum.ts';
import { atomically, keysOf, newestFirst, type Readable, type Writable } from '../database.ts';
import { fromColumn, wholeRows } from '../json.ts';
import { foldersNow } from './datasets.ts';
import { forgetJobsOf } from './jobs.ts';
import { appendLog } from './log.ts';

/** Ids of rows, found without reading what else they hold: it may be damaged. */
export interface Rows {
  studies: string[];
  runs: string[];
  comparisons: string[];
  sources: string[];
  datasets: string[];
  exports: string[];
  jobs: string[];
}

/** The table of each kind. */
export const TABLES = {
  study: 'studies',
  run: 'runs',
  comparison: 'comparisons',
  source: 'sources',
  dataset: 'datasets',
  export: 'exports',
  job: 'jobs',
} as const satisfies Record<StoredKind, keyof Rows>;

/**
 * Forgets rows with all that belongs to them, in one transaction, and datasets that nothing refers to any longer. What is
 * deleted is overwritten in the file (`secure_delete`) and in its log.
 */
export function removeRows(db: Writable, rows: Rows): void {
  atomically(db, () => {
    for (const id of rows.runs) {
      db.prepare('UPDATE runs SET best_epoch = NULL WHERE id = ?').run(id);
      for (const table of ['epochs', 'predictions', 'evaluations', 'exports', 'splits', 'run_choices'])
        db.prepare(`DELETE FROM ${table} WHERE run_id = ?`).run(id);
      // The comparison keeps the numbers of its cell.
      db.prepare('UPDATE comparison_cells SET run_id = NULL WHERE run_id = ?').run(id);
      db.prepare('DELETE FROM runs WHERE id = ?').run(id);
      forgetJobsOf(db, `run:${id}`);
      appendLog(db, 'run.removed', id);
    }
    for (const id of rows.comparisons) {
      for (const table of ['comparison_cells', 'comparison_notes'])
        db.prepare(`DELETE FROM ${table} WHERE comparison_id = ?`).run(id);
      db.prepare('DELETE FROM comparisons WHERE id = ?').run(id);
      appendLog(db, 'comparison.removed', id);
    }
    for (const id of rows.studies) {
      db.prepare('DELETE FROM studies WHERE id = ?').run(id);
      appendLog(db, 'study.removed', id);
    }
    for (const name of rows.sources) {
      db.prepare('DELETE FROM sources WHERE name = ?').run(name);
      forgetJobsOf(db, `source:${name}`);
      appendLog(db, 'source.removed', name);
    }
    for (const id of rows.datasets) {
      for (const folder of foldersOf(db, id)) forgetJobsOf(db, `folder:${folder}`);
      db.prepare('DELETE FROM images WHERE dataset_id = ?').run(id);
      db.prepare('DELETE FROM datasets WHERE id = ?').run(id);
      appendLog(db, 'dataset.removed', id);
    }
    for (const id of rows.exports) {
      db.prepare('DELETE FROM exports WHERE id = ?').run(id);
      appendLog(db, 'export.removed', id);
    }
    for (const id of rows.jobs) {
      db.prepare('DELETE FROM jobs WHERE id = ?').run(id);
      appendLog(db, 'job.removed', id);
    }
  });
  db.pragma('wal_checkpoint(TRUNCATE)');
}

/** Where the images of a dataset lay and lie; what is damaged is nowhere. */
function foldersOf(db: Readable, id: string): string[] {
  return db
    .prepare<[string, string], string>(
      `SELECT json_extract(selection, '$.folder') FROM datasets WHERE id = ? AND json_valid(selection, 2)
       UNION SELECT folder FROM dataset_moves WHERE dataset_id = ?`,
    )
    .pluck()
    .all(id, id);
}

/** Ids of a kind, those that cannot be read among them. */
export function idsOf(db: Readable, table: keyof Rows): string[] {
  const column = table === 'sources' ? 'name' : 'CAST(id AS TEXT)';
  return db.prepare<[], string>(`SELECT ${column} FROM ${table}`).pluck().all();
}

/** Where a run or a comparison belongs: its study, its comparison (for a run), and its datasets. */
export function ownership(db: Readable, table: 'runs' | 'comparisons', id: string) {
  const comparison = table === 'runs' ? 'comparison_id' : 'NULL';
  return db
    .prepare<[string], Ownership>(
      `SELECT ${comparison} AS comparison, study_id AS study, status, dataset_id AS dataset, test_dataset_id AS test
       FROM ${table} WHERE id = ?`,
    )
    .get(id);
}

interface Ownership {
  study: string | null;
  comparison: string | null;
  status: string;
  dataset: string | null;
  test: string | null;
}

/** Where the weights of a source lie in the folder of sources. */
export function weightsFileOf(db: Readable, name: string): string | undefined {
  return db.prepare<[string], string>('SELECT weights_file FROM sources WHERE name = ?').pluck().get(name);
}

/** How many exports of a run are on record. */
export function exportCount(db: Readable, run: string): number {
  return db.prepare<[string], number>('SELECT count(*) FROM exports WHERE run_id = ?').pluck().get(run) ?? 0;
}

/** All datasets that can be read, the newest first; reads no list of images. */
export function listDatasets(db: Readable): DatasetSummary[] {
  const row = db.prepare<[string], DatasetSummary & { selection: string }>(
    `SELECT id, selection, created_at AS createdAt, '' AS folder,
         (SELECT count(*) FROM images WHERE dataset_id = datasets.id) AS images,
         (SELECT count(*) FROM runs WHERE datasets.id IN (dataset_id, test_dataset_id)) AS runs,
         (SELECT count(*) FROM comparisons WHERE datasets.id IN (dataset_id, test_dataset_id)) AS comparisons
       FROM datasets WHERE id = ?`,
  );
  const read = (id: string): DatasetSummary => {
    const found = row.get(id);
    if (found?.id !== id) throw damagedRow(`dataset ${id}`, new Error('its index does not agree'));
    const { selection, ...summary } = found;
    const { folder } = fromColumn(dataSelection, selection, `selection of dataset ${id}`);
    const { moved } = foldersNow(db, { dataset: id, test: null });
    return { ...summary, folder: moved?.data ?? folder };
  };
  return wholeRows(keysOf(db, 'datasets'), read).sort(newestFirst);
}

/** Gives the disk back what deleted rows took. Returns how many bytes that was. */
export function compact(db: Writable): number {
  const pages = db.pragma('freelist_count', { simple: true }) as number;
  if (pages === 0) return 0;
  const size = db.pragma('page_size', { simple: true }) as number;
  db.exec('VACUUM');
  db.pragma('wal_checkpoint(TRUNCATE)');
  return pages * size;
}

/** What `compact` would give back. */
export function compactable(db: Readable): number {
  return (
    db
      .prepare<[], number>('SELECT freelist_count * page_size FROM pragma_freelist_count, pragma_page_size')
      .pluck()
      .get() ?? 0
  );
}
