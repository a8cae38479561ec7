import { z } from 'zod';
import { movedFolders } from '../data.ts';
import { finding } from '../findings.ts';
import { grouping } from '../groups.ts';
import { method } from '../method.ts';
import { runEvent, runStatus, storedPlan, strategy, trainingPlan } from '../run.ts';
import { STRATEGY_NAMES } from '../strategies.ts';

/**
 * A study is a piece of work made of many runs: a tournament of strategies, a search for the cut, a learning curve. It is
 * stored with its plan, every run of it as soon as it has ended, and can be resumed as a whole. Its runs share one scan of
 * the data, and differ from `base` only in what the study varies.
 */

/** Strategy, cut, source and seed of `base` are those of the study where it names none. */
const base = trainingPlan;

/** `groups`: k-fold cross-validation by patient; every patient is tested once per seed. `fixed`: one split, that of `base`. */
export const folds = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('groups'), k: z.int().min(2).max(20).default(5) }),
  z.object({ kind: z.literal('fixed') }),
]);
export type Folds = z.infer<typeof folds>;

const seeds = z.array(z.int().min(0)).min(1).max(20);

export const tournamentPlan = z.object({
  kind: z.literal('tournament'),
  base,
  strategies: z.array(z.enum(STRATEGY_NAMES)).min(1),
  /** Cuts for the strategies that take one. */
  cuts: z.array(z.string()).default([]),
  /** Pretrained sources; left out: that of `base`. */
  sources: z.array(z.string()).default([]),
  seeds: seeds.default([0]),
  folds: folds.prefault({ kind: 'groups' }),
  /** What the others are compared with. */
  reference: z.enum(STRATEGY_NAMES).default('full'),
  /** Largest loss of AUROC that still counts as not inferior; chosen before the numbers are known. */
  margin: z.number().gt(0, 'a margin of zero asks for proof of superiority').lt(0.5).default(0.02),
  /** Of the intervals, e.g. 0.95. */
  confidence: z.number().gt(0.5).lt(1).default(0.95),
});
export type TournamentPlan = z.infer<typeof tournamentPlan>;

export const searchMethod = z.enum(['two-stage', 'fast', 'svcca', 'deepening']);

/**
 * The search for the cut of one strategy. `two-stage`: block cuts, then the layer cuts next to the best (Peng et al. 2023,
 * section 3.2). `fast`: linear probes, then successive halving. `svcca`: the cut where feature reuse ends (appendix C.1).
 * `deepening`: of `layerwise` only, ever more layers are fine-tuned until validation no longer gains (Tajbakhsh et al. 2016).
 */
export const searchPlan = z.object({
  kind: z.literal('search'),
  method: searchMethod,
  base,
  strategy: strategy.extract(['truncated', 'layerwise', 'transfusion']).default('truncated'),
  seeds: seeds.default([0, 1, 2]),
});
export type SearchPlan = z.infer<typeof searchPlan>;

/** AUROC against the number of training patients, for several initialisations (Raghu et al. 2019, small-data regime). */
export const learningCurvePlan = z.object({
  kind: z.literal('learning-curve'),
  base,
  strategies: z.array(z.enum(STRATEGY_NAMES)).min(1).default(['full', 'mean-var', 'scratch']),
  cuts: z.array(z.string()).default([]),
  /** Of the training patients; under one seed smaller shares are inside larger ones. */
  shares: z.array(z.number().gt(0).max(1)).min(1).default([0.05, 0.1, 0.25, 0.5, 1]),
  seeds: seeds.default([0]),
  /** Of the intervals. */
  confidence: z.number().gt(0.5).lt(1).default(0.95),
});
export type LearningCurvePlan = z.infer<typeof learningCurvePlan>;

export const studyPlan = z.discriminatedUnion('kind', [tournamentPlan, searchPlan, learningCurvePlan]);
export type StudyPlan = z.infer<typeof studyPlan>;

/** A plan as it is stored, see {@link storedPlan}. */
export const storedStudyPlan = z.discriminatedUnion('kind', [
  tournamentPlan.extend({ base: storedPlan }),
  searchPlan.extend({ base: storedPlan }),
  learningCurvePlan.extend({ base: storedPlan }),
]);
export type StudyKind = StudyPlan['kind'];

/** One run of a study: what of `base` it changes, and on which part of the patients. */
export const studyCell = z.object({
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
export type StudyCell = z.infer<typeof studyCell>;

export const cellRecord = z.object({
  cell: studyCell,
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

/** Standard deviation with n − 1 in the denominator; null for one value. */
export const meanAndDeviation = z.object({ mean: z.number(), deviation: z.number().nullable(), n: z.int() });

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

export const tournamentRow = z.object({
  strategy: z.enum(STRATEGY_NAMES),
  cut: z.string().nullable(),
  source: z.string().nullable(),
  parameters: z.int(),
  macs: z.int(),
  /** Milliseconds for one image on this machine, median. */
  latency: z.number().nullable(),
  /** Over folds and seeds. */
  auroc: meanAndDeviation.nullable(),
  auprc: meanAndDeviation.nullable(),
  /** All test patients, folds and seeds together, each image ranked among those tested by the same network. */
  aurocInterval: interval.nullable(),
  auprcInterval: interval.nullable(),
  /**
   * AUROC minus that of the reference with the same source, over folds and seeds that both have, by paired bootstrap over
   * patients; null for the reference itself.
   */
  difference: interval.nullable(),
  /**
   * Groups that both were tested on, of the kind that the result names; one-sided p-value of a loss of the margin or more; whether that is rejected by
   * Holm's procedure over all comparisons.
   */
  comparison: z.object({ patients: z.int(), p: z.number(), afterHolm: z.boolean() }).nullable(),
  /** From the interval of the difference and the margin; where runs of this row failed, not inferior is not said. */
  verdict: z.enum(['reference', 'not-inferior', 'superior', 'inferior', 'inconclusive', 'failed']),
  /** On the Pareto front of parameters against AUROC. */
  pareto: z.boolean(),
  runs: z.int(),
  failures: z.int(),
  /** To 95 % of the best validation AUROC, mean over the runs. */
  convergence: z.object({ epochs: z.number(), seconds: z.number() }).nullable(),
});
export type TournamentRow = z.infer<typeof tournamentRow>;

export const tournamentResult = z.object({
  kind: z.literal('tournament'),
  rows: z.array(tournamentRow),
  /** The smallest model that is not inferior, in one sentence with its numbers. */
  verdict: z.string(),
  /** What the groups are that `patients` counts; left out in results of earlier versions. */
  grouping: grouping.optional(),
  /** Tested. */
  images: z.int(),
  patients: z.int(),
  /** Of the class with the fewest: with few the intervals are too narrow. */
  patientsOfRarestClass: z.int(),
  /** Rows compared with a reference. */
  comparisons: z.int(),
  resamples: z.int(),
});
export type TournamentResult = z.infer<typeof tournamentResult>;

/** One cut that a search looked at. */
export const searchTrial = z.object({
  cut: z.string(),
  /** Where in the search: e.g. `blocks`, `layers`, `probe`, `rung 1`, `seed 2`. */
  stage: z.string(),
  validationAuprc: meanAndDeviation.nullable(),
  parameters: z.int(),
  macs: z.int(),
  trainingSeconds: z.number(),
});
export type SearchTrial = z.infer<typeof searchTrial>;

export const searchResult = z.object({
  kind: z.literal('search'),
  cut: z.string(),
  validationAuprc: meanAndDeviation.nullable(),
  trials: z.array(searchTrial),
  /** All training that the search did, and of it the runs at the chosen cut. */
  trainingSeconds: z.number(),
  /** Fast search only: what the two-stage search would have taken at least, by its multiply-accumulates at the pace of this one. */
  exhaustiveSeconds: z.number().optional(),
  /** Why this cut, in one sentence with its numbers. */
  reason: z.string(),
  /** SVCCA detector only: per cut the overlap with random features, and how often each cut was chosen over bootstrap samples. */
  detector: z
    .array(
      z.object({
        cut: z.string(),
        meanSvcca: z.number(),
        randomSvcca: z.number(),
        overlap: z.number(),
        chosen: z.number(),
      }),
    )
    .nullable(),
});
export type SearchResult = z.infer<typeof searchResult>;

export const learningCurvePoint = z.object({
  strategy: z.enum(STRATEGY_NAMES),
  cut: z.string().nullable(),
  source: z.string().nullable(),
  share: z.number(),
  /** Groups trained on, of the kind that the result names; mean over the seeds, rounded. */
  patients: z.int(),
  /** Over seeds, on the test part, which is the same for every share. */
  auroc: meanAndDeviation.nullable(),
  auprc: meanAndDeviation.nullable(),
  /** As in a tournament. */
  aurocInterval: interval.nullable(),
  auprcInterval: interval.nullable(),
  runs: z.int(),
  failures: z.int(),
  /** To 95 % of the best validation AUROC, mean over the runs. */
  convergence: z.object({ epochs: z.number(), seconds: z.number() }).nullable(),
});
export type LearningCurvePoint = z.infer<typeof learningCurvePoint>;

export const learningCurveResult = z.object({
  kind: z.literal('learning-curve'),
  points: z.array(learningCurvePoint),
  /** What the groups are that `patients` counts; left out in results of earlier versions. */
  grouping: grouping.optional(),
  /** The same of those trained on, where the test folder has others. */
  trainGrouping: grouping.optional(),
  /** Tested. */
  images: z.int(),
  patients: z.int(),
  patientsOfRarestClass: z.int(),
  resamples: z.int(),
});
export type LearningCurveResult = z.infer<typeof learningCurveResult>;

export const studyResult = z.discriminatedUnion('kind', [tournamentResult, searchResult, learningCurveResult]);
export type StudyResult = z.infer<typeof studyResult>;

export const studySummary = z.object({
  id: z.string(),
  kind: z.enum(['tournament', 'search', 'learning-curve']),
  status: runStatus,
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
  plan: storedStudyPlan,
  classes: z.array(z.string()),
  cells: z.array(cellRecord),
  /** Once it is finished. */
  result: studyResult.nullable(),
  error: z.object({ code: z.string(), message: z.string(), remedy: z.string().optional() }).nullable(),
  /** What the audit found in its data. */
  findings: z.array(finding).optional(),
  /** What the groups of its data are. */
  grouping: grouping.optional(),
  /** The same of its test folder, where it has one of its own. */
  testGrouping: grouping.optional(),
  /** Where its images lie, if not where its plan says. */
  moved: movedFolders.optional(),
});
export type StudySummary = z.infer<typeof studySummary>;

export const studyEvent = z.discriminatedUnion('kind', [
  /** What the study does besides training. */
  z.object({ kind: z.literal('message'), message: z.string() }),
  /** A run begins; `planned` counts the runs known so far, those of later stages of a search excepted. */
  z.object({ kind: z.literal('cell'), cell: studyCell, position: z.int(), planned: z.int() }),
  z.object({ kind: z.literal('run'), run: z.string(), event: runEvent }),
  z.object({ kind: z.literal('finished'), record: cellRecord }),
  z.object({ kind: z.literal('status'), status: runStatus }),
]);
export type StudyEvent = z.infer<typeof studyEvent>;

const studyId = z.object({ id: z.string().min(1) });

export const studyMethods = {
  /** Checks plan and data for every run of it before anything is stored, and returns when the first run begins. */
  'study.start': method({
    input: studyPlan,
    output: studySummary,
    progress: z.object({ done: z.int(), total: z.int() }),
  }),
  /** Follows a study until it has ended; cancelling stops following, not the study. */
  'study.watch': method({ input: studyId, output: studySummary, progress: studyEvent }),
  /** Ends after the current training step; finished runs are kept, and `study.resume` goes on. */
  'study.stop': method({ input: studyId, output: studySummary }),
  'study.resume': method({ input: studyId, output: studySummary }),
  'study.list': method({ input: z.object({}), output: z.array(studySummary) }),
  'study.get': method({ input: studyId, output: studySummary }),
};
