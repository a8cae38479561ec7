import { CutpointError } from '../../contract/errors.ts';
import type { Handlers } from '../../contract/index.ts';
import { once } from '../../contract/stream.ts';
import type { StudyEvent, StudyPlan } from '../../contract/study/index.ts';
import type { OwnWorkspace } from '../store/workspace.ts';
import { cellPlan } from '../studies/cells.ts';
import { checkStudy } from '../studies/check.ts';
import { courseOf } from '../studies/courses.ts';
import { splits } from '../studies/splits.ts';
import { requireSvm } from '../train/requireSvm.ts';
import type { LaneClient } from '../lanes/methods.ts';
import { withScale, type PlanData } from '../cohort/planData.ts';
import type { Training } from '../jobs/training.ts';

type StudyHandlers = Pick<Handlers, 'study.start' | 'study.watch' | 'study.stop' | 'study.resume'>;

/** Starts, follows, stops and resumes studies; one at a time, and no run beside it: others wait in the queue. */
export function studyHandlers(
  workspace: OwnWorkspace,
  { training, files }: { training: Training; files: LaneClient },
): StudyHandlers {
  const { store } = workspace;

  return {
    async 'study.start'(asked, { signal, progress }) {
      checkStudy(asked, workspace);
      const data = await files.call('lane.planData', asked.base, { signal, onProgress: progress });
      const plan = { ...asked, base: withScale(asked.base, data) };
      checkSplits(plan, data, workspace);
      // Who cancelled while the last file was read must not find a study going on.
      signal.throwIfAborted();
      const study = store.atomically(() => {
        const test = data.test ? store.datasets.save(data.test) : null;
        const base = { ...plan.base, accept: data.accepted };
        return store.studies.create({
          plan: { ...plan, base },
          classes: data.classes,
          dataset: store.datasets.save(data.dataset),
          test,
        });
      });
      return training.launchStudy(study);
    },

    async 'study.watch'({ id, after }, { signal, progress }) {
      const tell = once<StudyEvent>(progress, ({ kind }) => kind === 'finished');
      const picture = (): StudyEvent[] => {
        const { cells, status } = store.studies.get(id);
        return [...cells.map((record) => ({ kind: 'finished' as const, record })), { kind: 'status', status }];
      };
      const active = training.followedStudy(id);
      if (active) await active.followers.follow(tell, { ended: active.ended, signal, after, picture });
      else picture().forEach(tell);
      return store.studies.get(id);
    },

    async 'study.stop'({ id }) {
      const active = training.study(id);
      if (!active) {
        throw new CutpointError(
          'STUDY_STATE',
          `The study ${id} is not running; it is ${store.studies.get(id).status}.`,
        );
      }
      training.steer(id, 'stop');
      await active.ended;
      return store.studies.get(id);
    },

    async 'study.resume'({ id }) {
      const study = store.studies.get(id);
      if (training.study(id)) return study;
      const failures = study.cells.filter(({ status }) => status === 'failed').length;
      if (study.status === 'completed' && failures === 0) {
        throw new CutpointError('STUDY_STATE', `The study ${id} is completed; there is nothing to resume.`);
      }
      // What failed is tried again: the disk may have room now.
      store.studyCells.forgetFailures(id);
      return training.launchStudy(study);
    },
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
