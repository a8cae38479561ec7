import type { ComparisonRow } from '../../contract/comparison/index.ts';
import { auditReport } from '../../contract/data.ts';
import { dataSelection } from '../../contract/data.ts';
import { contract } from '../../contract/index.ts';
import { jobTitle } from '../../contract/jobTitles.ts';
import type { RunRow } from '../../contract/run.ts';
import { studyData, type StudyDetails, type StudyRow } from '../../contract/study.ts';
import type { StoredJob } from '../store/queries/jobs.ts';
import { selectionKey, type StoredStudy } from '../store/queries/studies.ts';
import type { Reader } from '../store/store.ts';

/** All that was done in a workspace, read once for all studies of a list. */
interface Work {
  runs: RunRow[];
  comparisons: ComparisonRow[];
  jobs: ReadonlyMap<string, StoredJob>;
}

export const workOf = (store: Reader): Work => ({
  runs: store.runs.list(),
  comparisons: store.comparisons.list(),
  jobs: jobsOf(store),
});

const jobsOf = ({ jobs }: Reader): Work['jobs'] =>
  new Map(jobs.list(Number.MAX_SAFE_INTEGER).map((job) => [job.id, job]));

/** What lists show of a study. */
export function rowOfStudy(store: Reader, study: StoredStudy, work: Work): StudyRow {
  const { id, name, createdAt, openedAt } = study;
  const own = ofStudy(store, id, work);
  const read = store.studies.dataset(id);
  return {
    ...{ id, name, createdAt, openedAt },
    folder: read?.moved ?? study.data?.folder ?? null,
    data: read?.data ?? audited(store, study, own.jobs),
    runs: own.runs.length,
    comparisons: own.comparisons.length,
    best: bestOf(own.runs),
    verdict: verdictOf(own.comparisons),
    testLooks: [...own.runs, ...own.comparisons].reduce((sum, { testOpened }) => sum + (testOpened?.times ?? 0), 0),
    active: activeOf(own),
  };
}

/** @throws CutpointError STUDY_UNKNOWN */
export function studyDetails(store: Reader, id: string): StudyDetails {
  const study = store.studies.get(id);
  // Asked for with every word that is typed: of this study alone.
  const work = { runs: store.runs.list(id), comparisons: store.comparisons.list(id), jobs: jobsOf(store) };
  const own = ofStudy(store, id, work);
  return {
    ...rowOfStudy(store, study, work),
    selection: study.data,
    draft: store.studies.draft(id),
    note: study.note,
    runIds: own.runs.map((run) => run.id),
    comparisonIds: own.comparisons.map((comparison) => comparison.id),
    jobIds: own.jobs.map((job) => job.id),
    exportIds: store.studies.exports(id),
  };
}

type Own = Pick<Work, 'runs' | 'comparisons'> & { jobs: StoredJob[] };

const ofStudy = (store: Reader, id: string, { runs, comparisons, jobs }: Work): Own => ({
  runs: runs.filter(({ study }) => study === id),
  comparisons: comparisons.filter(({ study }) => study === id),
  jobs: store.studies.jobs(id).flatMap((job) => jobs.get(job) ?? []),
});

/** By the validation AUPRC, whatever the epochs of the runs were chosen by; of test images nothing is said. */
function bestOf(runs: readonly RunRow[]): StudyRow['best'] {
  const ranked = runs
    .filter(({ status, validationAuprc }) => status !== 'failed' && validationAuprc !== null)
    .sort((a, b) => b.validationAuprc! - a.validationAuprc! || (b.validationAuroc ?? 0) - (a.validationAuroc ?? 0));
  if (ranked[0] === undefined) return null;
  const { id, name, backbone, network, validationAuroc, validationAuprc } = ranked[0];
  return { id, name, backbone, network, validationAuroc, validationAuprc };
}

function verdictOf(comparisons: readonly ComparisonRow[]): StudyRow['verdict'] {
  const latest = comparisons
    .filter(({ status, sealed, result }) => status === 'completed' && (sealed || result !== null))
    .sort((a, b) => ((a.finishedAt ?? '') < (b.finishedAt ?? '') ? 1 : -1))[0];
  if (!latest) return null;
  const { id, kind, finishedAt, sealed, result } = latest;
  return { id, kind, finishedAt, sealed, result };
}

const GOING = ['queued', 'running', 'paused'];

/** Runs of a comparison are a part of it. */
function activeOf({ runs, comparisons, jobs }: Own): StudyRow['active'] {
  const going = <E extends { status: string }>(list: readonly E[]): E[] =>
    list.filter(({ status }) => GOING.includes(status));
  return [
    ...going(comparisons).map(({ id, status, name, kind, backbone }) => ({
      ...{ kind: 'comparison' as const, id, status, title: name ?? `${TITLES[kind]} of ${backbone}` },
    })),
    ...going(runs.filter(({ comparison }) => comparison === null)).map(({ id, status, name, backbone, network }) => ({
      ...{ kind: 'run' as const, id, status, title: name ?? `${backbone}, ${network}` },
    })),
    ...jobs.flatMap(({ id, status, method, input }) => {
      if (status !== 'queued' && status !== 'running') return [];
      const { data } = contract[method].input.safeParse(input);
      return [{ kind: 'job' as const, id, status, title: data ? jobTitle(method, data) : method }];
    }),
  ];
}

const TITLES: Record<ComparisonRow['kind'], string> = {
  tournament: 'Tournament',
  search: 'Search',
  'learning-curve': 'Learning curve',
};

/** What the newest kept audit of the same selection counted, for a study of which nothing was trained yet. */
function audited({ jobs }: Reader, { data }: StoredStudy, own: readonly StoredJob[]): StudyRow['data'] {
  if (data === null) return null;
  const wanted = selectionKey(data);
  for (const { id, method, status, kept, input } of own) {
    if (method !== 'data.audit' || status !== 'completed' || !kept) continue;
    const selection = dataSelection.safeParse(input).data;
    if (selection === undefined || selectionKey(selection) !== wanted) continue;
    const { data: report } = auditReport.safeParse(jobs.answer(id));
    if (report) return studyData.parse(report);
  }
  return null;
}
