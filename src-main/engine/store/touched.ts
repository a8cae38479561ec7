import type { ChangedKind } from '../../contract/changes.ts';
import type { TableRows } from './queries/archived.ts';
import type { Bound, Writing } from './store.ts';

/** What a write touched; without an id: any of its kind. */
export interface Touched {
  kind: Exclude<ChangedKind, 'all'>;
  id: string | null;
}

type TouchedBy<F> =
  Bound<F> extends (...args: infer A) => infer R ? ((result: R, ...args: A) => Touched[]) | null : never;
type TouchedByAll = { [A in keyof Writing]: { [Q in keyof Writing[A]]: TouchedBy<Writing[A][Q]> } };

const study = (id: string): Touched => ({ kind: 'study', id });
const run = (id: string): Touched => ({ kind: 'run', id });
const comparison = (id: string): Touched => ({ kind: 'comparison', id });
const source = (id: string): Touched => ({ kind: 'source', id });
const sourceStudy = (id: string): Touched => ({ kind: 'sourceStudy', id });
const dataset = (id: string): Touched => ({ kind: 'dataset', id });
const job = (id: string | null): Touched => ({ kind: 'job', id });
const exportOf = (id: string | null): Touched => ({ kind: 'export', id });

const valuesOf = ({ columns, rows }: TableRows, column: string): string[] =>
  rows.map((row) => String(row[columns.indexOf(column)]));

/** What each write touches, by what it gave and what it was given; null: nothing that anybody is shown. */
export const TOUCHED: TouchedByAll = {
  studies: {
    create: (id) => [study(id)],
    duplicate: (id) => [study(id)],
    import: (id, tables) => [
      study(id),
      ...valuesOf(tables.runs!, 'id').map(run),
      ...valuesOf(tables.comparisons!, 'id').map(comparison),
      ...valuesOf(tables.sources!, 'name').map(source),
      ...valuesOf(tables.datasets!, 'id').map(dataset),
    ],
    edit: (_, id) => [study(id)],
    open: (_, id) => [study(id)],
    linkJob: (_, id) => [study(id)],
  },
  datasets: { save: (id) => [dataset(id)], move: (_, id) => [dataset(id)] },
  splits: { save: (_, id) => [run(id)] },
  sources: { add: (_, { name }) => [source(name)], setChecksum: (_, name) => [source(name)] },
  runs: {
    create: ({ id, study: of }) => [run(id), ...(of === null ? [] : [study(of)])],
    edit: (_, id) => [run(id)],
    openTest: (_, id) => [run(id)],
    setStatus: (_, id) => [run(id)],
    setBatch: (_, id) => [run(id)],
    setPrecision: (_, id) => [run(id)],
    addSmallerBatch: (_, id) => [run(id)],
    setDataset: (_, id) => [run(id)],
  },
  runChoices: { save: (_, id) => [run(id)] },
  epochs: {
    add: (_, id) => [run(id)],
    discardAfterBest: (_, id) => [run(id)],
    takeOver: (_, _from, to) => [run(to)],
    setChecksum: (_, id) => [run(id)],
  },
  predictions: { save: (_, id) => [run(id)] },
  preferences: { set: () => [{ kind: 'preferences', id: null }] },
  evaluations: { save: (_, id) => [run(id)] },
  exports: { add: (_, record) => [exportOf(record.run)], setLatency: (_, record) => [exportOf(record.run)] },
  jobs: {
    create: (id) => [job(id)],
    begin: (_, id) => [job(id)],
    end: (_, id) => [job(id)],
    forgetOldest: () => [job(null)],
  },
  comparisons: {
    create: ({ id, study: of }) => [comparison(id), ...(of === null ? [] : [study(of)])],
    edit: (_, id) => [comparison(id)],
    // Its runs are opened with it.
    openTest: (_, id) => [comparison(id), { kind: 'run', id: null }],
    setStatus: (_, id) => [comparison(id)],
  },
  comparisonCells: {
    begin: (_, id) => [comparison(id)],
    beginRun: (id, of) => [run(id), comparison(of)],
    finish: (_, id) => [comparison(id)],
    forgetFailures: (_, id) => [comparison(id)],
  },
  comparisonNotes: { save: (_, id) => [comparison(id)] },
  sourceStudies: {
    create: (id) => [sourceStudy(id)],
    addMember: (_, id) => [sourceStudy(id)],
    remove: (_, id) => [sourceStudy(id)],
  },
  storage: {
    remove: (_, rows) => [
      ...rows.studies.map(study),
      ...rows.runs.map(run),
      ...rows.comparisons.map(comparison),
      ...rows.sources.map(source),
      ...rows.datasets.map(dataset),
      ...rows.runs.map(exportOf),
      // Jobs go with what they were made of.
      job(null),
      // Of these only their own numbers are known.
      ...(rows.exports.length > 0 ? [exportOf(null)] : []),
    ],
    compact: null,
  },
  log: { append: null },
};
