import { crc32 } from 'node:zlib';
import { CutpointError } from '../../contract/errors.ts';

/** CRC-32 of values, and then of bytes. SQLite has none of its own: a flipped bit within a value is a valid value. */
export function rowChecksum(values: unknown, bytes: Uint8Array = new Uint8Array()): number {
  return crc32(bytes, crc32(JSON.stringify(values)));
}

/**
 * Compares what was read with the checksum stored beside it; null, of an earlier version, says nothing.
 * @param what names it in the sentence
 * @throws CutpointError STORE_CORRUPT
 */
export function requireChecksum(stored: number | null, found: number, what: string): void {
  if (stored !== null && stored !== found) throw damagedRow(what, new Error('its checksum does not agree'));
}

/**
 * Refuses a row whose columns are not what was stored.
 * @param whole its column of that name
 * @param what names it in the sentence
 * @throws CutpointError STORE_CORRUPT
 */
export function requireWhole(whole: number, what: string): void {
  if (whole !== 1) throw damagedRow(what, new Error('it is not what was stored'));
}

export function damagedRow(what: string, cause: unknown): CutpointError {
  return new CutpointError('STORE_CORRUPT', `The stored ${what} is damaged and cannot be read.`, {
    remedy:
      'Nothing was changed. `cutpoint remove` removes a damaged entry; `cutpoint restore FILE` replaces all results with a backup.',
    cause,
  });
}
