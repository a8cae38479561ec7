import { CutpointError } from '../../contract/errors.ts';
import type { CallContext, Handlers } from '../../contract/index.ts';
import type { SourceStudyPlan, StudyChecks } from '../../contract/sourceStudy.ts';
import { trainingPlan } from '../../contract/plan.ts';
import type { PlanData } from '../cohort/planData.ts';
import { courseOf } from '../comparisons/courses.ts';
import type { Training } from '../jobs/training.ts';
import type { LaneClient } from '../lanes/methods.ts';
import { checkPlan, requireSomething } from '../sourceStudies/checks.ts';
import { memberPlan } from '../sourceStudies/members.ts';
import { overlapsOf } from '../sourceStudies/overlaps.ts';
import { pretrainingOf } from '../sourceStudies/pretraining.ts';
import { rowOf } from '../sourceStudies/summary.ts';
import { wantedOf } from '../sourceStudies/wanted.ts';
import type { OwnWorkspace } from '../store/workspace.ts';
import { runHandlers } from './runs.ts';
import { named, StudyCourse } from './studyCourse.ts';

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

/** Starts, stops and resumes source studies: what they are made of waits in the queue, one behind the other. */
export function sourceStudyHandlers(
  workspace: OwnWorkspace,
  { training, compute, files }: { training: Training; compute: LaneClient; files: LaneClient },
): SourceStudyHandlers {
  const { store } = workspace;
  const runs = runHandlers(workspace, { training, compute, files });
  const course = new StudyCourse(workspace, { training, files, runs });

  /** Reads the data of every target, and of every source that is to be trained: what is wrong with one shows now. */
  const read = async (plan: SourceStudyPlan, { signal, progress }: CallContext<'sourceStudy.start'>) => {
    const dataOf = async (what: string, asked: Pick<SourceStudyPlan['targets'][number], 'data' | 'accept'>) => {
      const of = trainingPlan.parse({ data: asked.data, accept: asked.accept, backbone: plan.backbones[0] });
      return files.call('lane.planData', of, { signal, onProgress: progress }).catch((thrown: unknown) => {
        throw named(what, thrown);
      });
    };
    const targets = new Map<string, PlanData>();
    const sources = new Map<string, PlanData>();
    for (const target of plan.targets) targets.set(target.name, await dataOf(`Target ‘${target.name}’`, target));
    const lacking = new Set(
      pretrainingOf(plan, store).flatMap(({ source, status }) => (status === 'completed' ? [] : source)),
    );
    for (const { name, train } of plan.sources)
      if (train && lacking.has(name)) sources.set(name, await dataOf(`Source ‘${name}’`, train));
    return { targets, sources, lacking };
  };

  return {
    'sourceStudy.runs'(plan) {
      const checks = checkPlan(plan, workspace);
      const pretrained = pretrainingOf(plan, store).filter(({ status }) => status !== 'completed');
      const runs = plan.targets.flatMap((target) =>
        plan.backbones.flatMap((backbone) => {
          const weights = plan.sources.flatMap(({ name }) => (checks.leftOut.some((each) => each.source === name && each.backbone === backbone) ? [] : [name]));
          const tournament = memberPlan(plan, { target, backbone, weights, baseline: true });
          return courseOf(tournament).cells(tournament);
        }),
      ); // prettier-ignore
      return { ...checks, runs: runs.length + pretrained.length };
    },

    async 'sourceStudy.start'(plan, call) {
      const checks = checkPlan(plan, workspace);
      requireStudies(plan, workspace);
      const { targets, sources, lacking } = await read(plan, call);
      const { leftOut, noticed } = overlapsOf(plan, store, { targets, sources });
      const known: StudyChecks = { leftOut: [...checks.leftOut, ...leftOut], noticed };
      requireSomething(plan, known.leftOut);
      const wanted = wantedOf({ plan, checks: known, members: [] }, store);
      // Of those that wait for their sources the folds can be checked all the same.
      const ready = await course.prepare(lacking.size > 0 ? withoutSources(plan) : wanted, call);
      const id = store.sourceStudies.create(plan, known);
      if (lacking.size > 0) course.go(id);
      else course.begin(id, ready);
      return course.summary(id);
    },

    'sourceStudy.list': () => store.sourceStudies.list().map(({ id }) => rowOf(course.summary(id))),
    'sourceStudy.get': ({ id }) => course.summary(id),

    async 'sourceStudy.stop'({ id }) {
      if (await course.stop(id)) return course.summary(id);
      const { status } = course.summary(id);
      throw new CutpointError('SOURCE_STUDY_STATE', `The source study ${id} is not running; it is ${status}.`);
    },

    async 'sourceStudy.resume'({ id }, { signal }) {
      const study = store.sourceStudies.get(id);
      const left = study.members
        .map(({ comparison }) => store.comparisons.get(comparison))
        .filter(({ status, cells }) => status !== 'completed' || cells.some((cell) => cell.status === 'failed'));
      const { pretraining } = course.summary(id);
      const lacking = pretraining.some(({ status }) => status !== 'completed');
      const wanted = wantedOf(study, store);
      if (left.length === 0 && !lacking && wanted.length === 0) {
        throw new CutpointError(
          'SOURCE_STUDY_STATE',
          `The source study ${id} is completed; there is nothing to resume.`,
        );
      }
      // What is wrong with the data is said to whoever asks; of what waits for its sources, by the study itself.
      const ready = lacking ? [] : await course.prepare(wanted, { signal, progress: () => {} });
      for (const comparison of left) {
        if (training.comparison(comparison.id)) continue;
        store.comparisonCells.forgetFailures(comparison.id);
        training.launchComparison(comparison);
      }
      if (lacking) course.go(id);
      else course.begin(id, ready);
      return course.summary(id);
    },

    'sourceStudy.openTest'({ id, reason }) {
      const { members } = store.sourceStudies.get(id);
      if (members.length === 0) {
        throw new CutpointError('SOURCE_STUDY_STATE', `Nothing was trained for the source study ${id} yet.`);
      }
      store.atomically(() => {
        for (const { comparison } of members) store.comparisons.openTest(comparison, { purpose: 'figures', reason });
      });
      return course.summary(id).testOpened!;
    },

    'sourceStudy.remove'({ id }) {
      const { status } = course.summary(id);
      if (status === 'running') {
        throw new CutpointError('SOURCE_STUDY_STATE', `The source study ${id} is running.`, {
          remedy: 'Stop it first.',
        });
      }
      store.sourceStudies.remove(id);
      return null;
    },
  };
}

/** Tournaments without transfer: they have the folds of the others. */
const withoutSources = (plan: SourceStudyPlan) =>
  plan.targets.map((target) => ({
    target,
    plan: memberPlan(plan, { target, backbone: plan.backbones[0]!, weights: [], baseline: true }),
  }));

/** @throws CutpointError STUDY_UNKNOWN */
function requireStudies({ targets }: SourceStudyPlan, { store }: OwnWorkspace): void {
  for (const { study } of targets) if (study !== undefined) store.studies.get(study);
}
