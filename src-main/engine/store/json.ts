import type { z } from 'zod';
import { CutpointError } from '../../contract/errors.ts';

/** A value as text for a JSON column; refused (ZodError, a defect) where it is not what the contract says. */
export function toColumn<S extends z.ZodType>(schema: S, value: z.input<S>): string {
  return JSON.stringify(schema.parse(value));
}

/** A JSON column as the contract's type. `what` names the row in the sentence of STORE_CORRUPT. */
export function fromColumn<S extends z.ZodType>(schema: S, text: string, what: string): z.output<S> {
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw new CutpointError('STORE_CORRUPT', `The stored ${what} is damaged and cannot be read.`, {
      remedy: 'Nothing was changed. Restore cutpoint.db from a backup, or choose another workspace.',
      cause,
    });
  }
}
