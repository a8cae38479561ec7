import { z } from 'zod';
import { calibrationReport } from './calibration.ts';
import { certificate, latency } from './certificate.ts';
import { comparisonResult } from './comparison/index.ts';
import { conformal } from './conformal.ts';
import { auditReport, dicomCounts, labelPolicy } from './data.ts';
import { decisionCurve } from './decisionCurve.ts';
import { evaluation } from './evaluation.ts';
import { finding } from './findings.ts';
import { grouping } from './groups.ts';
import { answered, asked } from './job.ts';
import { method } from './method.ts';
import { operating } from './operating.ts';
import { trainingPlan } from './plan.ts';
import { preprocessing } from './preprocessing.ts';
import { openingReason } from './openingReason.ts';
import { epochRecord, runStatus, testOpened } from './run.ts';
import { smallerBatch } from './smallerBatch.ts';
import { asStored } from './stored.ts';
import { subgroupReport } from './subgroups.ts';

const classCount = z.object({
  name: z.string(),
  images: z.int(),
  groups: z.int(),
  /** Where an image may have several labels: of how many it is not known whether they have this one. */
  unknown: z.int().optional(),
});

/** What was found in the folder, what became of it, and who is in which part. No name of a file or a folder. */
const cohort = z.object({
  fingerprint: z.string(),
  /** The same over the part of each image and all that a person decided; not in reports of earlier versions. */
  selectionFingerprint: z.string().optional(),
  grouping,
  files: z.int(),
  /** Files that were not used, by reason. */
  excluded: z.array(z.object({ reason: z.string(), files: z.int() })),
  /** Rows of the label table without a file. */
  withoutFile: z.int(),
  images: z.int(),
  groups: z.int(),
  classes: z.array(classCount),
  parts: z.array(
    z.object({
      part: z.enum(['train', 'validation', 'test']),
      images: z.int(),
      groups: z.int(),
      grouping,
      /** Null: not shown, as the test set was not opened. */
      classes: z.array(classCount).nullable(),
    }),
  ),
  /** The test images are from a folder of their own. */
  ownTestFolder: z.boolean(),
  /** An image may have several labels, which `classes` are; left out: it has one class. */
  several: z
    .object({
      /** Images that have none of them, and the most that one has. */
      none: z.int(),
      most: z.int(),
      /** What values that say neither yes nor no count as, where each label has a column; null: a cell names the labels. */
      policies: z.array(z.object({ label: z.string(), uncertain: labelPolicy, empty: labelPolicy })).nullable(),
      /** An image whose cell names none has none of the labels; otherwise it is not used. */
      emptyCellIsNone: z.boolean(),
    })
    .optional(),
  formats: auditReport.shape.formats,
  sizes: auditReport.shape.sizes,
  /** Images without colour; null: not known. */
  grey: z.int().nullable(),
  /** Null: no DICOM files. */
  dicom: dicomCounts.nullable(),
  findings: z.array(finding.extend({ accepted: z.boolean() })),
});

/** Age, sex and the like in each part; of a test part only where it was opened. */
const demographic = z.object({
  by: z.string(),
  parts: z.array(z.enum(['train', 'validation', 'test'])),
  /** Null: nothing says it. Counts are in the order of the parts. */
  values: z.array(
    z.object({ value: z.string().nullable(), counts: z.array(z.object({ images: z.int(), groups: z.int() })) }),
  ),
});

const approach = z.object({
  network: z.object({
    backbone: z.string(),
    title: z.string(),
    paper: z.string(),
    /** What was made of it, see `describeTransfer`. */
    transfer: z.string(),
    cut: z.string().nullable(),
    parameters: z.int(),
    macs: z.int(),
    full: certificate.shape.full,
  }),
  source: certificate.shape.source,
  settings: asStored(trainingPlan.omit({ data: true, test: true, accept: true })),
  labels: z.enum(['folders', 'table', 'tag']),
  /** Of labels from DICOM headers. */
  labelTag: z.string().optional(),
  greyScale: z.string(),
  preprocessing,
  /** The score of the validation images by which the epoch was chosen. */
  selection: z.string(),
  seeds: z.array(z.int()),
  /** Of a comparison by k-fold cross-validation. */
  folds: z.int().nullable(),
});

/** How often each probability was given to images of a class, and to the others: equal bins from 0 to 1. */
const histogram = z.object({ class: z.string(), own: z.array(z.int()), others: z.array(z.int()) });

/** Figures of one part; of another folder neither its place nor its files. */
const figures = evaluation.omit({ run: true, data: true, problems: true }).extend({ histograms: z.array(histogram) });
export type ReportFigures = z.infer<typeof figures>;

/** An image that is shown, by its number within the report. */
const shown = z.object({
  image: z.int().nullable(),
  /** Its class; where it may have several labels, rows of them, see contract/labelRows.ts. */
  class: z.string(),
  predicted: z.string(),
  /** Of the class predicted, or of the label that it is shown for. */
  probability: z.number(),
  /** Of several labels, the one that it is shown for. */
  label: z.string().optional(),
});

const failures = z.object({
  on: evaluation.shape.on,
  images: z.int(),
  wrong: z.int(),
  /** Empty where an image may have several labels. */
  confusions: z.array(z.object({ class: z.string(), predicted: z.string(), images: z.int() })),
  /** Of several labels: images that have each and of which it was not called, and that have it not and of which it was. */
  labels: z
    .array(z.object({ label: z.string(), has: z.int(), missed: z.int(), hasNot: z.int(), alarms: z.int() }))
    .optional(),
  worst: z.array(shown),
});

const saliency = z.object({
  method: z.string(),
  cut: z.string(),
  maps: z.array(
    shown.extend({
      randomisation: z.enum(['passed', 'partly', 'failed', 'undefined']),
      repeatability: z.enum(['stable', 'partly', 'unstable', 'undefined']),
      sentences: z.array(z.string()),
    }),
  ),
});

const itemState = z.enum(['here', 'author', 'none', 'no']);
export const checklistItem = z.object({
  number: z.string(),
  section: z.string(),
  topic: z.string(),
  /** `here`: filled; `author`: for whoever writes; `none`: not applicable; `no`: known not to be so. */
  state: itemState,
  /** What is filled in, the question to the author, or the reason. */
  text: z.string(),
  /** The section of the report that has it. */
  anchor: z.string().nullable(),
  /** Share of the score, where there is one. */
  weight: z.number().nullable(),
});
export type ChecklistItem = z.infer<typeof checklistItem>;

export const checklist = z.object({
  name: z.string(),
  citation: z.string(),
  items: z.array(checklistItem),
  counts: z.record(itemState, z.int()),
  /** In [0, 100]: with every item for the author answered by no, and by yes. Null: the checklist has no score. */
  score: z.object({ low: z.number(), high: z.number() }).nullable(),
});
export type Checklist = z.infer<typeof checklist>;

/** Something that could not be had, with the reason. */
const missing = z.object({ missing: z.string() });
const orMissing = <T extends z.ZodType>(schema: T) => z.union([schema, missing]);

/** All that a report says, for machines. No name of a file, no patient identifier, no image. */
export const studyReport = z.object({
  kind: z.literal('cutpoint-report'),
  version: z.literal(1),
  /** Of Cutpoint. */
  producer: z.string(),
  createdAt: z.string(),
  subject: z.object({
    kind: z.enum(['run', 'comparison']),
    id: z.string(),
    title: z.string(),
    status: runStatus,
    startedAt: z.string(),
    /** The run that figures, errors and maps are of; of a comparison one that stands for it. */
    run: z.string(),
  }),
  /** There is a test set. */
  hasTest: z.boolean(),
  /** When its figures were first asked for, and how often; null: nobody did, and none are in here. */
  testOpened,
  cohort,
  approach,
  figures: z.array(figures),
  training: z.object({
    epochs: z.array(epochRecord),
    bestEpoch: z.int().nullable(),
    /** Where fewer images were taken at a time than planned. */
    smallerBatches: z.array(smallerBatch).optional(),
  }),
  /** By columns and headers that are usual, with names of places as numbers. */
  demographics: z.array(demographic),
  subgroups: z.array(subgroupReport.omit({ run: true, by: true }).extend({ by: z.string() })),
  /** Of the first figures; null: of another folder, and of several labels an image. */
  calibration: calibrationReport.omit({ run: true, part: true }).nullable(),
  /** The threshold that is kept with the run; null: none is. */
  operating: operating.omit({ run: true, cutoffs: true }).nullable(),
  /** Of several labels: the thresholds that are kept, one a label at most. */
  labelPoints: z.array(operating.omit({ run: true, cutoffs: true })).optional(),
  /** Of two classes. */
  decisionCurve: decisionCurve.omit({ run: true }).nullable(),
  /** On test images. */
  conformal: conformal.omit({ run: true }).nullable(),
  failures: orMissing(failures),
  saliency: orMissing(saliency),
  /** Of a run null; its result is null where the test set was not opened. */
  comparison: z
    .object({
      kind: z.enum(['tournament', 'search', 'learning-curve']),
      result: comparisonResult.nullable(),
      runs: z.int(),
      failed: z.int(),
      trainingSeconds: z.number(),
    })
    .nullable(),
  latency: latency.nullable(),
  environment: z.object({
    node: z.string(),
    platform: z.string(),
    processor: z.string(),
    threads: z.int(),
    /** What computed the training. */
    engine: z.string().nullable(),
  }),
  /** Of the weights of the run, see the certificate. */
  weights: orMissing(z.object({ sha256: z.string() })),
});
export type StudyReport = z.infer<typeof studyReport>;

/** The same with the checklists, as it lies beside the report. */
export const reportFile = studyReport.extend({ checklists: z.array(checklist) });
export type ReportFile = z.infer<typeof reportFile>;

export const reportMethods = {
  /**
   * Writes what a reviewer asks of a run or a comparison to one HTML file, with its figures as JSON and a model card beside
   * it. Figures of test images are in it where the test set was opened before, or is by this call.
   */
  'report.write': method({
    input: z.object({
      of: z.union([z.strictObject({ run: z.string().min(1) }), z.strictObject({ comparison: z.string().min(1) })]),
      out: z.string().min(1),
      /** Opens the test set, which is noted. */
      openTest: z.boolean().default(false),
      /** Why it is opened. */
      reason: openingReason.optional(),
      /** Images of patients go into the report: errors and maps. */
      images: z.boolean().default(true),
      /** Prints it to PDF too, where there is a browser that can. */
      pdf: z.boolean().default(false),
      /** Replaces an earlier report of the same run or comparison; nothing else is ever replaced. */
      overwrite: z.boolean().default(false),
      ...asked,
    }),
    output: z.object({
      path: z.string(),
      bytes: z.int(),
      json: z.string(),
      card: z.string(),
      pdf: z.string().nullable(),
      /** Why there is no PDF though one was asked for. */
      notes: z.array(z.string()),
      /** Figures of test images are in it. */
      tested: z.boolean(),
      checklists: z.array(checklist.omit({ items: true })),
      ...answered,
    }),
    progress: z.object({ message: z.string() }),
  }),
};
