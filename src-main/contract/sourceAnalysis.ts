import { z } from 'zod';
import { method } from './method.ts';

/** One measured network: what it started from, and its area under the ROC curve on one fold of a target. */
export const sourceResultRow = z.object({
  /** Null: the baseline, trained on the target alone. One that is the target itself is the baseline, too. */
  source: z.string().min(1).nullable(),
  target: z.string().min(1),
  fold: z.string().min(1),
  auc: z.number().min(0).max(1),
  seed: z.string().optional(),
  backbone: z.string().optional(),
  cut: z.string().optional(),
});
export type SourceResultRow = z.infer<typeof sourceResultRow>;

/** How far a source lies from a target by some measure; smaller is nearer. */
export const sourceDistanceRow = z.object({
  source: z.string().min(1),
  target: z.string().min(1),
  distance: z.number(),
});
export type SourceDistanceRow = z.infer<typeof sourceDistanceRow>;

const span = z.object({ low: z.number(), high: z.number() });
/** Null: the baseline without transfer. */
const source = z.string().nullable();

/** The area of a source on a target over folds, seeds, networks and cuts. */
export const sourceMean = z.object({
  source,
  target: z.string(),
  n: z.int(),
  folds: z.int(),
  mean: z.number(),
  /** Standard deviation, n − 1 in the denominator; null of one value. */
  deviation: z.number().nullable(),
  /** Of any value from the mean. */
  maxDeviation: z.number(),
  /** Corrected resampled t; null with fewer than two folds, and where all values are equal. */
  interval: span.nullable(),
});
export type SourceMean = z.infer<typeof sourceMean>;

/** Transferability of a source to a target: its mean relative gain over the baseline of the same fold, in percent. */
export const sourceTransfer = z.object({
  source: z.string(),
  target: z.string(),
  n: z.int(),
  value: z.number(),
  deviation: z.number().nullable(),
  interval: span.nullable(),
  distance: z.number().nullable(),
});
export type SourceTransfer = z.infer<typeof sourceTransfer>;

export const sourceSum = z.object({
  source,
  /** Of how many targets. */
  targets: z.int(),
  sum: z.number(),
  mean: z.number(),
  /** Mean minus that of the baseline over the same targets; null of the baseline, and where one has none. */
  gain: z.number().nullable(),
});

/** Place among the others by the mean area, 1 for the largest; over draws of folds. */
export const sourceRank = z.object({
  source,
  rank: z.number(),
  interval: span,
  /** Share of draws in which it is the best; shared where several are. */
  best: z.number(),
});
export const sourceRanking = z.object({
  /** Null: over all targets, of the sources that each of them has. */
  target: z.string().nullable(),
  folds: z.int(),
  rows: z.array(sourceRank),
  /** Sources that not every target has. */
  left: z.array(z.string()),
});
export type SourceRanking = z.infer<typeof sourceRanking>;

/** a − b on the same folds of a target, with the p-value as it is and after Holm's correction for all pairs of the target. */
export const sourceDifference = z.object({
  target: z.string(),
  a: source,
  b: source,
  n: z.int(),
  value: z.number(),
  interval: span.nullable(),
  p: z.number().nullable(),
  adjusted: z.number().nullable(),
});
export type SourceDifference = z.infer<typeof sourceDifference>;

export const sourceCorrelation = z.object({
  value: z.number().nullable(),
  /** Two-sided. */
  p: z.number().nullable(),
  /** Pairs. */
  n: z.int(),
  /** Of p: over all orders, or over `draws` random ones. */
  method: z.enum(['exact', 'permutations']).nullable(),
  draws: z.int().nullable(),
  interval: span.extend({ method: z.enum(['bonett-wright', 'fieller', 'bca']) }).nullable(),
  /** Why there is no value. */
  why: z.string().nullable(),
});
export type SourceCorrelation = z.infer<typeof sourceCorrelation>;

export const sourceAnalysis = z.object({
  rows: z.int(),
  targets: z.array(z.string()),
  /** Without the baseline. */
  sources: z.array(z.string()),
  confidence: z.number(),
  /** Tested for each trained image, of the intervals over folds; null: one part of the folds against the others. */
  ratio: z.number().nullable(),
  /** Draws of folds. */
  resamples: z.int(),
  means: z.array(sourceMean),
  transfers: z.array(sourceTransfer),
  sums: z.array(sourceSum),
  rankings: z.array(sourceRanking),
  differences: z.array(sourceDifference),
  /** Distances in the order of sources and targets, null where there is none. Null: no distances were given. */
  distances: z
    .object({
      sources: z.array(z.string()),
      targets: z.array(z.string()),
      values: z.array(z.array(z.number().nullable())),
    })
    .nullable(),
  /** Pairs with a transferability and no distance, which are left out of the correlations. */
  withoutDistance: z.array(z.object({ source: z.string(), target: z.string() })),
  /** Folds of a source that the baseline lacks. */
  withoutBaseline: z.array(z.object({ source: z.string(), target: z.string(), folds: z.array(z.string()) })),
  /** Of distance and transferability; null without distances. */
  spearman: sourceCorrelation.nullable(),
  kendall: sourceCorrelation.nullable(),
  /** Weights the nearest and the best most. */
  weightedKendall: sourceCorrelation.nullable(),
  /** Spearman within each target. */
  perTarget: z.array(z.object({ target: z.string(), spearman: sourceCorrelation })),
  /** What the numbers show, in sentences. */
  said: z.array(z.string()),
  /** What was left out, and what to bear in mind. */
  notes: z.array(z.string()),
});
export type SourceAnalysis = z.infer<typeof sourceAnalysis>;

export const sourceAnalysisInput = z.object({
  /** Tables: CSV, TSV or a workbook. */
  results: z.string().min(1),
  distances: z.string().min(1).optional(),
  confidence: z.number().min(0.5).max(0.999).default(0.95),
  ratio: z.number().min(0.001).max(10).optional(),
  /** A new or empty folder to write tables and drawings to. */
  out: z.string().min(1).optional(),
});

export const sourceAnalysisMethods = {
  /** Means, ranks, differences and correlations of published tables of results; see docs/sources.md. */
  'sourceStudy.analyse': method({
    input: sourceAnalysisInput,
    output: sourceAnalysis.extend({ files: z.array(z.string()) }),
  }),
};
