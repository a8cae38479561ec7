import { z } from 'zod';
import { dataSelection } from './data.ts';
import { grouping } from './groups.ts';
import { answered, asked } from './job.ts';
import { method } from './method.ts';
import { trainingPlan } from './plan.ts';
import { probedCut, probeInput } from './probe.ts';
import { askedEstimates, estimateName } from './transferEstimates.ts';

/** A rank correlation, see `metrics/rank`: two-sided p, exact over all orders or of permutations drawn at random. */
export const rankFigure = z.object({
  value: z.number(),
  p: z.number(),
  method: z.enum(['exact', 'permutations']),
  draws: z.int().nullable(),
  /** At 95 %; null where so few pairs have none. */
  interval: z.object({ low: z.number(), high: z.number(), method: z.string() }).nullable(),
});
export type RankFigure = z.infer<typeof rankFigure>;

/**
 * What may be said of an estimate by its correlation. `agrees`: Kendall's τ is above 0 and its p-value, by Holm's procedure
 * over all estimates of the ranking, below 0.05. `noGround`: it is not. `unknown`: fewer than three were measured, or all alike.
 */
export const rankVerdict = z.enum(['agrees', 'noGround', 'unknown']);
export type RankVerdict = z.infer<typeof rankVerdict>;

export const rankAgreement = z.object({
  estimate: estimateName,
  /** Cuts or sources of which both are known. */
  n: z.int(),
  spearman: rankFigure.nullable(),
  /** τ-b. */
  kendall: rankFigure.nullable(),
  /** Vigna 2015: what is best weighs most. */
  weightedKendall: rankFigure.nullable(),
  verdict: rankVerdict,
});
export type RankAgreement = z.infer<typeof rankAgreement>;

/** How estimates ranked cuts or sources, beside how what was measured did. */
export const estimateRanking = z.object({
  over: z.enum(['cuts', 'sources']),
  /**
   * `fineTuned`: mean validation AUROC of runs on the same images that differ in the cut or the source, the seed and the split
   * alone. `probe`: AUROC of the linear probe, which is measured on the same features as the estimates: that they agree says
   * little of fine-tuning.
   */
  against: z.enum(['fineTuned', 'probe']),
  /** Runs, and their epochs; 0 and null of a probe. */
  runs: z.int(),
  epochs: z.int().nullable(),
  /** In the order of the cuts or the sources. */
  items: z.array(z.object({ name: z.string(), measured: z.number(), runs: z.array(z.string()) })),
  agreements: z.array(rankAgreement),
});
export type EstimateRanking = z.infer<typeof estimateRanking>;

/** Where pretrained weights come from, as estimates compare them. */
export const rankedSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('source'), name: z.string().min(1) }),
  z.object({ kind: z.literal('random'), seed: z.int().min(0).default(0) }),
  /** A run that was trained here, with its own classifier: LEEP can be had. */
  z.object({ kind: z.literal('run'), run: z.string().min(1) }),
]);
export type RankedSource = z.infer<typeof rankedSource>;

/** What lists call a source. */
export function sourceTitle(source: RankedSource): string {
  if (source.kind === 'source') return source.name;
  if (source.kind === 'run') return `run ${source.run}`;
  return source.seed === 0 ? 'random weights' : `random weights, seed ${source.seed}`;
}

const { input, fit, channels, folds, limit, split, positive, accept, batch, seed, engine } = probeInput.shape;

export const sourcesInput = z.object({
  backbone: trainingPlan.shape.backbone,
  sources: z.array(rankedSource).min(1).max(50),
  /** Left out: the end of the network, of a run the end of what it kept. */
  cut: z.string().optional(),
  data: dataSelection,
  ...{ input, fit, channels, folds, limit, split, positive, accept, batch, seed, engine },
});
export type SourcesInput = z.infer<typeof sourcesInput>;

export const estimatedSource = probedCut
  .pick({ auroc: true, auprc: true, logMe: true, hScore: true })
  .extend({ source: rankedSource, cut: z.string(), estimates: askedEstimates });
export type EstimatedSource = z.infer<typeof estimatedSource>;

export const sourcesReport = z.object({
  backbone: z.string(),
  cut: z.string().nullable(),
  /** In the order in which they were asked for. */
  rows: z.array(estimatedSource),
  classes: z.array(z.string()),
  images: z.int(),
  patients: z.int(),
  grouping,
  folds: z.int(),
  /** Of the images that were chosen, of which some are left out. */
  fingerprint: z.string(),
  leftOut: z.object({ test: z.int(), limit: z.int() }),
  seconds: z.number(),
  warnings: z.array(z.object({ code: z.string(), message: z.string() })),
});
export type SourcesReport = z.infer<typeof sourcesReport>;

export const transferabilityMethods = {
  /** Estimates and the linear probe of several sources of one backbone on the same images, side by side. */
  'transferability.sources': method({
    input: sourcesInput.extend(asked),
    output: sourcesReport.extend(answered),
    progress: z.object({
      doing: z.enum(['reading', 'pass', 'probing']),
      done: z.int(),
      total: z.int(),
      /** Place of the source from 1, and how many there are. */
      position: z.int(),
      of: z.int(),
    }),
  }),
  /**
   * How the estimates of a probe, or of sources side by side, ranked what was measured: from all runs that are stored now.
   * Empty where nothing can be compared.
   */
  'transferability.correlation': method({
    input: z.object({ from: z.object({ kind: z.enum(['job', 'comparison']), id: z.string().min(1) }) }),
    output: z.object({ rankings: z.array(estimateRanking) }),
  }),
};
