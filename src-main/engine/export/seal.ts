import { createHash } from 'node:crypto';

/**
 * Exports that Cutpoint runs carry a SHA-256 of themselves, the last of what they say of themselves: computed with this
 * text in its place, and then put there.
 */
const BLANK = createHash('sha256').update('the seal of an export').digest('hex');
const LENGTH = BLANK.length;
const KEY = 'contentSha256';

/** What a file says of itself, with the place of its seal at the end. */
export const withSeal = (metadata: Record<string, string>): Record<string, string> => ({ ...metadata, [KEY]: BLANK });

/**
 * Puts the seal into its place, in the first of the parts.
 * @param behind bytes of that part behind the seal
 */
export function seal(parts: readonly [Uint8Array, ...Uint8Array[]], behind: number): void {
  const place = placeOf(parts[0], behind);
  if (place.toString('latin1') !== BLANK) throw new Error('there is no place for a seal');
  place.write(sealOf(parts, place), 'latin1');
}

export type SealState = 'whole' | 'unsealed' | 'broken';

/** What the seal says: unsealed, by an earlier version, when in its place is the digest of the weights, last until then. */
export function sealState(
  parts: readonly [Uint8Array, ...Uint8Array[]],
  { behind, weightsSha256 }: { behind: number; weightsSha256: unknown },
): SealState {
  if (parts[0].length < LENGTH + behind) return 'broken';
  const place = placeOf(parts[0], behind);
  const found = place.toString('latin1');
  if (found === sealOf(parts, place)) return 'whole';
  return found === weightsSha256 ? 'unsealed' : 'broken';
}

function placeOf(part: Uint8Array, behind: number): Buffer {
  const end = part.length - behind;
  return Buffer.from(part.buffer, part.byteOffset + end - LENGTH, LENGTH);
}

/** @param place within the first part */
function sealOf([first, ...others]: readonly Uint8Array[], place: Buffer): string {
  const start = place.byteOffset - first!.byteOffset;
  const hash = createHash('sha256').update(first!.subarray(0, start)).update(BLANK);
  hash.update(first!.subarray(start + LENGTH));
  for (const part of others) hash.update(part);
  return hash.digest('hex');
}
