import { atomically, type Readable, type Writable } from './database.ts';
import { guarded } from './failures.ts';
import * as archived from './queries/archived.ts';
import { beginRun } from './queries/beginRun.ts';
import { damagedOf } from './queries/damaged.ts';
import * as datasets from './queries/datasets.ts';
import * as epochs from './queries/epochs.ts';
import * as evaluations from './queries/evaluations.ts';
import * as exports from './queries/exports.ts';
import * as jobs from './queries/jobs.ts';
import * as log from './queries/log.ts';
import * as predictions from './queries/predictions.ts';
import * as preferences from './queries/preferences.ts';
import * as remove from './queries/remove.ts';
import * as runChoices from './queries/runChoices.ts';
import * as runRows from './queries/runRows.ts';
import * as runs from './queries/runs.ts';
import * as sourceStudies from './queries/sourceStudies.ts';
import * as sources from './queries/sources.ts';
import * as splits from './queries/splits.ts';
import * as comparisons from './queries/comparisons.ts';
import * as comparisonCells from './queries/comparisonCells.ts';
import * as comparisonNotes from './queries/comparisonNotes.ts';
import * as comparisonRows from './queries/comparisonRows.ts';
import * as studies from './queries/studies.ts';
import * as studyDrafts from './queries/studyDrafts.ts';
import * as studyMembers from './queries/studyMembers.ts';
import { TOUCHED, type Touched } from './touched.ts';

/** A query with its first argument, the handle, filled in. */
export type Bound<F> = F extends (db: never, ...args: infer A) => infer R ? (...args: A) => R : never;
type BoundAll<T> = { [K in keyof T]: Bound<T[K]> };

/** The queries of one aggregate on one database, their failures told as CutpointError. */
function aggregate<D extends Readable, T extends Record<string, (db: D, ...args: never[]) => unknown>>(
  db: D,
  folder: string,
  queries: T,
): BoundAll<T> {
  const bound = Object.entries(queries).map(([name, query]) => [name, (...args: never[]) => query(db, ...args)]);
  const isWhole = (): boolean => db.prepare<[], string>('PRAGMA integrity_check(1)').pluck().get() === 'ok';
  return guarded(folder, Object.fromEntries(bound) as BoundAll<T>, isWhole);
}

/** Every question that can be asked of what a workspace remembers. */
const READING = {
  studies: {
    get: studies.getStudy,
    list: studies.listStudies,
    on: studies.studyOn,
    dataset: datasets.datasetOfStudy,
    draft: studyDrafts.loadDraft,
    rows: archived.rowsOfStudy,
    ofRun: studyMembers.studyOfRun,
    jobs: studyMembers.jobsOfStudy,
    jobsAlone: studyMembers.jobsOfStudyAlone,
    exports: studyMembers.exportsOfStudy,
  },
  datasets: { load: datasets.loadDataset },
  splits: { load: splits.loadSplit },
  sources: { get: sources.getSource, list: sources.listSources, seen: sources.seenBySource },
  runs: {
    datasets: runs.runDatasets,
    get: runs.getRun,
    someTrains: runs.someRunTrains,
    list: runRows.listRunRows,
    transfers: runRows.listRunTransfers,
    plans: runRows.listRunPlans,
  },
  runChoices: { load: runChoices.loadRunChoice, runs: runChoices.runsWithChoice },
  epochs: { last: epochs.lastEpoch, best: epochs.bestEpoch, curves: epochs.listCurves },
  predictions: { load: predictions.loadPredictions },
  preferences: { get: preferences.getPreferences },
  evaluations: { load: evaluations.loadEvaluation, listOther: evaluations.listOtherEvaluations },
  exports: { list: exports.listExports },
  jobs: {
    get: jobs.getJob,
    list: jobs.listJobs,
    find: jobs.findAnswered,
    answer: jobs.loadAnswer,
    written: jobs.writtenOf,
  },
  comparisons: {
    datasets: comparisons.comparisonDatasets,
    get: comparisons.getComparison,
    list: comparisonRows.listComparisonRows,
    plans: comparisonRows.listComparisonPlans,
  },
  comparisonCells: { find: comparisonCells.findCell, list: comparisonCells.listCells },
  comparisonNotes: { load: comparisonNotes.loadNote },
  sourceStudies: { get: sourceStudies.getSourceStudy, list: sourceStudies.listSourceStudies },
  storage: {
    ids: remove.idsOf,
    ownership: remove.ownership,
    weightsFile: remove.weightsFileOf,
    exportCount: remove.exportCount,
    datasets: remove.listDatasets,
    damagedOf,
    compactable: remove.compactable,
  },
  log: { list: log.listLog, recent: log.recentLog },
};

/** Every change that can be made to it. */
const WRITING = {
  studies: {
    create: studies.createStudy,
    edit: studies.editStudy,
    duplicate: studies.duplicateStudy,
    import: archived.importStudy,
    open: studies.openStudy,
    linkJob: studyMembers.linkJob,
  },
  datasets: { save: datasets.saveDataset, move: datasets.moveDataset },
  splits: { save: splits.saveSplit },
  sources: { add: sources.addSource, setChecksum: sources.setSourceChecksum },
  runs: {
    create: runs.createRun,
    edit: runs.editRun,
    openTest: runs.openRunTest,
    setStatus: runs.setRunStatus,
    setBatch: runs.setRunBatch,
    setPrecision: runs.setRunPrecision,
    addSmallerBatch: runs.addSmallerBatch,
    setDataset: runs.setRunDataset,
  },
  runChoices: { save: runChoices.saveRunChoice },
  epochs: {
    add: epochs.addEpoch,
    discardAfterBest: epochs.discardAfterBest,
    takeOver: epochs.takeOverEpochs,
    setChecksum: epochs.setEpochChecksum,
  },
  predictions: { save: predictions.savePredictions },
  preferences: { set: preferences.setPreferences },
  evaluations: { save: evaluations.saveEvaluation },
  exports: { add: exports.addExport, setLatency: exports.setExportLatency },
  jobs: { create: jobs.createJob, begin: jobs.beginJob, end: jobs.endJob, forgetOldest: jobs.forgetOldest },
  comparisons: {
    create: comparisons.createComparison,
    edit: comparisons.editComparison,
    openTest: comparisons.openComparisonTest,
    setStatus: comparisons.setComparisonStatus,
  },
  comparisonCells: {
    begin: comparisonCells.beginCell,
    beginRun,
    finish: comparisonCells.finishCell,
    forgetFailures: comparisonCells.forgetFailures,
  },
  comparisonNotes: { save: comparisonNotes.saveNote },
  sourceStudies: {
    create: sourceStudies.createSourceStudy,
    addMember: sourceStudies.addMember,
    remove: sourceStudies.removeSourceStudy,
  },
  storage: { remove: remove.removeRows, compact: remove.compact },
  log: { append: log.appendLog },
};

type Queries<T> = { [A in keyof T]: BoundAll<T[A]> };
type Reading = typeof READING;
export type Writing = typeof WRITING;

/** What may be asked of a workspace, by whatever process works for it. */
export type Reader = Queries<Reading>;

/**
 * Everything a workspace remembers. Each call is one transaction, and so is all that is called within `atomically`; when
 * it returns, the change is on the disk.
 */
export type Store = {
  [A in keyof Reader | keyof Queries<Writing>]: PartOf<Reader, A> & PartOf<Queries<Writing>, A>;
} & {
  atomically<R>(work: () => R): R;
};
type PartOf<T, A> = A extends keyof T ? T[A] : unknown;

function bindAll<D extends Readable>(
  db: D,
  folder: string,
  table: Record<string, Record<string, (db: D, ...args: never[]) => unknown>>,
): Record<string, object> {
  return Object.fromEntries(Object.entries(table).map(([name, queries]) => [name, aggregate(db, folder, queries)]));
}

export const openReader = (db: Readable, folder: string): Reader => bindAll(db, folder, READING) as Reader;

/** @param onChange hears what was touched, once it is on the disk; must not throw */
export function openStore(db: Writable, folder: string, onChange: (touched: Touched[]) => void = () => {}): Store {
  const reading = bindAll(db, folder, READING);
  const { writing, together } = telling(bindAll(db, folder, WRITING), onChange);
  const parts = Object.keys(READING).map((name) => [name, { ...reading[name], ...writing[name] }]);
  return {
    ...(Object.fromEntries(parts) as Store),
    ...guarded(folder, { atomically: <R>(work: () => R): R => together(() => atomically(db, work)) }),
  };
}

type Query = (...args: unknown[]) => unknown;

/** The same writes, which tell what they touched: those that are made `together` once all of it is done, or not at all. */
function telling(writes: Record<string, object>, onChange: (touched: Touched[]) => void) {
  let tell = onChange;
  const tellingOf = (part: string, name: string, query: Query): Query => {
    const touchedBy = (TOUCHED as unknown as Record<string, Record<string, Query | null>>)[part]![name];
    return (...args) => {
      const result = query(...args);
      if (touchedBy) tell(touchedBy(result, ...args) as Touched[]);
      return result;
    };
  };
  const all = Object.entries(writes).map(([part, queries]) => [
    part,
    Object.fromEntries(Object.entries(queries).map(([name, query]) => [name, tellingOf(part, name, query as Query)])),
  ]);
  const together = <R>(work: () => R): R => {
    const outer = tell;
    const touched: Touched[] = [];
    tell = (more) => void touched.push(...more);
    let result: R;
    try {
      result = work();
    } finally {
      tell = outer;
    }
    outer(touched);
    return result;
  };
  return { writing: Object.fromEntries(all) as Record<string, object>, together };
}

/** One change as a message: whose, which, and its arguments, all of which can be cloned. */
export type Write = {
  [A in keyof Writing]: { [Q in keyof Writing[A]]: [A, Q, ...Parameters<Bound<Writing[A][Q]>>] }[keyof Writing[A]];
}[keyof Writing];

/** Makes changes in one transaction: all of them, or none. @returns what each of them gives */
export function applyWrites(store: Store, writes: readonly Write[]): unknown[] {
  return store.atomically(() =>
    writes.map(([part, name, ...args]) => {
      const queries = store[part] as Record<string, (...args: unknown[]) => unknown>;
      return queries[name]!(...args);
    }),
  );
}
