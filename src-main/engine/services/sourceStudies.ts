import { CutpointError } from '../../contract/errors.ts';
import type { Handlers } from '../../contract/index.ts';
import type { ComparisonSummary } from '../../contract/comparison/index.ts';
import type { SourceStudyPlan, SourceStudySummary } from '../../contract/sourceStudy.ts';
import type { PlanData } from '../cohort/planData.ts';
import { courseOf } from '../comparisons/courses.ts';
import type { Training } from '../jobs/training.ts';
import type { LaneClient } from '../lanes/methods.ts';
import { checkPlan } from '../sourceStudies/checks.ts';
import { rowOf, summaryOf } from '../sourceStudies/summary.ts';
import { wantedOf, type Wanted } from '../sourceStudies/wanted.ts';
import type { OwnWorkspace } from '../store/workspace.ts';
import { preparedComparison } from './comparisons.ts';

type SourceStudyHandlers = Pick<
  Handlers,
  | 'sourceStudy.start'
  | 'sourceStudy.runs'
  | 'sourceStudy.list'
  | 'sourceStudy.get'
  | 'sourceStudy.stop'
  | 'sourceStudy.resume'
  | 'sourceStudy.openTest'
  | 'sourceStudy.remove'
>;

interface Reading {
  signal: AbortSignal;
  progress(event: { done: number; total: number }): void;
}

/** Starts, stops and resumes source studies: their tournaments wait in the queue, one behind the other. */
export function sourceStudyHandlers(
  workspace: OwnWorkspace,
  { training, files }: { training: Training; files: LaneClient },
): SourceStudyHandlers {
  const { store } = workspace;
  const summary = (id: string): SourceStudySummary => summaryOf(store, store.sourceStudies.get(id), { going: false });

  /** Reads the data of what is wanted, once for each target, and checks it all before anything is stored. */
  const prepared = async (wanted: readonly Wanted[], { signal, progress }: Reading) => {
    const read = new Map<string, PlanData>();
    const ready: { target: string; store(): ComparisonSummary }[] = [];
    for (const { target, plan } of wanted) {
      try {
        const data =
          read.get(target.name) ?? (await files.call('lane.planData', plan.base, { signal, onProgress: progress }));
        read.set(target.name, data);
        const { study } = target;
        ready.push({ target: target.name, store: preparedComparison(plan, { data, study, workspace }) });
      } catch (thrown) {
        throw ofTarget(target.name, thrown);
      }
    }
    signal.throwIfAborted();
    return { ready, read };
  };

  return {
    'sourceStudy.runs'(plan) {
      const checks = checkPlan(plan, workspace);
      const wanted = wantedOf({ plan, checks, members: [] }, store);
      return { ...checks, runs: wanted.reduce((sum, each) => sum + courseOf(each.plan).cells(each.plan).length, 0) };
    },

    async 'sourceStudy.start'(plan, call) {
      const checks = checkPlan(plan, workspace);
      requireStudies(plan, workspace);
      const { ready } = await prepared(wantedOf({ plan, checks, members: [] }, store), call);
      const { id, begun } = store.atomically(() => {
        const id = store.sourceStudies.create(plan, checks);
        return { id, begun: ready.map((each) => storeMember(store, id, each)) };
      });
      for (const comparison of begun) training.launchComparison(comparison);
      return summary(id);
    },

    'sourceStudy.list': () =>
      store.sourceStudies.list().map((study) => rowOf(summaryOf(store, study, { going: false }))),
    'sourceStudy.get': ({ id }) => summary(id),

    async 'sourceStudy.stop'({ id }) {
      const active = store.sourceStudies
        .get(id)
        .members.flatMap(({ comparison }) => training.comparison(comparison) ?? []);
      if (active.length === 0) {
        throw new CutpointError(
          'SOURCE_STUDY_STATE',
          `The source study ${id} is not running; it is ${summary(id).status}.`,
        );
      }
      // Those that wait first: none of them takes the turn of the one that trains.
      for (const { id: comparison } of active.toReversed()) training.steer(comparison, 'stop');
      await Promise.all(active.map(({ ended }) => ended));
      return summary(id);
    },

    async 'sourceStudy.resume'({ id }, { signal }) {
      const study = store.sourceStudies.get(id);
      const wanted = wantedOf(study, store);
      const left = study.members
        .map(({ comparison }) => store.comparisons.get(comparison))
        .filter(({ status, cells }) => status !== 'completed' || cells.some((cell) => cell.status === 'failed'));
      if (wanted.length === 0 && left.length === 0) {
        throw new CutpointError(
          'SOURCE_STUDY_STATE',
          `The source study ${id} is completed; there is nothing to resume.`,
        );
      }
      const { ready } = await prepared(wanted, { signal, progress: () => {} });
      for (const comparison of left) {
        if (training.comparison(comparison.id)) continue;
        store.comparisonCells.forgetFailures(comparison.id);
        training.launchComparison(comparison);
      }
      const added = store.atomically(() => ready.map((each) => storeMember(store, id, each)));
      for (const comparison of added) training.launchComparison(comparison);
      return summary(id);
    },

    'sourceStudy.openTest'({ id, reason }) {
      const { members } = store.sourceStudies.get(id);
      if (members.length === 0) {
        throw new CutpointError('SOURCE_STUDY_STATE', `Nothing was trained for the source study ${id} yet.`);
      }
      store.atomically(() => {
        for (const { comparison } of members) store.comparisons.openTest(comparison, { purpose: 'figures', reason });
      });
      return summary(id).testOpened!;
    },

    'sourceStudy.remove'({ id }) {
      store.sourceStudies.remove(id);
      return null;
    },
  };
}

function storeMember(
  store: OwnWorkspace['store'],
  id: string,
  { target, store: create }: { target: string; store(): ComparisonSummary },
): ComparisonSummary {
  const comparison = create();
  store.sourceStudies.addMember(id, { target, comparison: comparison.id });
  return comparison;
}

/** @throws CutpointError STUDY_UNKNOWN */
function requireStudies({ targets }: SourceStudyPlan, { store }: OwnWorkspace): void {
  for (const { study } of targets) if (study !== undefined) store.studies.get(study);
}

/** Of several targets, the one that cannot be used is named. */
function ofTarget(target: string, thrown: unknown): CutpointError {
  const { code, message, remedy, details } = CutpointError.from(thrown);
  return new CutpointError(code, `Target ‘${target}’: ${message}`, {
    ...(remedy !== undefined && { remedy }),
    ...(details !== undefined && { details }),
    cause: thrown,
  });
}
