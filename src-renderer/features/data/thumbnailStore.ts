import { defineStore } from 'pinia';
import { shallowReactive } from 'vue';
import type { AppliedScale } from '../../../src-main/contract/greyScale.ts';
import { useConnection } from '../../engine/connectionStore.ts';

/** A small image, or why there is none. */
export type Small = { image: Uint8Array<ArrayBuffer> } | { problem: string };

/** Where images lie, and how those without a window are shown. */
export interface Place {
  folder: string;
  greyScale: AppliedScale | undefined;
}

/** Pixels of a side: enough for the largest cells on a screen of twice the density. */
const SIDE = 192;
/** Asked for together: few, so that what is in view now soon has its turn. */
const TOGETHER = 24;
/** A few kilobytes each. */
const MOST_KEPT = 4000;

/** Small images of a folder: those in view are fetched, what was fetched is kept. */
export const useThumbnails = defineStore('thumbnails', () => {
  const kept = shallowReactive(new Map<string, Small>());
  let at = '';
  let place: Place = { folder: '', greyScale: undefined };
  let wanted: readonly string[] = [];
  let going: { left: Set<string>; abort: AbortController } | null = null;

  /** @param files in the order of their urgency; what was asked for before and is not among them is not fetched */
  function want(from: Place, files: readonly string[]): void {
    const key = JSON.stringify(from);
    if (key !== at) {
      at = key;
      place = from;
      kept.clear();
      going?.abort.abort();
    }
    wanted = files.filter((file) => !kept.has(file));
    const urgent = new Set(wanted);
    // What scrolled out of view makes room.
    if (going && ![...going.left].some((file) => urgent.has(file))) going.abort.abort();
    if (!going) void fetchNext();
  }

  async function fetchNext(): Promise<void> {
    const files = wanted.slice(0, TOGETHER);
    if (files.length === 0) return;
    const mine = (going = { left: new Set(files), abort: new AbortController() });
    try {
      await useConnection().call(
        'data.thumbnails',
        { folder: place.folder, files: [...files], size: SIDE, greyScale: place.greyScale },
        {
          signal: mine.abort.signal,
          onProgress: (event) => {
            if (mine.abort.signal.aborted) return;
            const file = files[event.index]!;
            mine.left.delete(file);
            keep(file, 'image' in event ? { image: event.image } : { problem: event.problem.message });
          },
        },
      );
    } catch {
      // The banner says that the connection is gone; whoever scrolls asks again.
      if (!mine.abort.signal.aborted) wanted = [];
    } finally {
      if (going === mine) going = null;
    }
    wanted = wanted.filter((file) => !kept.has(file));
    if (!going) void fetchNext();
  }

  function keep(file: string, small: Small): void {
    kept.set(file, small);
    if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value!);
  }

  return { kept, want };
});
