import { storedKind, type DamagedEntry, type StoredKind } from '../../contract/storage.ts';
import { breathe } from '../breathe.ts';
import { TABLES } from '../store/queries/remove.ts';
import type { Reader } from '../store/store.ts';

/** Rows of a kind that are read in one go, for about 10 ms; a list of 20,000 images is one row and takes 50. */
export const AT_ONCE: Readonly<Record<StoredKind, number>> = {
  study: 20,
  run: 20,
  comparison: 1,
  source: 20,
  dataset: 1,
  export: 20,
  job: 1,
};

/**
 * Every row (of some kinds) that can no longer be read. All that is stored is read for it, and between two pieces of it
 * others are answered.
 * @throws the reason of `signal`
 */
export async function listDamaged(
  { storage }: Pick<Reader, 'storage'>,
  { kinds = storedKind.options, signal }: { kinds?: readonly StoredKind[]; signal?: AbortSignal } = {},
): Promise<DamagedEntry[]> {
  const damaged: DamagedEntry[] = [];
  for (const kind of storedKind.options.filter((each) => kinds.includes(each))) {
    const ids = storage.ids(TABLES[kind]);
    for (let from = 0; from < ids.length; from += AT_ONCE[kind]) {
      damaged.push(...storage.damagedOf(kind, ids.slice(from, from + AT_ONCE[kind])));
      await breathe();
      signal?.throwIfAborted();
    }
  }
  return damaged;
}
