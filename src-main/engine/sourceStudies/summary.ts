import type { ComparisonSummary } from '../../contract/comparison/index.ts';
import type { SourceStudyRow, SourceStudySummary, StudyMember, StudyPretraining } from '../../contract/sourceStudy.ts';
import { courseOf } from '../comparisons/courses.ts';
import type { StoredSourceStudy } from '../store/queries/sourceStudies.ts';
import type { Reader } from '../store/store.ts';
import { pretrainingOf } from './pretraining.ts';
import { wantedOf } from './wanted.ts';

/**
 * A study as it stands. It has no status of its own: it follows from its tournaments, so that nothing has to be mended when
 * an engine was killed.
 * @param going whether it is just being continued, though no tournament of it may train or wait yet
 */
export function summaryOf(
  store: Reader,
  study: StoredSourceStudy,
  { going }: { going: boolean },
): Omit<SourceStudySummary, 'error'> {
  const { members: stored, checks, ...facts } = study;
  const comparisons = stored.map(({ comparison }) => store.comparisons.get(comparison));
  const members = stored.map(({ target }, at) => memberOf(target, comparisons[at]!));
  const pretraining = pretrainingOf(study.plan, store);
  const complete = members.length > 0 && wantedOf(study, store).length === 0;
  return {
    ...facts,
    ...checks,
    status: going ? 'running' : statusOf([...pretraining, ...members], { complete }),
    ...{ pretraining, members },
    testOpened: openedOf(comparisons),
  };
}

/** What lists show of it. */
export function rowOf(summary: Omit<SourceStudySummary, 'error'>): SourceStudyRow {
  const { id, createdAt, status, testOpened, plan, members } = summary;
  const sum = (of: 'planned' | 'done' | 'failed'): number => members.reduce((total, each) => total + each[of], 0);
  return {
    ...{ id, createdAt, status, testOpened },
    targets: plan.targets.map(({ name }) => name),
    sources: plan.sources.map(({ name }) => name),
    backbones: plan.backbones,
    ...{ planned: sum('planned'), done: sum('done'), failed: sum('failed') },
  };
}

function memberOf(target: string, { id, status, plan, cells, error }: ComparisonSummary): StudyMember {
  const failures = cells.filter((cell) => cell.status === 'failed');
  const errors = [error, ...failures.map((cell) => cell.error)].flatMap((each) => each?.message ?? []);
  return {
    ...{ target, backbone: plan.base.backbone, comparison: id, status },
    planned: courseOf(plan).cells(plan).length,
    done: cells.length,
    failed: failures.length,
    errors: [...new Set(errors)],
  };
}

/** @param complete whether no tournament is lacking */
function statusOf(
  parts: readonly (StudyMember | StudyPretraining)[],
  { complete }: { complete: boolean },
): SourceStudySummary['status'] {
  // A source that was not begun waits for the study, not in the queue.
  const begun = parts.filter((part) => !('run' in part && part.run === null));
  const some = (...statuses: StudyMember['status'][]): boolean => begun.some(({ status }) => statuses.includes(status));
  if (some('running', 'queued', 'paused')) return 'running';
  if (some('stopped')) return 'stopped';
  const isWhole = complete && parts.every(({ status }) => status === 'completed' || status === 'failed');
  return isWhole ? 'completed' : 'interrupted';
}

/** Those of one that was opened before count from when the last was. */
function openedOf(comparisons: readonly ComparisonSummary[]): SourceStudySummary['testOpened'] {
  const opened = comparisons.flatMap(({ testOpened }) => testOpened ?? []);
  if (comparisons.length === 0 || opened.length < comparisons.length) return null;
  const at = opened.map((each) => each.at).reduce((a, b) => (b > a ? b : a));
  return { at, times: Math.min(...opened.map(({ times }) => times)) };
}
