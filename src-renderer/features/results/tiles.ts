import { onScopeDispose, shallowReactive, watch } from 'vue';
import type { AppliedScale } from '../../../src-main/contract/greyScale.ts';
import { useConnection } from '../../engine/connectionStore.ts';
import { said, t } from '../../text/index.ts';

/** A small image, or why there is none. */
export type Tile = { image: Uint8Array<ArrayBuffer> } | { problem: string };

/** The image of a file; null: it is not there, or cannot be. */
export function imageIn(tiles: ReadonlyMap<string, Tile>, file: string): Uint8Array<ArrayBuffer> | null {
  const tile = tiles.get(file);
  return tile && 'image' in tile ? tile.image : null;
}

/** Why there is no image of a file. */
export function missingIn(tiles: ReadonlyMap<string, Tile>, file: string): string {
  const tile = tiles.get(file);
  return tile && 'problem' in tile ? said(tile.problem) : t('results.images.reading');
}

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
