import { generator } from '../../src-main/engine/random.ts';
import type { ImageCache } from '../../src-main/engine/data/types.ts';
import { drawPicture, type Category } from './pictures/index.ts';

/** Pictures of all categories, drawn once and held in memory; picture `i` belongs to category `i % categories`. */
export function drawPool(
  categories: readonly Category[],
  { seed, perCategory, size }: { seed: number; perCategory: number; size: number },
): ImageCache {
  const count = categories.length * perCategory;
  const bytes = size * size * 3;
  const pictures = new Uint8Array(count * bytes);
  for (let index = 0; index < count; index++) {
    const random = generator(seed, 'picture', index);
    drawPicture(categories[index % categories.length]!, random, { size, into: pictures, offset: index * bytes });
  }
  return {
    count,
    size,
    read: (index, into, offset) => into.set(pictures.subarray(index * bytes, (index + 1) * bytes), offset),
    close() {},
  };
}
