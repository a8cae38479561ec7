import { z } from 'zod';
import { movedFolders } from '../data.ts';
import { finding } from '../findings.ts';
import { grouping } from '../groups.ts';
import { method } from '../method.ts';
import { openingReason } from '../openingReason.ts';
import { givenName, givenNote, runEvent, runStatus, testOpened } from '../run.ts';
import { asStored } from '../stored.ts';
import { following, numbered } from '../stream.ts';
import { rowMethods } from './rows.ts';
import { cellRecord, comparisonCell } from './shared.ts';
import { tournamentPlan, tournamentResult } from './tournament.ts';
import { searchPlan, searchResult } from './search.ts';
import { learningCurvePlan, learningCurveResult } from './learningCurve.ts';

export const comparisonPlan = z.discriminatedUnion('kind', [tournamentPlan, searchPlan, learningCurvePlan]);
export type ComparisonPlan = z.infer<typeof comparisonPlan>;

/** A plan as it is stored, see `storedPlan`. */
export const storedComparisonPlan = asStored(comparisonPlan);

export type ComparisonKind = ComparisonPlan['kind'];

export const comparisonResult = z.discriminatedUnion('kind', [tournamentResult, searchResult, learningCurveResult]);
export type ComparisonResult = z.infer<typeof comparisonResult>;

export const comparisonSummary = z.object({
  id: z.string(),
  kind: z.enum(['tournament', 'search', 'learning-curve']),
  status: runStatus,
  createdAt: z.string(),
  /** The study that it belongs to; null where that cannot be told. */
  study: z.string().nullable(),
  /** What a person calls it; null: it goes by its kind and network. */
  name: z.string().nullable(),
  note: z.string(),
  finishedAt: z.string().nullable(),
  /** Of `comparison.openTest`. */
  testOpened,
  plan: storedComparisonPlan,
  classes: z.array(z.string()),
  /** Without figures of test images before they were asked for. */
  cells: z.array(cellRecord),
  /** Once it is finished; null too while it is sealed. */
  result: comparisonResult.nullable(),
  /** It has a result of test images that nobody asked for yet. A search chooses by validation. */
  sealed: z.boolean(),
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
export type ComparisonSummary = z.infer<typeof comparisonSummary>;

/** What lists show of a comparison; {@link comparisonSummary} is the whole of it, and alone has figures of test images. */
export const comparisonRow = comparisonSummary
  .pick({
    ...{ id: true, kind: true, status: true, createdAt: true, finishedAt: true, testOpened: true },
    ...{ study: true, name: true, note: true, sealed: true },
  })
  .extend({
    backbone: z.string(),
    /** Where its images lie now. */
    folder: z.string(),
    /** Whether it has a test folder of its own. */
    ownTest: z.boolean(),
    /** Runs that have ended, and those of them that failed. */
    runs: z.int(),
    failed: z.int(),
    /** Of what is not sealed, in a few words and without a figure of test images: a cut, an outcome. */
    result: z.string().nullable(),
    /** What failed of it: itself, or runs of it; each sentence once. */
    errors: z.array(z.object({ code: z.string(), message: z.string() })),
  });
export type ComparisonRow = z.infer<typeof comparisonRow>;

export const comparisonEvent = z.discriminatedUnion('kind', [
  /** What the comparison does besides training. */
  z.object({ kind: z.literal('message'), message: z.string() }),
  /** A run begins; `planned` counts the runs known so far, those of later stages of a search excepted. */
  z.object({ kind: z.literal('cell'), cell: comparisonCell, position: z.int(), planned: z.int() }),
  z.object({ kind: z.literal('run'), run: z.string(), event: runEvent }),
  /** Without figures of test images. */
  z.object({ kind: z.literal('finished'), record: cellRecord }),
  z.object({ kind: z.literal('status'), status: runStatus }),
]);
export type ComparisonEvent = z.infer<typeof comparisonEvent>;

const comparisonId = z.object({ id: z.string().min(1) });

export const comparisonMethods = {
  /** Checks plan and data for every run of it before anything is stored, and returns when the first run begins. */
  'comparison.start': method({
    /** Without a study it goes to the one with the same data that was opened last, or to a new one. */
    input: z.intersection(comparisonPlan, z.object({ study: z.string().min(1).optional() })),
    output: comparisonSummary,
    progress: z.object({ done: z.int(), total: z.int() }),
  }),
  /** Follows a comparison until it has ended, as `run.watch` a run; cancelling stops following, not the comparison. */
  'comparison.watch': method({
    input: comparisonId.extend(following),
    output: comparisonSummary,
    progress: numbered(comparisonEvent),
  }),
  /** Ends after the current training step; finished runs are kept, and `comparison.resume` continues. */
  'comparison.stop': method({ input: comparisonId, output: comparisonSummary }),
  'comparison.resume': method({ input: comparisonId, output: comparisonSummary }),
  /** All that can be read, newest first. */
  'comparison.list': method({ input: z.object({}), output: z.array(comparisonRow) }),
  'comparison.get': method({ input: comparisonId, output: comparisonSummary }),
  /** Changes what is given; a name that is null is taken away. */
  'comparison.edit': method({
    input: comparisonId.extend({ name: givenName.nullable().optional(), note: givenNote.optional() }),
    output: comparisonSummary,
  }),
  /**
   * Opens the test figures of a comparison and of its runs, as `run.openTest` those of a run. Before, nothing says what came
   * out of it.
   */
  'comparison.openTest': method({
    input: comparisonId.extend({ reason: openingReason.optional() }),
    output: testOpened.unwrap(),
  }),
  /**
   * Checks a plan without reading data, and says what runs it comes to, before anything is started. `more`: a search adds
   * others when it knows the results of these.
   */
  'comparison.cells': method({
    input: comparisonPlan,
    output: z.object({ cells: z.array(comparisonCell), more: z.boolean() }),
  }),
  ...rowMethods,
};
