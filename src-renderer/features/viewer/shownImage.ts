import { computed, ref, shallowRef, watch } from 'vue';
import type { ImagePixels } from '../../../src-main/contract/data.ts';
import { CutpointError } from '../../../src-main/contract/errors.ts';
import { useConnection } from '../../engine/connectionStore.ts';
import { samplesOf, wholeRange, type Samples, type Window } from './windowing.ts';

/** An image at full depth, as it was read. */
export interface Shown {
  pixels: ImagePixels;
  samples: Samples;
  /** Of the whole range: how far a drag goes. */
  range: Window;
}

/**
 * The image of a file, frame by frame. To be called in the setup of a component.
 * @param of folder and file, of reactive values
 * @param opened is told of an image that is another one, and not another frame
 */
export function useShownImage(of: () => readonly [folder: string, file: string], opened: (image: Shown) => void) {
  const shown = shallowRef<Shown | null>(null);
  const failure = ref('');
  const reading = ref(false);
  /** Undefined: the one that is trained on. */
  const frame = ref<number | undefined>(undefined);

  watch(
    [() => of()[0], () => of()[1], frame],
    async ([folder, file, at], before, onCleanup) => {
      const isOther = folder !== before[0] || file !== before[1];
      if (isOther && at !== undefined) {
        // Another file begins at the frame that is trained on.
        frame.value = undefined;
        return;
      }
      const abort = new AbortController();
      onCleanup(() => abort.abort());
      reading.value = true;
      try {
        const asked = { folder, file, ...(at !== undefined && { frame: at }) };
        const pixels = await useConnection().call('data.pixels', asked, { signal: abort.signal });
        if (abort.signal.aborted) return;
        failure.value = '';
        const samples = samplesOf(pixels);
        const isFirst = shown.value === null || isOther;
        const image = { pixels, samples, range: wholeRange(pixels, samples) };
        shown.value = image;
        if (isFirst) opened(image);
      } catch (thrown) {
        if (abort.signal.aborted) return;
        shown.value = null;
        failure.value = CutpointError.from(thrown).message;
      } finally {
        if (!abort.signal.aborted) reading.value = false;
      }
    },
    { immediate: true },
  );

  const frames = computed(() => shown.value?.pixels.frames ?? 1);
  const frameAt = computed({
    get: () => frame.value ?? shown.value?.pixels.frame ?? 0,
    set: (at: number) => (frame.value = Math.min(frames.value - 1, Math.max(0, at))),
  });
  return { shown, failure, reading, frames, frameAt };
}
