import { z } from 'zod';
import { movedFolders } from '../data.ts';
import { finding } from '../findings.ts';
import { grouping } from '../groups.ts';
import { method } from '../method.ts';
import { runEvent, runStatus } from '../run.ts';
import { storedPlan } from '../plan.ts';
import { cellRecord, studyCell } from './shared.ts';
import { tournamentPlan, tournamentResult } from './tournament.ts';
import { searchPlan, searchResult } from './search.ts';
import { learningCurvePlan, learningCurveResult } from './learningCurve.ts';

export const studyPlan = z.discriminatedUnion('kind', [tournamentPlan, searchPlan, learningCurvePlan]);
export type StudyPlan = z.infer<typeof studyPlan>;

/** A plan as it is stored, see {@link storedPlan}. */
export const storedStudyPlan = z.discriminatedUnion('kind', [
  tournamentPlan.extend({ base: storedPlan }),
  searchPlan.extend({ base: storedPlan }),
  learningCurvePlan.extend({ base: storedPlan }),
]);

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
  /** Ends after the current training step; finished runs are kept, and `study.resume` continues. */
  'study.stop': method({ input: studyId, output: studySummary }),
  'study.resume': method({ input: studyId, output: studySummary }),
  'study.list': method({ input: z.object({}), output: z.array(studySummary) }),
  'study.get': method({ input: studyId, output: studySummary }),
};
