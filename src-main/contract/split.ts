import { z } from 'zod';
import type { SplitPart } from './layout.ts';

/** How the parts of a split are called in tables and folders. */
const PARTS = {
  train: ['train', 'training'],
  validation: ['val', 'valid', 'validation'],
  test: ['test', 'testing'],
} as const satisfies Record<SplitPart, readonly string[]>;

/** All words that say a part. */
export const PART_WORDS: readonly string[] = Object.values(PARTS).flat();

/** The part that a word says, whatever its case; undefined where it says none. */
export function partNamed(word: string): SplitPart | undefined {
  const plain = word.trim().toLowerCase();
  return (Object.keys(PARTS) as SplitPart[]).find((part) => (PARTS[part] as readonly string[]).includes(plain));
}

/**
 * A day as `yyyy-mm-dd`, whose order as text is that in time: of 2019-05-31, 31.05.2019 or 20190531, with or without a
 * time of the day behind it; undefined for anything else, and for days that there are not. Months come first in some
 * countries: what is written with slashes is not guessed at.
 */
export function dayOf(text: string): string | undefined {
  const written = text.trim();
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{1,2}:.*)?$/.exec(written);
  const german = /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?:,? \d{1,2}:.*)?$/.exec(written);
  const dicom = /^(\d{4})(\d{2})(\d{2})(?:\d{2,6}(?:\.\d+)?(?:[+-]\d{4})?)?$/.exec(written);
  const [year, month, day] = (iso ?? dicom)?.slice(1, 4) ?? german?.slice(1, 4).reverse() ?? [];
  if (year === undefined || Number(year) === 0) return undefined;
  const leap = Number(year) % 4 === 0 && (Number(year) % 100 !== 0 || Number(year) % 400 === 0);
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][Number(month) - 1];
  if (days === undefined || Number(day) < 1 || Number(day) > days) return undefined;
  return `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`;
}

const values = z.array(z.string().min(1)).min(1);

/**
 * What says which images are tested on, in place of chance. `given`: folders or a column of the label table name the part
 * of each image; `column`: the values of a column, as of sites; `date`: all from a day on. Where no image is said to
 * validate, a share of the patients that are not tested is drawn.
 */
export const splitRule = z.discriminatedUnion('by', [
  z.object({ by: z.literal('given') }),
  z.object({ by: z.literal('column'), column: z.string().min(1), test: values, validation: values.optional() }),
  z.object({
    by: z.literal('date'),
    column: z.string().min(1),
    from: z.string().refine((text) => dayOf(text) !== undefined, {
      message: 'not a day; write it as 2019-05-31, 31.05.2019 or 20190531',
    }),
  }),
]);
export type SplitRule = z.infer<typeof splitRule>;

/** How a plan divides images. */
export const split = z
  .object({
    /** Shares of the patients; under a rule, validation is a share of those that are not tested. */
    validation: z.number().gt(0).lt(0.9),
    test: z.number().min(0).lt(0.9),
    /** Left out: parts are drawn, by patient and stratified by class. */
    rule: splitRule.optional(),
    /** Columns of the label table by which parts that are drawn are stratified beside the class. */
    strata: z.array(z.string().min(1)).max(4).optional(),
  })
  .refine(({ validation, test }) => validation + test < 1, {
    message: 'validation and test together must leave patients to train on',
    path: ['test'],
  });
export type Split = z.infer<typeof split>;
