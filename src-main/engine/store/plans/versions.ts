import { z } from 'zod';
import { CutpointError } from '../../../contract/errors.ts';
import { fromColumn, wholeRow } from '../json.ts';

/** A plan, or an object within one, as it lies in the store, of whichever version. */
export type Stored = Readonly<Record<string, unknown>>;

/** Makes a plan of one version one of the next. Never edited once released: a change is the next number. */
export type Upgrade = (plan: Stored) => Stored;

const anyPlan = z.looseObject({ version: z.int().min(0).default(0) });

/**
 * The plan in a JSON column, brought to today's version, or what `schema` takes of it.
 * @param what names it in the sentence
 * @throws CutpointError PLAN_NEWER, STORE_CORRUPT
 */
export function planFrom<S extends z.ZodType>(
  schema: S,
  column: string,
  upgrade: (stored: Stored, what: string) => Stored,
  what: string,
): z.output<S> {
  return wholeRow(schema, upgrade(fromColumn(anyPlan, column, what), what) as z.input<S>, what);
}

/**
 * A stored plan as today's version has it. `upgrades[n]` makes version n + 1 of version n; a plan without a number is of
 * version 0.
 * @throws CutpointError PLAN_NEWER
 */
export function upgraded({ version = 0, ...plan }: Stored, upgrades: readonly Upgrade[], what: string): Stored {
  const known = upgrades.length;
  if (Number(version) > known) {
    throw new CutpointError('PLAN_NEWER', `The ${what} was written by a newer version of Cutpoint.`, {
      remedy: 'Install the newer version to look at it. Nothing was changed.',
      details: { found: version, understood: known },
    });
  }
  return upgrades.slice(Number(version)).reduce<Stored>((older, upgrade) => upgrade(older), plan);
}

/** An object with what it left out; anything else as it is. */
export const filled = (value: unknown, rest: Stored): unknown =>
  typeof value === 'object' && value !== null ? { ...rest, ...value } : value;
