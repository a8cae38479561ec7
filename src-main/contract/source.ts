import { z } from 'zod';
import { lineage } from './lineage.ts';
import { method } from './method.ts';
import { nature, sourceOrigin, sourceWish } from './origin.ts';
import { trainingPlan } from './plan.ts';
import { preprocessing } from './preprocessing.ts';
import { runStatus, runSummary } from './run.ts';

/** How the parameters of a file fit a backbone, by name. */
export const importReport = z.object({
  format: z.string(),
  matched: z.array(z.string()),
  missing: z.array(z.string()),
  mismatched: z.array(z.object({ name: z.string(), expected: z.array(z.int()), found: z.array(z.int()) })),
  unexpected: z.array(z.string()),
  /** Left out on purpose: the classifier of the file (but for `dense`), and counters. */
  ignored: z.array(z.string()),
  /** Matched after the first convolution was brought from the file's number of input channels to the network's. */
  adapted: z.array(z.object({ name: z.string(), from: z.int(), to: z.int() })),
  /** The cuts in dense layers of the published classifier that the file has weights for. */
  dense: z.array(z.string()),
  /** Which copy of the network was compared: the wrappers that it is in, `root` without any. */
  weights: z.string(),
  /** All copies that the file holds whole: raw ones beside averaged ones (EMA), student beside teacher. */
  copies: z.array(z.string()),
  /** Classes and functions that the file names beside its tensors; they were taken as data, and nothing was run. */
  objects: z.array(z.string()),
  /** Kernels all of whose values are one number, as never trained or wiped ones are. */
  constant: z.array(z.string()),
});
export type ImportReport = z.infer<typeof importReport>;

export const sourceSummary = z.object({
  name: z.string(),
  backbone: z.string(),
  file: z.string(),
  format: z.string(),
  sha256: z.string(),
  bytes: z.int(),
  addedAt: z.string(),
  matched: z.int(),
  /** Tensors that the file lacks: they start at random values, by the user's explicit consent. */
  missing: z.int(),
  /** Trainable ones of the network that it holds, up to its last map or its last dense layer, see `denseCutsIn`. */
  parameters: z.int(),
  /** The entry of the catalogue that this source is, where it is one. */
  catalogue: z.string().nullable(),
  /** What these weights expect; null: what the backbone's published weights do. */
  preprocessing: preprocessing.nullable(),
  /** How it was trained here; null: it was added from a file. */
  origin: sourceOrigin.nullable().default(null),
});
export type SourceSummary = z.infer<typeof sourceSummary>;

export const sourceName = z.string().min(1).max(100);

/** Images of a study that weights were trained or chosen on, by the part of the split that they are in there. */
export const sourceOverlap = z.object({
  source: z.string(),
  images: z.int(),
  train: z.int(),
  validation: z.int(),
  test: z.int(),
});
export type SourceOverlap = z.infer<typeof sourceOverlap>;

/**
 * How a network is pretrained where nobody says otherwise. From random weights: van den Brandt et al. 2021, appendix A has
 * 96 or 112 pixels, Adam at 1e-3 for natural images, the rate halved after 30 of 50 epochs, class weights. Batches of 128
 * are too few steps for the small sets that are at hand; those of 32 are Cutpoint's.
 */
export const PRETRAINING = {
  strategy: 'full',
  input: 112,
  epochs: 50,
  batch: 32,
  learningRate: 1e-3,
  schedule: { kind: 'step', every: 30, factor: 0.5 },
  selection: 'auroc',
} as const;

const { input, epochs, batch, learningRate, schedule, selection } = trainingPlan.shape;

/** A plan that makes a source: the whole backbone under the head of the paper. */
export const pretrainingPlan = trainingPlan
  .omit({ strategy: true, cut: true, classifier: true, svmC: true, frozenVariants: true })
  .extend({
    input: input.unwrap().default(PRETRAINING.input),
    epochs: epochs.unwrap().default(PRETRAINING.epochs),
    batch: batch.unwrap().default(PRETRAINING.batch),
    learningRate: learningRate.unwrap().default(PRETRAINING.learningRate),
    schedule: schedule.unwrap().default({ ...PRETRAINING.schedule }),
    selection: selection.unwrap().default(PRETRAINING.selection),
  });
export type PretrainingPlan = z.infer<typeof pretrainingPlan>;

const named = z.object({ name: z.string().min(1) });

export const sourceMethods = {
  'source.list': method({ input: z.object({}), output: z.array(sourceSummary) }),
  /**
   * What a file of weights holds and how it fits, without adding anything: with a backbone, the report for that; without,
   * for the backbone of the zoo that it fits best. `candidates` are all that it fits whole, the best first.
   */
  'source.inspect': method({
    input: z.object({
      file: z.string().min(1),
      backbone: z.string().optional(),
      /** Which copy of the network, as in `source.add`. */
      weights: z.string().min(1).optional(),
    }),
    output: z.object({
      file: z.string(),
      bytes: z.int(),
      tensors: z.int(),
      /** What kind of file its names look like, in words; null where they are like nothing known. */
      looksLike: z.string().nullable(),
      candidates: z.array(z.string()),
      backbone: z.string().nullable(),
      report: importReport,
    }),
  }),
  /**
   * Copies the weights of a file into the workspace under a name. Refused unless every backbone parameter is there, or
   * the user consents to a partial load; refused in any case where nothing fits.
   */
  'source.add': method({
    input: z.object({
      file: z.string().min(1),
      /** Left out: the only one of the zoo that the file fits whole. */
      backbone: z.string().optional(),
      /** Which copy of the network, where the file holds several, by its name in the report; left out: the first. */
      weights: z.string().min(1).optional(),
      name: z.string().min(1).max(100),
      /** Consent: tensors that are missing or of another shape start at random values. */
      partial: z.boolean().default(false),
      /** The entry of the catalogue that the file is said to be; its checksum is compared where one is known. */
      catalogue: z.string().optional(),
      /** What the weights expect; left out: as the catalogue says, or as the backbone's published weights. */
      preprocessing: preprocessing.optional(),
    }),
    output: z.object({ source: sourceSummary, report: importReport }),
  }),
  /**
   * Starts a run that becomes a source once it is completed, through pauses, kills and resumes: its test set is opened then,
   * which the log says. Refused before anything is read where the name is taken.
   */
  'source.train': method({
    input: pretrainingPlan.extend({
      name: sourceName,
      nature: nature.default('unknown'),
      study: z.string().min(1).optional(),
    }),
    output: runSummary,
    progress: z.object({ done: z.int(), total: z.int() }),
  }),
  /** Takes over the backbone of a run's best epoch. A sealed test set stays sealed; the source then has no test figures. */
  'source.fromRun': method({
    input: z.object({ run: z.string().min(1), name: sourceName, nature: nature.default('unknown') }),
    output: sourceSummary,
  }),
  /** Runs that are to become a source, and have not yet. */
  'source.wishes': method({
    input: z.object({}),
    output: z.array(sourceWish.extend({ run: z.string(), status: runStatus })),
  }),
  /** One source, what it descends from, and its model card in Markdown. */
  'source.get': method({
    input: named,
    output: z.object({ source: sourceSummary, lineage: z.array(z.string()), card: z.string() }),
  }),
  /** What sources descend from, of all in the workspace or of those named; into a new or empty folder as a table and drawn. */
  'source.lineage': method({
    input: z.object({ names: z.array(z.string()).default([]), out: z.string().min(1).optional() }),
    output: lineage.extend({ files: z.array(z.string()) }),
  }),
  /** How many images of a run its source has seen; null where none, or where nobody knows what it was trained on. */
  'source.overlap': method({ input: z.object({ run: z.string().min(1) }), output: sourceOverlap.nullable() }),
};
