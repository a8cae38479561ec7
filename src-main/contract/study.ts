import { z } from 'zod';
import { comparisonRow } from './comparison/index.ts';
import { dataSelection } from './data.ts';
import { grouping } from './groups.ts';
import { answered, asked } from './job.ts';
import { method } from './method.ts';
import { givenName, givenNote, runRow, runStatus } from './run.ts';

const MOST_DRAFT = 1_000_000;

/** What was typed in a room and is not done yet; each room checks its own. Null: nothing. */
const draftOfRoom = z
  .unknown()
  .refine((value) => (JSON.stringify(value) ?? '').length <= MOST_DRAFT, { message: 'is longer than a draft may be' });
export const studyDraft = z.record(z.string().regex(/^[a-z][a-zA-Z-]{0,40}$/), draftOfRoom);
export type StudyDraft = z.infer<typeof studyDraft>;

/** How many images and patients, as they were last read for the study. */
export const studyData = z.object({
  images: z.int(),
  /** Of the kind that `grouping` says. */
  groups: z.int(),
  grouping: grouping.optional(),
  classes: z.array(z.object({ name: z.string(), images: z.int(), groups: z.int() })),
});

export type StudyData = z.infer<typeof studyData>;

/**
 * The unit of work: a selection of data, and all that was done with it. Its counts change with its runs, comparisons and
 * jobs: who shows them listens to changes of those, too.
 */
export const studyRow = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: z.string(),
  openedAt: z.string(),
  /** Where its images lie now; null before any were chosen. */
  folder: z.string().nullable(),
  /** Null before they were read. */
  data: studyData.nullable(),
  runs: z.int(),
  comparisons: z.int(),
  /** The run with the best score on its validation images; figures of test images are none of a list. */
  best: runRow
    .pick({ id: true, name: true, backbone: true, network: true, validationAuroc: true, validationAuprc: true })
    .nullable(),
  /** Of the comparison that was finished last and has one, or a sealed one. */
  verdict: comparisonRow.pick({ id: true, kind: true, finishedAt: true, sealed: true, result: true }).nullable(),
  /** How often test figures were asked for, over all its runs and comparisons. */
  testLooks: z.int(),
  /** What goes on, and what waits. */
  active: z.array(
    z.object({
      kind: z.enum(['run', 'comparison', 'job']),
      id: z.string(),
      status: runStatus,
      /** What it is, in words. */
      title: z.string(),
    }),
  ),
});
export type StudyRow = z.infer<typeof studyRow>;

export const studyDetails = studyRow.extend({
  selection: dataSelection.nullable(),
  draft: studyDraft,
  note: z.string(),
  /** Ids, the newest first. */
  runIds: z.array(z.string()),
  comparisonIds: z.array(z.string()),
  jobIds: z.array(z.string()),
  exportIds: z.array(z.string()),
});
export type StudyDetails = z.infer<typeof studyDetails>;

/** Bytes. */
const bytesDone = z.object({ done: z.int(), total: z.int() });
const studyId = z.object({ id: z.string().min(1) });

export const studyMethods = {
  /** Without a name it has that of its folder. */
  'study.create': method({
    input: z.object({ name: givenName.optional(), data: dataSelection.optional(), draft: studyDraft.optional() }),
    output: studyDetails,
  }),
  /** All that can be read, the most recently opened first. */
  'study.list': method({ input: z.object({}), output: z.array(studyRow) }),
  'study.get': method({ input: studyId, output: studyDetails }),
  /** Changes what is given. Of the draft the rooms that are given; null takes a room's away. */
  'study.edit': method({
    input: studyId.extend({
      name: givenName.optional(),
      note: givenNote.optional(),
      data: dataSelection.nullable().optional(),
      draft: studyDraft.optional(),
    }),
    output: studyDetails,
  }),
  /** Notes that it was opened now: lists begin with it, and what names no study goes to it, see `studyFor`. */
  'study.open': method({ input: studyId, output: studyDetails }),
  /** Another one with its data, draft and note, without its runs and all that was made of them. */
  'study.duplicate': method({ input: studyId.extend({ name: givenName.optional() }), output: studyDetails }),
  /**
   * Writes a study to one file: its rows, the checkpoints of its runs and the weights that its plans name; no images. The
   * file has names of folders and files, and patients as hashes, whose salt is not in it.
   */
  'study.archive': method({
    input: studyId.extend({ file: z.string().min(1), overwrite: z.boolean().default(false), ...asked }),
    output: z.object({ file: z.string(), bytes: z.int(), runs: z.int(), comparisons: z.int(), ...answered }),
    progress: bytesDone,
  }),
  /** Takes a study from such a file, beside all that is there; ids that are taken are replaced. */
  'study.import': method({
    input: z.object({ file: z.string().min(1), ...asked }),
    output: z.object({ study: z.string(), runs: z.int(), comparisons: z.int(), ...answered }),
    progress: bytesDone,
  }),
};
