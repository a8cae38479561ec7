import type { Note } from './readers/picture.ts';
import type { Probe } from './tasks.ts';
import type { DatasetImage, ImageDetails } from './types.ts';

/** What is known of each image. @param noted what was noticed while reading each */
export function detailsOf(
  images: readonly DatasetImage[],
  read: readonly { probe: Probe }[],
  noted: readonly (readonly Note[])[],
): ImageDetails[] {
  const copies = Map.groupBy(images, ({ sha256 }) => sha256);
  // One list for all images of which the same is to be said: a table then says it once.
  const lists = new Map<string, string[]>();
  return images.map((image, at) => {
    const { bits, frames, identity } = read[at]!.probe;
    const codes = [...duplicateCodes(copies.get(image.sha256)!), ...new Set(noted[at]!.map(({ code }) => code))];
    const key = codes.join();
    if (!lists.has(key)) lists.set(key, codes);
    return { bits, frames, scanner: identity?.scanner ?? null, findings: lists.get(key)! };
  });
}

function duplicateCodes(copies: readonly DatasetImage[]): string[] {
  if (copies.length === 1) return [];
  const differ = (key: 'label' | 'group') => copies.some((copy) => copy[key] !== copies[0]![key]);
  return ['DUPLICATE', ...(differ('label') ? ['DUPLICATE_LABELS'] : []), ...(differ('group') ? ['DUPLICATE_GROUPS'] : [])]; // prettier-ignore
}
