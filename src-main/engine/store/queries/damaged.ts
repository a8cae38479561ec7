import type { DamagedEntry, StoredKind } from '../../../contract/storage.ts';
import type { Readable } from '../database.ts';
import { damageOf, type Unreadable } from '../json.ts';
import { loadDataset } from './datasets.ts';
import { requireExport } from './exports.ts';
import { getJob, loadAnswer } from './jobs.ts';
import { getRun } from './runs.ts';
import { getSource } from './sources.ts';
import { getStudy } from './studies.ts';

const KINDS: { kind: StoredKind; ids: string; read(db: Readable, id: string): unknown }[] = [
  { kind: 'run', ids: 'SELECT id FROM runs', read: getRun },
  { kind: 'study', ids: 'SELECT id FROM studies', read: getStudy },
  { kind: 'source', ids: 'SELECT name FROM sources', read: getSource },
  { kind: 'dataset', ids: 'SELECT id FROM datasets', read: loadDataset },
  {
    kind: 'job',
    ids: 'SELECT id FROM jobs',
    read: (db, id) => [getJob(db, id), loadAnswer(db, id)],
  },
  { kind: 'export', ids: 'SELECT CAST(id AS TEXT) FROM exports', read: requireExport },
];

/** Every row (of some kinds) that can no longer be read, whatever happened to it; reads all that is stored. */
export function listDamaged(db: Readable, kinds?: readonly StoredKind[]): DamagedEntry[] {
  return KINDS.filter(({ kind }) => kinds?.includes(kind) ?? true).flatMap(({ kind, ids, read }) =>
    db
      .prepare<[], string>(ids)
      .pluck()
      .all()
      .flatMap((id) => {
        const damage = problemOf(() => read(db, id));
        return damage === null ? [] : [{ kind, id, ...damage }];
      }),
  );
}

/** Code and sentence of what `read` throws where what it reads cannot be read; null where it throws nothing. */
export function problemOf(read: () => unknown): Unreadable | null {
  try {
    read();
    return null;
  } catch (thrown) {
    const damage = damageOf(thrown);
    if (damage === null) throw thrown;
    return damage;
  }
}
