import type { DamagedEntry, StoredKind } from '../../../contract/storage.ts';
import type { Readable } from '../database.ts';
import { damageOf, type Unreadable } from '../json.ts';
import { loadDataset } from './datasets.ts';
import { requireExport } from './exports.ts';
import { getJob, loadAnswer } from './jobs.ts';
import { idsOf, TABLES } from './remove.ts';
import { getRun } from './runs.ts';
import { getSource } from './sources.ts';
import { getStudy } from './studies.ts';
import { getComparison } from './comparisons.ts';

const READ: Record<StoredKind, (db: Readable, id: string) => unknown> = {
  study: getStudy,
  run: getRun,
  comparison: getComparison,
  source: getSource,
  dataset: loadDataset,
  export: requireExport,
  job: (db, id) => [getJob(db, id), loadAnswer(db, id)],
};

/**
 * Of these rows those that can no longer be read, whatever happened to them; reads all that is stored of each. A row whose
 * key is no longer there was removed since, and is not damaged.
 */
export function damagedOf(db: Readable, kind: StoredKind, ids: readonly string[]): DamagedEntry[] {
  const found = ids.flatMap((id) => {
    const damage = problemOf(() => READ[kind](db, id));
    return damage === null ? [] : [{ kind, id, ...damage }];
  });
  if (found.length === 0) return [];
  const there = new Set(idsOf(db, TABLES[kind]));
  return found.filter(({ id }) => there.has(id));
}

/** Code and sentence of what `read` throws where what it reads cannot be read; null where it throws nothing. */
function problemOf(read: () => unknown): Unreadable | null {
  try {
    read();
    return null;
  } catch (thrown) {
    const damage = damageOf(thrown);
    if (damage === null) throw thrown;
    return damage;
  }
}
