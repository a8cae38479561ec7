import { z } from 'zod';
import { movedFolders } from '../data.ts';
import { finding } from '../findings.ts';
import { grouping } from '../groups.ts';
import { method } from '../method.ts';
import { runEvent, runStatus } from '../run.ts';
import { asStored } from '../stored.ts';
import { following, numbered } from '../stream.ts';
import { cellRecord, studyCell } from './shared.ts';
import { tournamentPlan, tournamentResult } from './tournament.ts';
import { searchPlan, searchResult } from './search.ts';
import { learningCurvePlan, learningCurveResult } from './learningCurve.ts';

export const studyPlan = z.discriminatedUnion('kind', [tournamentPlan, searchPlan, learningCurvePlan]);
export type StudyPlan = z.infer<typeof studyPlan>;

/** A plan as it is stored, see `storedPlan`. */
export const storedStudyPlan = asStored(studyPlan);

export type StudyKind = StudyPlan['kind'];

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

/** What lists show of a study; {@link studySummary} is the whole of it. */
export const studyRow = studySummary
  .pick({ id: true, kind: true, status: true, createdAt: true, finishedAt: true })
  .extend({
    backbone: z.string(),
    /** Where its images lie now. */
    folder: z.string(),
    /** Whether it has a test folder of its own. */
    ownTest: z.boolean(),
    /** Runs that have ended, and those of them that failed. */
    runs: z.int(),
    failed: z.int(),
    /** Once it is finished, where it can be said in a few words: a verdict, a cut. */
    result: z.string().nullable(),
    /** What failed of it: itself, or runs of it; each sentence once. */
    errors: z.array(z.object({ code: z.string(), message: z.string() })),
  });
export type StudyRow = z.infer<typeof studyRow>;

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
  /** Follows a study until it has ended, as `run.watch` a run; cancelling stops following, not the study. */
  'study.watch': method({ input: studyId.extend(following), output: studySummary, progress: numbered(studyEvent) }),
  /** Ends after the current training step; finished runs are kept, and `study.resume` continues. */
  'study.stop': method({ input: studyId, output: studySummary }),
  'study.resume': method({ input: studyId, output: studySummary }),
  /** All that can be read, newest first. */
  'study.list': method({ input: z.object({}), output: z.array(studyRow) }),
  'study.get': method({ input: studyId, output: studySummary }),
};
