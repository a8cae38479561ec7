import { z } from 'zod';
import { dataSelection } from './data.ts';
import { accepted } from './findings.ts';
import { nature } from './origin.ts';
import { pretrainingPlan } from './source.ts';
import { sourceAnalysis } from './sourceAnalysis.ts';
import { answered, asked } from './job.ts';
import { method } from './method.ts';
import { openingReason } from './openingReason.ts';
import { trainingPlan } from './plan.ts';
import { runStatus, testOpened } from './run.ts';
import { grouping } from './groups.ts';
import { interval, seeds } from './comparison/shared.ts';
import { asStored } from './stored.ts';

/**
 * Which source of pretraining is best for which target (van den Brandt et al. 2021)? Each network is fine-tuned from each
 * source on each target, in folds by patient, beside the same network without transfer. A source study is a set of
 * tournaments, one for each target and network, which train one after another, and are resumed as such.
 */

const name = z.string().trim().min(1).max(100);

/** Data that is to be learnt in the end. */
export const studyTarget = z.object({
  name,
  data: dataSelection,
  /** Of two classes, the one that is found; left out: by its name. */
  positive: z.string().optional(),
  /** Codes of grave findings in it that are known and accepted, as in a plan. */
  accept: accepted.default([]),
  /** The study of the workspace that its tournaments belong to; left out: the one with the same data, or a new one. */
  study: z.string().min(1).optional(),
});
export type StudyTarget = z.infer<typeof studyTarget>;

/** How a source is pretrained as part of a study; what its plan has beside is what the study knows. */
export const pretrainingSettings = pretrainingPlan.omit({
  ...{ data: true, test: true, backbone: true, source: true, initialisation: true, positive: true, accept: true },
});

/**
 * A source by its name in the workspace. With several networks, one that bears the name of the network behind it belongs to
 * it: `textures-resnet18` is the source `textures` for `resnet18`.
 */
export const studySource = z.object({
  name,
  /** How it is pretrained, from random weights, where there is none of that name. */
  train: z
    .object({
      data: dataSelection,
      nature: nature.default('unknown'),
      accept: accepted.default([]),
      settings: pretrainingSettings.prefault({}),
    })
    .optional(),
});
export type StudySource = z.infer<typeof studySource>;

/** What the weights of a source for a network may be called. */
export const weightNames = (source: string, backbone: string): [own: string, ofBackbone: string] => [
  source,
  `${source}-${backbone}`,
];

/** What all runs share. What the study varies, and what would make the networks incomparable, is not among it. */
export const studySettings = trainingPlan.omit({
  ...{ data: true, test: true, positive: true, backbone: true, source: true, strategy: true, cut: true },
  ...{ initialisation: true, classifier: true, svmC: true, trainShare: true, split: true, seed: true, accept: true },
});

/** How much of its fold is tested. */
export const TESTED = {
  /** One half is tested, the other validates: with five folds 80, 10 and 10 %, and half of the patients are tested in the end. */
  half: 'one half of each fold is tested, the other half validates',
  /** All of it is tested, and a tenth of all patients validates: in the end every patient is tested once. */
  whole: 'each fold is tested as a whole, and a tenth of all validates',
} as const;
export const tested = z.enum(Object.keys(TESTED) as [keyof typeof TESTED, ...(keyof typeof TESTED)[]]);

export const sourceStudyPlan = z.object({
  targets: z.array(studyTarget).min(1).max(50),
  sources: z.array(studySource).min(1).max(50),
  backbones: z.array(z.string().min(1)).min(1).max(20),
  seeds: seeds.default([0]),
  folds: z.int().min(2).max(20).default(5),
  tested: tested.default('half'),
  settings: studySettings.prefault({}),
  /** Fine-tuned truncated at each of these, too: does the best cut depend on the source? */
  cuts: z.array(z.string().min(1)).max(50).default([]),
  /** Of the intervals. */
  confidence: z.number().gt(0.5).lt(1).default(0.95),
});
export type SourceStudyPlan = z.infer<typeof sourceStudyPlan>;
export type SourceStudyPlanInput = z.input<typeof sourceStudyPlan>;

/** A plan as it is stored, see `storedPlan`. */
export const storedSourceStudyPlan = asStored(sourceStudyPlan);

/** A source that is not fine-tuned on a target, or not with a network, and why. */
export const leftOut = z.object({
  source: z.string(),
  /** Null: on none. */
  target: z.string().nullable(),
  /** Null: with none. */
  backbone: z.string().nullable(),
  why: z.string(),
});
export type LeftOut = z.infer<typeof leftOut>;

/** What was found before anything was trained. */
export const studyChecks = z.object({
  leftOut: z.array(leftOut),
  /** What does not stop it, in sentences. */
  noticed: z.array(z.string()),
});
export type StudyChecks = z.infer<typeof studyChecks>;

/** The tournament of a target with a network. */
export const studyMember = z.object({
  target: z.string(),
  backbone: z.string(),
  comparison: z.string(),
  status: runStatus,
  /** Runs that it comes to, that have ended, and that failed. */
  planned: z.int(),
  done: z.int(),
  failed: z.int(),
  /** What failed of it; each sentence once. */
  errors: z.array(z.string()),
});
export type StudyMember = z.infer<typeof studyMember>;

/** A source that is pretrained as part of a study. */
export const studyPretraining = z.object({
  source: z.string(),
  backbone: z.string(),
  /** Its name in the workspace. */
  weights: z.string(),
  /** Null: not begun, or made already and no longer known by its run. */
  run: z.string().nullable(),
  /** `completed`: the source is there. */
  status: runStatus,
  /** Why there is none. */
  error: z.string().nullable(),
});
export type StudyPretraining = z.infer<typeof studyPretraining>;

/** `interrupted`: the engine ended before it had, or a part of it was removed: `sourceStudy.resume` continues. */
export const sourceStudyStatus = z.enum(['running', 'interrupted', 'stopped', 'completed']);

export const sourceStudySummary = studyChecks.extend({
  id: z.string(),
  createdAt: z.string(),
  status: sourceStudyStatus,
  plan: storedSourceStudyPlan,
  /** In the order in which they are trained, before the tournaments. */
  pretraining: z.array(studyPretraining),
  members: z.array(studyMember),
  /** Why it could not be continued. */
  error: z.object({ code: z.string(), message: z.string(), remedy: z.string().optional() }).nullable(),
  /** When the test figures of all of it were opened; null: not yet. */
  testOpened,
});
export type SourceStudySummary = z.infer<typeof sourceStudySummary>;

/** A run of a study that was tested; of one without transfer the source is null. */
export const sourceStudyRunRow = z.object({
  source: z.string().nullable(),
  target: z.string(),
  backbone: z.string(),
  /** Null: the whole network. */
  cut: z.string().nullable(),
  seed: z.int(),
  /** From 1. */
  fold: z.string(),
  /** Of its test images: AUROC of each class against the rest, weighted by its share of the images. */
  auc: z.number(),
  /** Of its validation images, at its best epoch: by it a cut is chosen. */
  validationAuprc: z.number().nullable(),
  run: z.string(),
});
export type SourceStudyRunRow = z.infer<typeof sourceStudyRunRow>;

/** Transferability of a source to a target: (AUROC from it − AUROC without transfer) / AUROC without × 100, mean over folds and seeds. */
export const transferScore = z.object({
  ...{ target: z.string(), backbone: z.string(), source: z.string() },
  /** Percentiles of the bootstrap over patients, the same resamples for both networks; null: no fold of both was tested. */
  score: interval.nullable(),
  /** Folds and seeds in which both were tested. */
  pairs: z.int(),
});
export type TransferScore = z.infer<typeof transferScore>;

/** The cut with the best mean validation AUPRC of a source on a target. */
export const bestCut = z.object({
  ...{ target: z.string(), backbone: z.string(), source: z.string() },
  /** Null: the whole network. */
  cut: z.string().nullable(),
  /** Mean validation AUPRC of it, and of the whole network. */
  ...{ validation: z.number(), whole: z.number().nullable() },
  /** Test AUROC at it minus that of the whole network; null: it is the whole network, or one of the two was not tested. */
  difference: interval.nullable(),
});
export type BestCut = z.infer<typeof bestCut>;

export const sourceStudyResult = z.object({
  ...answered,
  rows: z.array(sourceStudyRunRow),
  /** Of the runs with the whole network: means, sums, ranks, differences. Null where none was tested. */
  analysis: sourceAnalysis.nullable(),
  transfer: z.array(transferScore),
  /** Empty where no cuts were asked for. */
  cuts: z.array(bestCut),
  /** Tested, each counted once. */
  tested: z.array(z.object({ target: z.string(), images: z.int(), patients: z.int(), grouping })),
  /** Of the intervals. */
  confidence: z.number(),
  resamples: z.int(),
  /** What comes of it, in words. */
  sentences: z.array(z.string()),
});
export type SourceStudyResult = z.infer<typeof sourceStudyResult>;

/** What lists show of a source study. */
export const sourceStudyRow = sourceStudySummary
  .pick({ id: true, createdAt: true, status: true, testOpened: true })
  .extend({
    targets: z.array(z.string()),
    sources: z.array(z.string()),
    backbones: z.array(z.string()),
    planned: z.int(),
    done: z.int(),
    failed: z.int(),
  });
export type SourceStudyRow = z.infer<typeof sourceStudyRow>;

const studyId = z.object({ id: z.string().min(1) });

export const sourceStudyMethods = {
  /** Checks the plan, and the data of every target, before anything is stored; returns when the first tournament begins or waits. */
  'sourceStudy.start': method({
    input: sourceStudyPlan,
    output: sourceStudySummary,
    progress: z.object({ done: z.int(), total: z.int() }),
  }),
  /** Checks a plan without reading data, and says how many runs it comes to. */
  'sourceStudy.runs': method({
    input: sourceStudyPlan,
    output: studyChecks.extend({ runs: z.int() }),
  }),
  /** All that can be read, newest first. */
  'sourceStudy.list': method({ input: z.object({}), output: z.array(sourceStudyRow) }),
  'sourceStudy.get': method({ input: studyId, output: sourceStudySummary }),
  /** Ends after the current training step, and takes what waits out of the queue; finished runs are kept. */
  'sourceStudy.stop': method({ input: studyId, output: sourceStudySummary }),
  /** Continues what was interrupted or stopped, and tries again what failed. */
  'sourceStudy.resume': method({ input: studyId, output: sourceStudySummary }),
  /** Opens the test figures of all its tournaments, as `comparison.openTest` those of one. */
  'sourceStudy.openTest': method({
    input: studyId.extend({ reason: openingReason.optional() }),
    output: testOpened.unwrap(),
  }),
  /**
   * What comes of the runs that were tested so far. Nothing before the test figures of all of them were opened.
   * `distances`: a table with the columns source, target and distance; whether they told the transferability is measured.
   */
  'sourceStudy.result': method({
    input: studyId.extend({ ...asked, distances: z.string().min(1).optional() }),
    output: sourceStudyResult,
  }),
  /** Forgets what joins its tournaments; they stay, and are removed as such. */
  'sourceStudy.remove': method({ input: studyId, output: z.null() }),
};
