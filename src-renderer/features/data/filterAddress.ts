import { watch } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { filterIn, filterQuery } from './filters.ts';
import { useImages } from './imagesStore.ts';

/**
 * Keeps the filters of the images and the address the same, so that a reload, Back and a second window show the same
 * images. What was filtered before another room was opened is there again. To be called in the setup of the Data room.
 */
export function useFilterAddress(): void {
  const route = useRoute();
  const router = useRouter();
  const { filter } = useImages();
  const own = (): string => JSON.stringify(filterQuery(filter));
  const here = (): string => JSON.stringify(filterQuery(filterIn(route.query)));
  const { name } = route;

  if (here() !== '{}') Object.assign(filter, filterIn(route.query));
  watch(
    own,
    (text) => {
      if (text === here() || route.name !== name) return;
      const rest = Object.entries(route.query).filter(([key]) => !(key in filter));
      void router.replace({ query: { ...Object.fromEntries(rest), ...filterQuery(filter) } });
    },
    { immediate: true },
  );
  watch(here, (text) => {
    if (text !== own() && route.name === name) Object.assign(filter, filterIn(route.query));
  });
}
