import { z } from 'zod';

interface Range {
  whole: boolean;
  /** Undefined where there is none. */
  least?: number | undefined;
  most?: number | undefined;
  /** Whether the bounds themselves are out. */
  above: boolean;
  below: boolean;
  /** E.g. `1 to 20`, `above 0, below 1`, `0 or more`. */
  short: string;
}

type Json = Partial<
  Record<'minimum' | 'maximum' | 'exclusiveMinimum' | 'exclusiveMaximum', number> & { type: string; anyOf: Json[] }
>;

/** The range of numbers that a schema of the contract takes; wrappers (default, optional, nullable) do not matter. */
export function rangeOf(schema: z.ZodType): Range {
  const json = z.toJSONSchema(schema, { io: 'input' }) as Json;
  const { type, minimum, maximum, exclusiveMinimum, exclusiveMaximum } =
    json.anyOf?.find((each) => each.type === 'integer' || each.type === 'number') ?? json;
  const range = {
    whole: type === 'integer',
    least: minimum ?? exclusiveMinimum,
    most: maximum ?? exclusiveMaximum,
    above: minimum === undefined && exclusiveMinimum !== undefined,
    below: maximum === undefined && exclusiveMaximum !== undefined,
  };
  return { ...range, short: short(range) };
}

/** E.g. `a whole number from 1 to 20`, `a number above 0 and below 1`. */
export function rangeInWords(schema: z.ZodType): string {
  const { whole, least, most, above, below } = rangeOf(schema);
  const kind = whole ? 'a whole number' : 'a number';
  if (least !== undefined && most !== undefined && !above && !below) return `${kind} from ${least} to ${most}`;
  const bounds = [
    ...(least === undefined ? [] : [above ? `above ${least}` : `of at least ${least}`]),
    ...(most === undefined ? [] : [below ? `below ${most}` : `at most ${most}`]),
  ];
  return [kind, bounds.join(' and ')].filter(Boolean).join(' ');
}

function short({ least, most, above, below }: Omit<Range, 'short'>): string {
  // What numbers of this program go to, nobody has to know.
  const end = most === Number.MAX_SAFE_INTEGER ? undefined : most;
  if (least !== undefined && end !== undefined && !above && !below) return `${least} to ${end}`;
  return [
    ...(least === undefined
      ? []
      : [above ? `above ${least}` : end === undefined ? `${least} or more` : `from ${least}`]),
    ...(end === undefined ? [] : [below ? `below ${end}` : `at most ${end}`]),
  ].join(', ');
}
