import { CutpointError } from '../../contract/errors.ts';
import type { Handlers } from '../../contract/index.ts';
import type { RunEvent } from '../../contract/run.ts';
import type { StudyEvent, StudyPlan, StudySummary } from '../../contract/study/index.ts';
import { logDefect } from '../defects.ts';
import type { OwnWorkspace } from '../store/workspace.ts';
import { cellPlan } from '../studies/cells.ts';
import { checkStudy } from '../studies/check.ts';
import { courseOf } from '../studies/courses.ts';
import { splits } from '../studies/splits.ts';
import { dropLastCheckpoints } from '../studies/tidy.ts';
import { openStudy, type StudyHost } from '../studies/study.ts';
import { requireSvm } from '../train/requireSvm.ts';
import { Followers } from '../jobs/followers.ts';
import { readPlanData, withScale, type PlanData } from '../cohort/planData.ts';
import type { Training } from '../jobs/training.ts';

type StudyHandlers = Pick<Handlers, Extract<keyof Handlers, `study.${string}`>>;

/** Starts, follows, stops and resumes studies; one at a time, and no run beside it. */
export function studyHandlers(workspace: OwnWorkspace, training: Training): StudyHandlers {
  const { store } = workspace;

  const launch = (id: string): StudySummary => {
    const followers = new Followers<StudyEvent>();
    const aborted = new AbortController();
    let ending: 'stopped' | 'interrupted' | null = null;
    const emit = (event: StudyEvent): void => tell(followers, event);
    const host: StudyHost = {
      workspace,
      emit,
      signal: aborted.signal,
      train(run, onEvent) {
        const { control, ended } = training.launch(run, onEvent);
        if (ending) control.end('interrupt');
        return ended;
      },
    };
    const { plan } = store.studies.get(id);
    const { course, cells } = courseOf(plan);
    store.studies.setStatus(id, 'running');
    const ended = Promise.resolve()
      .then(() => course(openStudy(id, { plan, planned: cells(plan), host })))
      .then(async (result) => {
        store.studies.setStatus(id, 'completed', { result });
        // Whatever cannot be removed now is only in the way.
        await dropLastCheckpoints(id, workspace).catch((thrown: unknown) =>
          logDefect('study', CutpointError.from(thrown)),
        );
      })
      .catch((thrown: unknown) => {
        if (ending) return store.studies.setStatus(id, ending);
        const error = CutpointError.from(thrown);
        const { code, message, remedy } = error;
        if (code === 'DEFECT') logDefect('study', error);
        store.studies.setStatus(id, 'failed', { error: { code, message, remedy } });
      })
      .finally(() => {
        training.study = null;
        emit({ kind: 'status', status: store.studies.get(id).status });
      });
    // Where even the end cannot be stored (a full disk), who follows the study is told; nobody may be following.
    ended.catch(() => {});
    const end = (how: 'stop' | 'interrupt'): void => {
      ending = how === 'stop' && ending === null ? 'stopped' : 'interrupted';
      aborted.abort();
      // Its run is not tested early, but can go on.
      training.run?.control.end('interrupt');
    };
    training.study = { id, end, followers, ended };
    return store.studies.get(id);
  };

  return {
    async 'study.start'(asked, call) {
      training.requireIdle();
      checkStudy(asked, workspace);
      const data = await readPlanData(asked.base, workspace, call);
      const plan = { ...asked, base: withScale(asked.base, data) };
      checkSplits(plan, data, workspace);
      training.requireIdle();
      // Who cancelled while the last file was read must not find a study going on.
      call.signal.throwIfAborted();
      const { id } = store.atomically(() => {
        const test = data.test ? store.datasets.save(data.test) : null;
        const base = { ...plan.base, accept: data.accepted };
        return store.studies.create({
          plan: { ...plan, base },
          classes: data.classes,
          dataset: store.datasets.save(data.dataset),
          test,
        });
      });
      return launch(id);
    },

    async 'study.watch'({ id }, { signal, progress }) {
      const study = store.studies.get(id);
      for (const record of study.cells) progress({ kind: 'finished', record });
      progress({ kind: 'status', status: study.status });
      const active = training.study?.id === id ? training.study : null;
      await active?.followers.follow(progress, active.ended, signal);
      return store.studies.get(id);
    },

    async 'study.stop'({ id }) {
      const active = training.study;
      if (active?.id !== id) {
        throw new CutpointError(
          'STUDY_STATE',
          `The study ${id} is not running; it is ${store.studies.get(id).status}.`,
        );
      }
      active.end('stop');
      await active.ended;
      return store.studies.get(id);
    },

    async 'study.resume'({ id }) {
      const study = store.studies.get(id);
      if (training.study?.id === id) return study;
      training.requireIdle();
      const failures = study.cells.filter(({ status }) => status === 'failed').length;
      if (study.status === 'completed' && failures === 0) {
        throw new CutpointError('STUDY_STATE', `The study ${id} is completed; there is nothing to resume.`);
      }
      // What failed is tried again: the disk may have room now.
      store.studyCells.forgetFailures(id);
      return launch(id);
    },

    'study.list': () => store.studies.list(),
    'study.get': ({ id }) => store.studies.get(id),
  };
}

/**
 * Every run known beforehand has groups of every class in each of its parts.
 * @throws CutpointError TOO_FEW_GROUPS, INPUT_INVALID, CLASSES_DIFFER where the folder to test on lacks a class
 */
function checkSplits(plan: StudyPlan, { dataset, test }: PlanData, workspace: OwnWorkspace): void {
  const lacking = plan.kind === 'search' || !test ? [] : dataset.classes.filter((name) => !test.classes.includes(name));
  if (lacking.length > 0) {
    throw new CutpointError(
      'CLASSES_DIFFER',
      `The folder to test on has no image of the class "${lacking.join('", "')}": no AUROC could be compared.`,
      {
        remedy: 'Add images of it there, or name no folder to test on: then a share is set aside.',
        details: { lacking },
      },
    );
  }
  const splitOf = splits(plan, dataset, { testFolder: test !== null });
  for (const cell of courseOf(plan).cells(plan)) {
    requireSvm(cellPlan(plan.base, cell, workspace), dataset, splitOf(cell.seed, cell.fold));
  }
}

/** What goes on just now is the run that trains, with its latest state. */
function tell(followers: Followers<StudyEvent>, event: StudyEvent): void {
  if (event.kind === 'cell' || event.kind === 'finished') followers.forget();
  if (event.kind === 'run' && event.event.kind === 'stage') followers.forget('reading');
  followers.tell(event, nowKey(event));
}

const LASTING: readonly RunEvent['kind'][] = ['stage', 'reading', 'step'];

function nowKey(event: StudyEvent): string | undefined {
  if (event.kind === 'run') return LASTING.includes(event.event.kind) ? event.event.kind : undefined;
  return event.kind === 'cell' || event.kind === 'message' ? event.kind : undefined;
}
