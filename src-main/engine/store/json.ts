import { crc32 } from 'node:zlib';
import type { z } from 'zod';
import { CutpointError } from '../../contract/errors.ts';
import { damagedRow } from './checksum.ts';

/**
 * A value as text for a JSON column, with the CRC-32 of the text behind it, as a comment that SQLite's JSON functions pass
 * over. Refused (ZodError, a defect) where it is not what the contract says.
 */
export function toColumn<S extends z.ZodType>(schema: S, value: z.input<S>): string {
  return withChecksum(JSON.stringify(schema.parse(value)));
}

/** JSON text with its checksum. */
export const withChecksum = (text: string): string => `${text} /*crc32:${checksumOf(text)}*/`;

/** The text alone. Throws Error where the checksum does not agree; text of an earlier version has none. */
export function withoutChecksum(column: string): string {
  const [, text, sum] = /^(.*) \/\*crc32:([0-9a-f]{8})\*\/$/s.exec(column) ?? [];
  if (text !== undefined && checksumOf(text) !== sum) throw new Error('its checksum does not agree');
  return text ?? column;
}

/**
 * A JSON column as the contract's type; one of an earlier version has no checksum. `what` names the row in the sentence
 * of STORE_CORRUPT.
 */
export function fromColumn<S extends z.ZodType>(schema: S, column: string, what: string): z.output<S> {
  try {
    return schema.parse(JSON.parse(withoutChecksum(column)));
  } catch (cause) {
    throw damagedRow(what, cause);
  }
}

const checksumOf = (text: string): string => crc32(text).toString(16).padStart(8, '0');

/**
 * A row with its columns read, as the contract's type.
 * @param what names it in the sentence of STORE_CORRUPT
 */
export function wholeRow<S extends z.ZodType>(schema: S, row: z.input<S>, what: string): z.output<S> {
  const { data, error } = schema.safeParse(row);
  if (error) throw damagedRow(what, error);
  return data;
}

/**
 * What `read` gives for each row, or for the key of each; those that are damaged are left out, so that one of them does
 * not hide the others.
 */
export function wholeRows<R, T>(rows: readonly R[], read: (row: R) => T): T[] {
  return rows.flatMap((row) => {
    try {
      return [read(row)];
    } catch (thrown) {
      if (damageOf(thrown) !== null) return [];
      throw thrown;
    }
  });
}

/** Why a stored row cannot be read. */
export interface Unreadable {
  code: 'STORE_CORRUPT' | 'PLAN_NEWER';
  message: string;
}

/** What was thrown while a stored row was read, where it cannot be read; null for anything else. */
export function damageOf(thrown: unknown): Unreadable | null {
  if (thrown instanceof CutpointError) {
    const { code, message } = thrown;
    if (code === 'PLAN_NEWER') return { code, message };
    // A key that is listed and leads nowhere: index and row no longer agree.
    return code === 'STORE_CORRUPT' || code.endsWith('_UNKNOWN') ? { code: 'STORE_CORRUPT', message } : null;
  }
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  const message = 'A stored row is damaged and cannot be read.';
  return code.startsWith('SQLITE_CORRUPT') ? { code: 'STORE_CORRUPT', message } : null;
}
