import type { DatasetImage } from '../data/types.ts';
import type { Reader } from '../store/store.ts';

/** Bytes that are kept of each SHA-256: two of a million images agree in them by chance once in 10^26. */
const KEPT = 16;

/** What is kept of images: the beginnings of their digests, each once, in ascending order, one after another. */
export function digestsOf(images: readonly Pick<DatasetImage, 'sha256'>[], before?: Uint8Array | null): Uint8Array {
  const kept = new Set(images.map(({ sha256 }) => sha256.slice(0, 2 * KEPT)));
  for (const each of before ? keptIn(before) : []) kept.add(each);
  return Buffer.from([...kept].sort().join(''), 'hex');
}

export const countSeen = (seen: Uint8Array): number => seen.length / KEPT;

function keptIn(seen: Uint8Array): string[] {
  const text = Buffer.from(seen.buffer, seen.byteOffset, seen.byteLength).toString('hex');
  return Array.from({ length: countSeen(seen) }, (_, at) => text.slice(2 * KEPT * at, 2 * KEPT * (at + 1)));
}

/**
 * Which images the weights of a source have seen, by content: those that it, or a source before it, was trained on, or that
 * its epoch was chosen on.
 * @returns their indices, ascending; null where nobody knows, as of weights that were added from a file
 * @throws CutpointError SOURCE_UNKNOWN, STORE_CORRUPT
 */
export function overlapWith(
  { sources }: Pick<Reader, 'sources'>,
  source: string,
  images: readonly Pick<DatasetImage, 'sha256'>[],
): number[] | null {
  const seen = sources.seen(source);
  if (seen === null) return null;
  const known = new Set(keptIn(seen));
  return images.flatMap(({ sha256 }, at) => (known.has(sha256.slice(0, 2 * KEPT)) ? [at] : []));
}
