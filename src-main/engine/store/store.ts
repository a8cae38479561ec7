import { atomically, type Writable } from './database.ts';
import { guarded } from './failures.ts';
import { listDamaged } from './queries/damaged.ts';
import * as datasets from './queries/datasets.ts';
import * as epochs from './queries/epochs.ts';
import * as evaluations from './queries/evaluations.ts';
import * as exports from './queries/exports.ts';
import * as log from './queries/log.ts';
import * as predictions from './queries/predictions.ts';
import * as remove from './queries/remove.ts';
import * as runs from './queries/runs.ts';
import * as sources from './queries/sources.ts';
import * as splits from './queries/splits.ts';
import * as studies from './queries/studies.ts';
import * as studyCells from './queries/studyCells.ts';
import * as studyNotes from './queries/studyNotes.ts';

/** A query with its first argument, the handle, filled in. */
type Bound<F> = F extends (db: never, ...args: infer A) => infer R ? (...args: A) => R : never;

/** The queries of one aggregate on one database, their failures told as CutpointError. */
function aggregate<T extends Record<string, (db: Writable, ...args: never[]) => unknown>>(
  db: Writable,
  folder: string,
  queries: T,
): { [K in keyof T]: Bound<T[K]> } {
  const bound = Object.entries(queries).map(([name, query]) => [name, (...args: never[]) => query(db, ...args)]);
  const isWhole = (): boolean => db.prepare<[], string>('PRAGMA integrity_check(1)').pluck().get() === 'ok';
  return guarded(folder, Object.fromEntries(bound) as { [K in keyof T]: Bound<T[K]> }, isWhole);
}

/**
 * Everything a workspace remembers. Each call is one transaction, and so is all that is called within `atomically`; when
 * it returns, the change is on the disk.
 */
export function openStore(db: Writable, folder: string) {
  return {
    ...guarded(folder, { atomically: <R>(work: () => R): R => atomically(db, work) }),
    datasets: aggregate(db, folder, {
      save: datasets.saveDataset,
      load: datasets.loadDataset,
      move: datasets.moveDataset,
    }),
    splits: aggregate(db, folder, { save: splits.saveSplit, load: splits.loadSplit }),
    sources: aggregate(db, folder, {
      add: sources.addSource,
      setChecksum: sources.setSourceChecksum,
      get: sources.getSource,
      list: sources.listSources,
    }),
    runs: aggregate(db, folder, {
      create: runs.createRun,
      setStatus: runs.setRunStatus,
      setBatch: runs.setRunBatch,
      setDataset: runs.setRunDataset,
      datasets: runs.runDatasets,
      get: runs.getRun,
      list: runs.listRuns,
    }),
    epochs: aggregate(db, folder, {
      add: epochs.addEpoch,
      last: epochs.lastEpoch,
      best: epochs.bestEpoch,
      discardAfterBest: epochs.discardAfterBest,
      takeOver: epochs.takeOverEpochs,
      setChecksum: epochs.setEpochChecksum,
    }),
    predictions: aggregate(db, folder, { save: predictions.savePredictions, load: predictions.loadPredictions }),
    evaluations: aggregate(db, folder, { save: evaluations.saveEvaluation, load: evaluations.loadEvaluation }),
    exports: aggregate(db, folder, {
      add: exports.addExport,
      setLatency: exports.setExportLatency,
      list: exports.listExports,
    }),
    studies: aggregate(db, folder, {
      create: studies.createStudy,
      setStatus: studies.setStudyStatus,
      datasets: studies.studyDatasets,
      get: studies.getStudy,
      list: studies.listStudies,
    }),
    studyCells: aggregate(db, folder, {
      begin: studyCells.beginCell,
      finish: studyCells.finishCell,
      find: studyCells.findCell,
      list: studyCells.listCells,
      forgetFailures: studyCells.forgetFailures,
    }),
    studyNotes: aggregate(db, folder, { save: studyNotes.saveNote, load: studyNotes.loadNote }),
    storage: aggregate(db, folder, {
      ids: remove.idsOf,
      ownership: remove.ownership,
      weightsFile: remove.weightsFileOf,
      exportCount: remove.exportCount,
      datasets: remove.listDatasets,
      damaged: listDamaged,
      remove: remove.removeRows,
      compact: remove.compact,
      compactable: remove.compactable,
    }),
    log: aggregate(db, folder, { append: log.appendLog, list: log.listLog }),
  };
}

export type Store = ReturnType<typeof openStore>;
