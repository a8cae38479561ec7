import { CutpointError } from '../../contract/errors.ts';
import type { CallContext, Handlers, ParsedInputOf } from '../../contract/index.ts';
import type { SourceWish } from '../../contract/origin.ts';
import type { RunSummary } from '../../contract/run.ts';
import { trainingPlan, type TrainingPlan } from '../../contract/plan.ts';
import { batchInForce } from '../../contract/smallerBatch.ts';
import type { Dataset } from '../data/types.ts';
import type { OwnWorkspace } from '../store/workspace.ts';
import { architectureOf, networkSize } from '../../backbone/architecture.ts';
import { requireBatch } from '../train/requireBatch.ts';
import { requireSvm } from '../train/requireSvm.ts';
import { withTask } from '../../contract/task/index.ts';
import { withPreprocessing } from '../transfer/source.ts';
import { requireUnchanged } from '../cohort/changed.ts';
import { decidedBy } from '../cohort/planData.ts';
import { requireNoLeaks } from '../cohort/leaks.ts';
import { plannedSplit } from '../cohort/split.ts';
import type { LaneClient } from '../lanes/methods.ts';
import type { ActiveRun, Training } from '../jobs/training.ts';
import { requireUnseen } from '../transfer/requireUnseen.ts';
import { requireUnwished } from './ownSources.ts';
import { requireFree, sourceName } from './sources.ts';

type RunHandlers = Pick<Handlers, 'run.start' | 'run.pause' | 'run.stop' | 'run.resume' | 'source.train'>;

/** Starts, pauses, stops and resumes runs; one trains at a time, others wait in the queue. */
export function runHandlers(
  workspace: OwnWorkspace,
  { training, compute, files }: { training: Training; compute: LaneClient; files: LaneClient },
): RunHandlers {
  const { store } = workspace;

  const requireActive = (id: string): ActiveRun => {
    const run = store.runs.get(id);
    requireOwn(run);
    const active = training.run(id);
    if (active) return active;
    throw new CutpointError('RUN_STATE', `The run ${id} is not training; it is ${run.status}.`);
  };
  /** Beside what trains there is no telling how much there will be: what waits is checked when its turn has come. */
  const requireMemory = async (plan: TrainingPlan, signal?: AbortSignal): Promise<void> => {
    if (training.ids.size === 0) await compute.call('lane.requireMemory', plan, signal && { signal });
  };
  /** Everything about a plan that can be wrong, found before anything is stored. */
  const prepareStart = async (plan: TrainingPlan, { signal, progress }: CallContext<'run.start'>) => {
    // Two class names stand for those of the data, which are not known yet: cut and input size are checked first.
    requireBatch(plan, architectureOf(plan, ['0', '1']));
    await requireMemory(plan, signal);
    const data = await files.call('lane.planData', plan, { signal, onProgress: progress });
    const { dataset, test } = data;
    const names = plannedSplit(dataset, plan, { testFolder: test !== null });
    requireSvm(plan, dataset, names);
    const accepted = [
      ...new Set([
        ...data.accepted,
        ...requireNoLeaks({ ...dataset, alike: data.alike }, [names], plan.accept),
        ...requireUnseen(store, plan, { dataset, test, parts: names }),
      ]),
    ];
    const split = dataset.images.map((image, index) => [image.file, names[index]!] as const);
    return { ...data, accepted, names, split };
  };

  /** @param wish what it is to become once it is completed */
  const start = async (
    { study, ...asked }: ParsedInputOf<'run.start'>,
    call: CallContext<'run.start'>,
    wish?: SourceWish,
  ): Promise<RunSummary> => {
    const complete = withPreprocessing(withTask(asked), workspace);
    const data = await prepareStart(complete, call);
    const plan = decidedBy(data, complete, data.names);
    // Who cancelled while the last file was read must not find a run training.
    call.signal.throwIfAborted();
    // One transaction: a run without its data could never be resumed.
    const id = store.atomically(() => {
      const { classes, accepted } = data;
      const size = networkSize(plan, classes);
      const run = store.runs.create({ plan: { ...plan, accept: accepted }, classes, ...size, study });
      const test = data.test ? store.datasets.save(data.test) : null;
      store.runs.setDataset(run.id, store.datasets.save(takenBy(data.dataset, plan)), test);
      store.splits.save(run.id, data.split);
      if (wish) store.runChoices.save(run.id, 'source', wish);
      return run.id;
    });
    return training.launchRun(store.runs.get(id));
  };

  return {
    'run.start': (input, call) => start(input, call),

    async 'source.train'({ name: asked, nature, ...plan }, call) {
      const name = sourceName(asked);
      requireFree(store, name);
      requireUnwished(store, name);
      return start(
        { ...trainingPlan.parse({ ...plan, strategy: 'full' }), ...(plan.study && { study: plan.study }) },
        call,
        { name, nature, failure: null },
      );
    },

    async 'run.pause'({ id }) {
      requireActive(id);
      if (training.isWaiting(id)) {
        throw new CutpointError('RUN_STATE', `The run ${id} is not training yet; it waits for its turn.`, {
          remedy: 'Stop it to take it out of the queue.',
        });
      }
      training.steer(id, 'pause');
      return store.runs.get(id);
    },

    async 'run.stop'({ id }) {
      const { ended } = requireActive(id);
      training.steer(id, 'stop');
      await ended;
      return store.runs.get(id);
    },

    async 'run.resume'({ id, batch }) {
      const run = store.runs.get(id);
      requireOwn(run);
      if (training.run(id)) {
        training.steer(id, 'resume');
        return store.runs.get(id);
      }
      // A run that is 'running' and not active is one whose end could not be stored.
      if (run.status === 'completed') {
        throw new CutpointError('RUN_STATE', `The run ${id} is ${run.status}; there is nothing to resume.`);
      }
      const architecture = architectureOf(run.plan, run.classes);
      const plan = { ...run.plan, batch: batch ?? run.plan.batch };
      if (plan.batch !== run.plan.batch) {
        requireUntrained(run);
        requireBatch(plan, architecture);
      }
      await requireMemory({ ...plan, batch: batch ?? batchInForce(run) });
      requireUnchanged(id, await files.call('lane.changedImages', { run: id }));
      if (training.run(id)) return store.runs.get(id);
      if (plan.batch !== run.plan.batch) store.runs.setBatch(id, plan.batch);
      // Stopped, it was tested: its test figures may have had a say in that it goes on, and it is tested once more.
      if (run.test !== null) store.runs.openTest(id, { purpose: 'again' });
      return training.launchRun(store.runs.get(id));
    },
  };
}

/** The list of images without the scale of the audit's preview. */
const takenBy = (dataset: Dataset, { data: { greyScale } }: TrainingPlan): Dataset => ({
  ...dataset,
  selection: { ...dataset.selection, greyScale },
});

/** A run of a comparison goes on, and ends, with the comparison. @throws CutpointError RUN_STATE */
function requireOwn({ id, comparison }: RunSummary): void {
  if (comparison === null) return;
  throw new CutpointError(
    'RUN_STATE',
    `The run ${id} is part of the comparison ${comparison}, and continues and ends with it.`,
    {
      remedy: `Stop or resume the comparison ${comparison}.`,
      details: { comparison },
    },
  );
}

/** @throws CutpointError RUN_STATE where a run's epochs have a batch size already */
function requireUntrained({ id, epochs, plan }: RunSummary): void {
  if (epochs.length === 0) return;
  throw new CutpointError(
    'RUN_STATE',
    `The run ${id} has finished ${epochs.length === 1 ? 'an epoch' : `${epochs.length} epochs`} with batches of ${plan.batch}; epochs of another batch size would not be the same run.`,
    { remedy: 'Resume it as it is, or start a new run with the other batch size.' },
  );
}
