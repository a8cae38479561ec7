import { onScopeDispose, shallowReactive, watch } from 'vue';
import type { AppliedScale } from '../../../src-main/contract/greyScale.ts';
import { useConnection } from '../../engine/connectionStore.ts';

/** A small image, or why there is none. */
export type Tile = { image: Uint8Array<ArrayBuffer> } | { problem: string };

/** Pixels of a side. */
const SIDE = 160;

/**
 * Small images of the files that are wanted, as they arrive; those that were there before stay. To be called in the setup
 * of a component.
 */
export function useTiles(
  wanted: () => { folder: string; greyScale: AppliedScale; files: readonly string[] } | null,
): ReadonlyMap<string, Tile> {
  const tiles = shallowReactive(new Map<string, Tile>());
  let folder = '';
  let abort: AbortController | null = null;
  watch(
    wanted,
    async (now) => {
      abort?.abort();
      if (!now) return;
      if (now.folder !== folder) tiles.clear();
      folder = now.folder;
      const files = now.files.filter((file) => !tiles.has(file));
      if (files.length === 0) return;
      const mine = (abort = new AbortController());
      await useConnection()
        .call(
          'data.thumbnails',
          { folder, files, size: SIDE, greyScale: now.greyScale },
          {
            signal: mine.signal,
            onProgress: (event) => {
              if (mine.signal.aborted) return;
              const tile = 'image' in event ? { image: event.image } : { problem: event.problem.message };
              tiles.set(files[event.index]!, tile);
            },
          },
        )
        // The banner says that the connection is gone.
        .catch(() => {});
    },
    { immediate: true },
  );
  onScopeDispose(() => abort?.abort());
  return tiles;
}
