import { z } from 'zod';
import { dataSelection, movedFolders } from './data.ts';
import { finding } from './findings.ts';
import { classOrder } from './figures.ts';
import { grouping } from './groups.ts';
import { answered, asked } from './job.ts';
import { method } from './method.ts';
import { openingReason } from './openingReason.ts';
import { storedPlan, trainingPlan } from './plan.ts';
import { smallerBatch } from './smallerBatch.ts';
import { trainingStage } from './stages.ts';
import { following, numbered } from './stream.ts';
import { evaluation, measuredPart, splitCounts } from './evaluation.ts';
import { predictions } from './prediction.ts';
import { carriedChoices } from './runChoices.ts';
import { tableOf } from './tableSchema.ts';

export const runStatus = z.enum(['queued', 'running', 'paused', 'interrupted', 'stopped', 'completed', 'failed']);
export type RunStatus = z.infer<typeof runStatus>;

export const epochRecord = z.object({
  /** Counted from 1. */
  epoch: z.int(),
  /** What was trained in it; an SVM has one, after all others, of rate 0. */
  stage: trainingStage.default('fine-tuning'),
  trainLoss: z.number(),
  validationLoss: z.number(),
  validationAuroc: z.number().nullable(),
  validationAuprc: z.number().nullable(),
  validationAccuracy: z.number(),
  /** Null in epochs of earlier versions. */
  validationBalancedAccuracy: z.number().nullable().default(null),
  learningRate: z.number(),
  seconds: z.number(),
  /** Live tensors at the end of the epoch: constant when nothing leaks. */
  liveTensors: z.int(),
});
export type EpochRecord = z.infer<typeof epochRecord>;

/** A name that a person gives: one line. */
export const givenName = z.string().trim().min(1).max(200);
/** What a person notes of something. */
export const givenNote = z.string().max(20_000);

/** What test figures are opened for. `again`: the run goes on after it was tested, and is tested once more; `source`: it became one. */
export const openingPurpose = z.enum(['figures', 'report', 'card', 'again', 'source']);
export type OpeningPurpose = z.infer<typeof openingPurpose>;

/** When somebody first asked for test figures, and how often; null: nobody did. */
export const testOpened = z.object({ at: z.string(), times: z.int() }).nullable();

/** What belongs to a run beside its training. */
const ofPerson = {
  /** The study that it belongs to; null where that cannot be told. */
  study: z.string().nullable(),
  /** What a person calls it; null: it goes by its network. */
  name: z.string().nullable(),
  note: z.string(),
  starred: z.boolean(),
  /** Of `run.openTest`. */
  testOpened,
};

export const runSummary = z.object({
  id: z.string(),
  status: runStatus,
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
  plan: storedPlan,
  classes: z.array(z.string()),
  /** Of the model trained, head included. */
  parameters: z.int(),
  macs: z.int(),
  engine: z.string().nullable(),
  split: z.object({ train: splitCounts, validation: splitCounts, test: splitCounts }).nullable(),
  epochs: z.array(epochRecord),
  /** Best by what the plan selects by; the model kept. */
  bestEpoch: z.int().nullable(),
  /** On the test split, by the best epoch; null too while it is sealed. */
  test: evaluation.nullable(),
  /** It has test figures that nobody asked for yet, of it or of the comparison that it is part of. */
  sealed: z.boolean(),
  error: z.object({ code: z.string(), message: z.string(), remedy: z.string().optional() }).nullable(),
  /** The comparison that it is part of; whoever opened its test figures has opened those of the run: `testOpened` counts both. */
  comparison: z.string().nullable(),
  ...ofPerson,
  /** What the audit found in its data. */
  findings: z.array(finding).optional(),
  /** What the groups of its data are; left out before they are known. */
  grouping: grouping.optional(),
  /** The same of its test folder, where it has one of its own. */
  testGrouping: grouping.optional(),
  /** Where its images lie, if not where its plan says. */
  moved: movedFolders.optional(),
  /** Where fewer images were taken at a time than planned, in order; left out: the plan's batch fitted. */
  smallerBatches: z.array(smallerBatch).optional(),
});
export type RunSummary = z.infer<typeof runSummary>;

/** What lists show of a run; {@link runSummary} is the whole of it, and alone has figures of test images. */
export const runRow = z.object({
  id: z.string(),
  status: runStatus,
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
  backbone: z.string(),
  /** What is made of it, see `describeTransfer`: `cut after layer3.5`. */
  network: z.string(),
  source: z.string().nullable(),
  /** Where its images lie now. */
  folder: z.string(),
  parameters: z.int(),
  macs: z.int(),
  /** Finished, and planned at most. */
  epochs: z.int(),
  plannedEpochs: z.int(),
  bestEpoch: z.int().nullable(),
  /** Of the best epoch. These figures have six decimals; what is below 1 stays below. */
  validationAuroc: z.number().nullable(),
  validationAuprc: z.number().nullable(),
  comparison: z.string().nullable(),
  ...ofPerson,
  /** Why it failed, in a sentence. */
  error: z.string().nullable(),
});
export type RunRow = z.infer<typeof runRow>;
export const RUN_FIELDS = runRow.keyof().options;

/** The scores of a run, epoch by epoch, and nothing else of it: enough to lay the curves of many runs over one another. */
export const runCurves = z.object({
  id: z.string(),
  bestEpoch: z.int().nullable(),
  epochs: z.array(epochRecord.omit({ validationAccuracy: true, validationBalancedAccuracy: true, liveTensors: true })),
});
export type RunCurves = z.infer<typeof runCurves>;

export const runEvent = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('stage'),
    stage: z.enum(['reading', 'caching', 'weights', 'training', 'fitting', 'validating', 'testing']),
    message: z.string(),
  }),
  z.object({ kind: z.literal('reading'), done: z.int(), total: z.int() }),
  z.object({
    kind: z.literal('step'),
    epoch: z.int(),
    step: z.int(),
    steps: z.int(),
    loss: z.number(),
    imagesPerSecond: z.number(),
    /** To the last planned epoch; early stopping may end it sooner. */
    remainingSeconds: z.number(),
    /** Bytes that the process which trains holds at this moment; of a GPU's own memory nothing is known. */
    memory: z.int(),
  }),
  smallerBatch.extend({ kind: z.literal('smallerBatch') }),
  z.object({ kind: z.literal('epoch'), record: epochRecord, bestEpoch: z.int() }),
  z.object({ kind: z.literal('status'), status: runStatus }),
]);
export type RunEvent = z.infer<typeof runEvent>;

/** Memory that training by a plan needs at its peak, and what there is; bytes. */
export const memoryEstimate = z.object({
  bytes: z.number(),
  /** Of the machine, or the container that the engine runs in. */
  total: z.number(),
  /** What the engine can have of it now, with what it already holds. */
  room: z.number(),
  /** What a person allowed it at most; null: whatever there is. */
  limit: z.number().nullable(),
  fits: z.boolean(),
  /** The largest batch for which there is room; null: not even one image. */
  batch: z.int().nullable(),
  /** The batch size that is taken where it is to be chosen: the largest power of two, at most 32, for which there is room. */
  automatic: z.int().nullable(),
});
export type MemoryEstimate = z.infer<typeof memoryEstimate>;

const runId = z.object({ id: z.string().min(1) });

export const runMethods = {
  /**
   * Checks the plan, reads and checks the data, stores the run, and returns when it has
   * started, or waits: one run or comparison trains at a time, those started meanwhile have the status `queued`.
   */
  'run.start': method({
    /** Without a study it goes to the one with the same data that was opened last, or to a new one. */
    input: trainingPlan.extend({ study: z.string().min(1).optional() }),
    output: runSummary,
    progress: z.object({ done: z.int(), total: z.int() }),
  }),
  /** What training will need, before anything is read. Null on a GPU, of whose memory nothing is known. */
  'run.memory': method({ input: trainingPlan, output: memoryEstimate.nullable() }),
  /**
   * Follows a run until it has ended, beginning with the epochs finished so far or after an event that was heard; cancelling
   * stops following, not the run.
   */
  'run.watch': method({ input: runId.extend(following), output: runSummary, progress: numbered(runEvent) }),
  /** Waits at the end of the current step; `run.resume` continues. */
  'run.pause': method({ input: runId, output: runSummary }),
  /** Ends training after the current step; the best epoch so far is tested and kept. */
  'run.stop': method({ input: runId, output: runSummary }),
  /**
   * Continues a paused run, or an interrupted or failed one from its last checkpoint. With `batch`, a run of
   * which no epoch was finished begins with batches of another size, and its numbers are those of a run of that size.
   */
  'run.resume': method({
    input: runId.extend({ batch: trainingPlan.shape.batch.unwrap().optional() }),
    output: runSummary,
  }),
  /** All that can be read, newest first. */
  'run.list': method({ input: z.object({}), output: tableOf(runRow) }),
  'run.get': method({ input: runId, output: runSummary }),
  /** Changes what is given; a name that is null is taken away. */
  'run.edit': method({
    input: runId.extend({
      name: givenName.nullable().optional(),
      note: givenNote.optional(),
      starred: z.boolean().optional(),
    }),
    output: runSummary,
  }),
  /**
   * Opens the test set of a run, which is noted in the log with the reason. Before, no method gives figures of test images
   * (TEST_SEALED): a test set says what it can say once, and whoever chooses by it has none any more.
   */
  'run.openTest': method({ input: runId.extend({ reason: openingReason.optional() }), output: testOpened.unwrap() }),
  /**
   * Says in which order the classes of a run are, from the least on, by which the weighted kappas of its evaluations are;
   * `none`: in no order; `names`: as their names say, which holds where nobody says otherwise.
   */
  'run.orderClasses': method({
    input: runId.extend({ order: z.union([z.array(z.string()), z.enum(['none', 'names'])]) }),
    output: classOrder,
  }),
  /** The calibration and the threshold that are kept with a run. */
  'run.choices': method({ input: runId, output: carriedChoices }),
  /** Of these runs, in this order; what cannot be read, or is not there any more, is left out. */
  'run.curves': method({ input: z.object({ ids: z.array(z.string().min(1)).max(200) }), output: z.array(runCurves) }),
  /** Without `data`: the stored evaluation. */
  'run.evaluate': method({
    input: z.object({
      id: z.string().min(1),
      /** What is stored; nothing to `data`, which is measured, or found where nothing of it changed since. */
      part: measuredPart.default('test'),
      data: dataSelection.optional(),
      /** `again`: without data, the new results are stored in place of the old. */
      ...asked,
    }),
    output: evaluation.extend(answered),
    progress: z.object({ done: z.int(), total: z.int() }),
  }),
  /** Other folders that a run was evaluated on, the newest first; those of earlier versions, which kept no list, are left out. */
  'run.evaluated': method({
    input: runId,
    output: z.array(z.object({ dataset: z.string(), folder: z.string(), images: z.int(), at: z.string() })),
  }),
  /** The stored predictions of the best epoch, image by image. */
  'run.predictions': method({
    input: runId.extend({ part: measuredPart.default('test') }),
    output: predictions,
  }),
};
