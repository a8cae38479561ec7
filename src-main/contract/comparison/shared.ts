import { z } from 'zod';
import { trainingPlan } from '../plan.ts';
import { STRATEGY_NAMES } from '../strategies.ts';

/**
 * A comparison is a piece of work made of many runs: a tournament of strategies, a search for the cut, a learning
 * curve. It is stored with its plan, every run of it as soon as it has ended, and can be resumed as a whole. Its runs
 * share one scan of the data, and differ from `base` only in what the comparison varies.
 */

/** Strategy, cut, source and seed of `base` are those of the comparison where it names none. */
export const base = trainingPlan;

/**
 * `groups`: k-fold cross-validation by patient; every patient is tested once per seed. `fixed`: one split, that of
 * `base`.
 */
export const folds = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('groups'),
    k: z.int().min(2).max(20).default(5),
    /** One half of the patients of each fold is tested, and the other validates. Left out: all of them are tested. */
    halved: z.literal(true).optional(),
  }),
  z.object({ kind: z.literal('fixed') }),
]);
export type Folds = z.infer<typeof folds>;

export const seeds = z.array(z.int().min(0)).min(1).max(20);

/** One run of a comparison: what of `base` it changes, and on which part of the patients. */
export const comparisonCell = z.object({
  strategy: z.enum(STRATEGY_NAMES),
  cut: z.string().nullable(),
  source: z.string().nullable(),
  seed: z.int(),
  /** Index of the fold that is tested; null: the split of the plan. */
  fold: z.int().nullable(),
  /** Share of the training patients. */
  share: z.number(),
  epochs: z.int(),
});
export type ComparisonCell = z.infer<typeof comparisonCell>;

export const cellRecord = z.object({
  cell: comparisonCell,
  status: z.enum(['completed', 'failed']),
  run: z.string().nullable(),
  /** Of the best epoch. */
  validationAuprc: z.number().nullable(),
  validationAuroc: z.number().nullable(),
  /** On the test part. */
  testAuroc: z.number().nullable(),
  testAuprc: z.number().nullable(),
  parameters: z.int(),
  macs: z.int(),
  /** Spent in training epochs, validation included. */
  trainingSeconds: z.number(),
  epochs: z.int(),
  error: z.object({ code: z.string(), message: z.string(), remedy: z.string().optional() }).nullable(),
});
export type CellRecord = z.infer<typeof cellRecord>;

/** What may be told of a run before anybody asked for test figures. */
export const withoutTestFigures = (record: CellRecord): CellRecord => ({ ...record, testAuroc: null, testAuprc: null });

/** Standard deviation with n − 1 in the denominator; null for one value. */
export const meanAndDeviation = z.object({ mean: z.number(), deviation: z.number().nullable(), n: z.int() });

/** A mean over `n` runs whose interval takes into account that folds share training patients. */
export const correctedMean = z.object({ mean: z.number(), low: z.number(), high: z.number(), n: z.int() });

/** A point estimate with its interval. */
export const interval = z.object({
  value: z.number(),
  low: z.number(),
  high: z.number(),
  /** Percentiles of the bootstrap over patients; DeLong's where one run tested one image of each patient. */
  method: z.enum(['bootstrap', 'delong']),
  /** Resamples left out, because no image of some class was drawn. */
  undefinedResamples: z.int(),
});
export type Interval = z.infer<typeof interval>;
