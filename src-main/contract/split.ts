import { z } from 'zod';
import { dayOf } from './day.ts';
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
