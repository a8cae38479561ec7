import { useRoute, useRouter } from 'vue-router';
import { useData } from '../data/dataStore.ts';

export interface ImageAt {
  folder: string;
  /** Relative to the folder. */
  file: string;
}

/**
 * Opens an image in the drawer, whatever room is on screen; the address then names it. To be called in the setup of a
 * component.
 */
export function useOpenImage(): (image: ImageAt | null) => Promise<unknown> {
  const route = useRoute();
  const router = useRouter();
  return (image) => {
    const { image: _image, in: _in, ...query } = route.query;
    if (image === null) return router.push({ query });
    // That of the study need not be said.
    const elsewhere = image.folder !== useData().form.folder.trim();
    return router.push({ query: { ...query, image: image.file, ...(elsewhere && { in: image.folder }) } });
  };
}
