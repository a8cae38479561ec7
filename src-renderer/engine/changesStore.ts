import { defineStore } from 'pinia';
import type { ChangedKind, ChangeEvent } from '../../src-main/contract/changes.ts';
import { takeUp } from '../../src-main/rpc/takeUp.ts';
import { useConnection } from './connectionStore.ts';

/** Milliseconds between the beginnings of two readings of the same: a fast run changes many times in a second. */
const PAUSE = 500;
/** Milliseconds before an engine that did not let the window listen is asked again. */
const REFUSED_PAUSE = 1000;

/** Reads again; `ids` are those that changed, empty: any of them. */
export type Read = (ids: readonly string[]) => unknown;

/** What changes in the store, whoever changes it, so that what is on screen is read again then, and only then. */
export const useChanges = defineStore('changes', () => {
  const readers: {
    of: readonly ChangedKind[];
    madeOn: readonly ChangedKind[];
    note: (ids: readonly string[]) => void;
  }[] = [];
  /** The whole picture was told: what a room reads that is opened later has not heard it. */
  let begun = false;

  /**
   * Has something read again whenever one of these kinds changed; for as long as the window is open.
   * @param madeOn other kinds, of which a change may show in any of it
   */
  function onChange(of: readonly ChangedKind[], read: Read, { madeOn = [] as readonly ChangedKind[] } = {}): void {
    const note = paced(read);
    readers.push({ of, madeOn, note });
    if (begun) note([]);
  }

  function tell({ kind, ids }: ChangeEvent): void {
    begun ||= kind === 'all';
    for (const { of, madeOn, note } of readers) {
      if (of.includes(kind)) note(ids);
      else if (kind === 'all' || madeOn.includes(kind)) note([]);
    }
  }

  /** Listens for as long as the window is open, over lost connections and engines that end, close or do not start. */
  async function listen(): Promise<never> {
    const connection = useConnection();
    for (;;) {
      await takeUp<ChangeEvent, null>(
        async (after, onProgress) => connection.call('changes.watch', { after }, { onProgress }),
        tell,
        () => connection.again(),
      ).catch(() => {});
      // Closed, or refused for a reason that the banner says: whatever comes next begins anew.
      await new Promise((done) => setTimeout(done, REFUSED_PAUSE));
      await connection.again();
    }
  }

  return { onChange, listen };
});

/** One reading after the other, the first at once; what changes meanwhile is read together. */
export function paced(read: Read, pause = PAUSE): (ids: readonly string[]) => void {
  let waiting: Set<string> | 'any' | null = null;
  let busy = false;
  async function work(): Promise<void> {
    busy = true;
    while (waiting !== null) {
      const ids = waiting === 'any' ? [] : [...waiting];
      waiting = null;
      const rest = new Promise((done) => setTimeout(done, pause));
      try {
        await read(ids);
      } catch {
        // What went wrong is shown with what was to be read.
      }
      await rest;
    }
    busy = false;
  }
  return (ids) => {
    if (ids.length === 0 || waiting === 'any') waiting = 'any';
    else waiting = new Set([...(waiting ?? []), ...ids]);
    if (!busy) void work();
  };
}
