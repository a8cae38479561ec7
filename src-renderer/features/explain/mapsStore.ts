import { defineStore } from 'pinia';
import { ref, shallowReactive, shallowRef } from 'vue';
import { CutpointError } from '../../../src-main/contract/errors.ts';
import type { ExplainedPicture, ExplainMethod, Explanation, MapCheck } from '../../../src-main/contract/explain.ts';
import { useConnection } from '../../engine/connectionStore.ts';

/** What maps are made of. */
export interface Asked {
  /** Maps of each of these stand beside each other. */
  runs: readonly Made[];
  pictures: readonly ExplainedPicture[];
  class?: string | undefined;
  method: ExplainMethod;
}

export type MapOf = Explanation | { problem: string };

/** In one call: few, so that the maps of two networks arrive beside each other. */
const TOGETHER = 6;

export const pictureKey = (picture: ExplainedPicture): string => JSON.stringify(picture);

type Made = { id: string; cut?: string | undefined };
type Of = Pick<Asked, 'class' | 'method'>;
/** All that a map is made of. */
export const mapKey = ({ id, cut }: Made, { class: name, method }: Of, picture: ExplainedPicture): string =>
  JSON.stringify([id, cut, name, method, picture]);
/** Maps of an image have as many pixels as it. */
const MOST_KEPT = 400;

/** Maps as they arrive, by run and image. */
export const useMaps = defineStore('maps', () => {
  const maps = shallowReactive(new Map<string, MapOf>());
  /** The images themselves: what is changed of a map is not them. */
  const images = shallowReactive(new Map<string, Uint8Array<ArrayBuffer>>());
  const checks = shallowReactive(new Map<string, MapCheck | 'running' | CutpointError>());
  const progress = ref<{ done: number; total: number } | null>(null);
  const error = shallowRef<CutpointError | null>(null);
  let abort: AbortController | null = null;

  const isThere = (map: MapOf | undefined, picture: ExplainedPicture): boolean =>
    map !== undefined && ('problem' in map || images.has(pictureKey(picture)));

  /** Makes the maps that are not there yet. */
  async function ask(asked: Asked): Promise<void> {
    abort?.abort();
    const mine = (abort = new AbortController());
    const { runs, pictures, class: name, method } = asked;
    for (const kept of [maps, images]) while (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value!);
    const key = (run: Made, picture: ExplainedPicture): string => mapKey(run, asked, picture);
    const jobs = runs.flatMap((run) =>
      chunks(pictures.filter((picture) => !isThere(maps.get(key(run, picture)), picture))).map((chunk, at) => ({
        run,
        chunk,
        at,
      })),
    );
    // The same images of one run after the other: two maps of an image are to be seen beside each other.
    jobs.sort((a, b) => a.at - b.at);
    const total = jobs.reduce((sum, { chunk }) => sum + chunk.length, 0);
    let done = 0;
    error.value = null;
    progress.value = total === 0 ? null : { done, total };
    try {
      for (const { run, chunk } of jobs) {
        const take = (map: Explanation): void => {
          if (mine.signal.aborted) return;
          const picture = chunk[map.picture]!;
          if (map.image) images.set(pictureKey(picture), map.image);
          if (!maps.has(key(run, picture))) progress.value = { done: ++done, total };
          maps.set(key(run, picture), map);
        };
        const answer = await useConnection().call(
          'explain.map',
          {
            ...{ run: run.id, cut: run.cut, pictures: [...chunk], method, class: name },
            // An image that was sent once is not sent again; without images the maps are kept.
            image: chunk.some((picture) => !images.has(pictureKey(picture))),
          },
          { signal: mine.signal, onProgress: ({ map }) => map && take(map) },
        );
        // One that was kept comes at once, without having been told.
        answer.maps.forEach(take);
        for (const { picture, message } of answer.problems) {
          maps.set(key(run, chunk[picture]!), { problem: message });
          progress.value = { done: ++done, total };
        }
      }
    } catch (thrown) {
      if (!mine.signal.aborted) error.value = CutpointError.from(thrown);
    } finally {
      if (abort === mine) progress.value = null;
    }
  }

  /** Whether a map can be trusted. */
  async function check(run: Made, picture: ExplainedPicture, asked: Of): Promise<void> {
    const key = mapKey(run, asked, picture);
    checks.set(key, 'running');
    try {
      const { checks: found, problems } = await useConnection().call('explain.check', {
        ...{ run: run.id, cut: run.cut, pictures: [picture], class: asked.class, method: asked.method },
      });
      const [first] = found;
      if (first) checks.set(key, first);
      else checks.set(key, new CutpointError('FILE_NOT_READABLE', problems[0]?.message ?? ''));
    } catch (thrown) {
      checks.set(key, CutpointError.from(thrown));
    }
  }

  function stop(): void {
    abort?.abort();
    progress.value = null;
  }

  return { maps, images, checks, progress, error, ask, check, stop };
});

const chunks = <T>(all: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(all.length / TOGETHER) }, (_, at) => all.slice(at * TOGETHER, (at + 1) * TOGETHER));
