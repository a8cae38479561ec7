import { Option } from 'commander';
import type { z } from 'zod';
import { CutpointError } from '../../contract/errors.ts';
import { rangeInWords, rangeOf } from './range.ts';

/** What a numeric option takes: one number, or several separated by commas; with both, a comma decides. */
interface Takes {
  one?: z.ZodType;
  each?: z.ZodType;
  /** That may stand in the place of a number. */
  word?: string;
  /** What is meant where the option is left out; otherwise the default of `one`, if it has one. */
  standard?: unknown;
  /** What becomes of the number, e.g. `folds: { kind, k }`. */
  into?: (value: number) => unknown;
}

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * An option that takes numbers, in the range of the contract's schema. The range is shown in the help, and checked as soon
 * as the option is read, so that a refusal names it as it was typed.
 */
export class NumericOption extends Option {
  readonly takes: Takes;

  constructor(flags: string, help: string, takes: Takes) {
    const { one, each, word, standard = one?.safeParse(undefined).data } = takes;
    const shown = [
      rangeOf((one ?? each)!).short,
      ...(standard === undefined ? [] : [`default: ${String(standard ?? 'none')}`]),
    ];
    super(flags, `${help} (${shown.join('; ')})`);
    this.takes = takes;
    this.argParser<unknown>((text) => (text === word ? text : this.#read(text)));
  }

  #read(text: string): unknown {
    const { one, each, into } = this.takes;
    if (!each || (one && !text.includes(','))) {
      const value = this.#number(text, text, one!);
      return into ? into(value) : value;
    }
    // `3,` is a list of one, where a number alone would be something else.
    const parts = (one ? text.replace(/,\s*$/, '') : text).split(',');
    return parts.map((part) => this.#number(part, text, each));
  }

  /** @throws CutpointError INPUT_INVALID, which says the range */
  #number(part: string, text: string, schema: z.ZodType): number {
    const plain = part.trim();
    // Never -0, which is another seed than 0 to some who read it.
    const value = DECIMAL.test(plain) ? Number(plain) + 0 : Number.NaN;
    if (schema.safeParse(value).success) return value;
    const { one, each, word } = this.takes;
    const range = rangeInWords(schema);
    const must =
      schema === each && !one ? `must be one or more numbers, separated by commas, each ${range}` : `must be ${range}`;
    const option = this.long!;
    throw new CutpointError('INPUT_INVALID', `${option} ${must}${word ? `, or '${word}'` : ''}; '${text}' is not.`, {
      remedy: '`cutpoint COMMAND --help` lists the options of a command with their ranges and defaults.',
      details: { option, range },
    });
  }
}
