import { CutpointError } from '../../contract/errors.ts';
import { groupingOf } from '../../contract/groups.ts';
import type { CallContext, Handlers } from '../../contract/index.ts';
import type { RunSummary } from '../../contract/run.ts';
import type { TrainingPlan } from '../../contract/plan.ts';
import { splitByGroup } from '../data/split.ts';
import type { OwnWorkspace } from '../store/workspace.ts';
import { estimateMemory, requireMemory } from '../train/memory.ts';
import { architectureOf, networkSize } from '../../backbone/architecture.ts';
import { requireBatch } from '../train/requireBatch.ts';
import { requireSvm } from '../train/requireSvm.ts';
import { withPreprocessing } from '../transfer/source.ts';
import { evaluateRun } from './evaluate.ts';
import { readPlanData, withScale } from '../cohort/planData.ts';
import type { ActiveRun, Training } from '../jobs/training.ts';

type RunHandlers = Pick<Handlers, Extract<keyof Handlers, `run.${string}`>>;

/** Starts, follows, pauses, stops and resumes runs; one trains at a time. */
export function runHandlers(workspace: OwnWorkspace, training: Training): RunHandlers {
  const { store } = workspace;

  const activeRun = (id: string): ActiveRun | null => (training.run?.id === id ? training.run : null);
  const requireActive = (id: string): ActiveRun => {
    const run = store.runs.get(id);
    requireOwn(run);
    const active = activeRun(id);
    if (active) return active;
    throw new CutpointError('RUN_STATE', `The run ${id} is not training; it is ${run.status}.`);
  };
  const launch = (run: RunSummary): RunSummary => store.runs.get(training.launch(run).id);

  return {
    async 'run.start'(asked, call) {
      training.requireIdle();
      const complete = withPreprocessing(asked, workspace);
      const data = await prepareStart(complete, workspace, call);
      const plan = withScale(complete, data);
      training.requireIdle();
      // Who cancelled while the last file was read must not find a run training.
      call.signal.throwIfAborted();
      // One transaction: a run without its data could never be resumed.
      const id = store.atomically(() => {
        const { classes, accepted } = data;
        const run = store.runs.create({ plan: { ...plan, accept: accepted }, classes, ...networkSize(plan, classes) });
        const test = data.test ? store.datasets.save(data.test) : null;
        store.runs.setDataset(run.id, store.datasets.save(data.dataset), test);
        store.splits.save(run.id, data.split);
        return run.id;
      });
      return launch(store.runs.get(id));
    },

    async 'run.watch'({ id }, { signal, progress }) {
      const run = store.runs.get(id);
      for (const record of run.epochs) progress({ kind: 'epoch', record, bestEpoch: run.bestEpoch ?? record.epoch });
      progress({ kind: 'status', status: run.status });
      const active = activeRun(id);
      await active?.followers.follow(progress, active.ended, signal);
      return store.runs.get(id);
    },

    async 'run.pause'({ id }) {
      requireActive(id).control.pause();
      return store.runs.get(id);
    },

    async 'run.stop'({ id }) {
      const { control, ended } = requireActive(id);
      control.end('stop');
      await ended;
      return store.runs.get(id);
    },

    async 'run.resume'({ id, batch }) {
      const run = store.runs.get(id);
      requireOwn(run);
      const active = activeRun(id);
      if (active) {
        active.control.resume();
        return store.runs.get(id);
      }
      training.requireIdle();
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
      await requireMemory(plan);
      training.requireIdle();
      if (plan.batch !== run.plan.batch) store.runs.setBatch(id, plan.batch);
      return launch(store.runs.get(id));
    },

    'run.memory': (plan) => estimateMemory(plan),
    'run.list': () => store.runs.list(),
    'run.get': ({ id }) => store.runs.get(id),
    'run.evaluate': (input, call) => evaluateRun(workspace, input, call),
  };
}

/** A run of a study goes on, and ends, with the study. @throws CutpointError RUN_STATE */
function requireOwn({ id, study }: RunSummary): void {
  if (study === null) return;
  throw new CutpointError('RUN_STATE', `The run ${id} is part of the study ${study}, and continues and ends with it.`, {
    remedy: `Stop or resume the study ${study}.`,
    details: { study },
  });
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

/** Everything about a plan that can be wrong, found before anything is stored. */
async function prepareStart(plan: TrainingPlan, workspace: OwnWorkspace, call: CallContext<'run.start'>) {
  // Two class names stand for those of the data, which are not known yet: cut and input size are checked first.
  requireBatch(plan, architectureOf(plan, ['0', '1']));
  await requireMemory(plan);
  const data = await readPlanData(plan, workspace, call);
  const { dataset, test } = data;
  const shares = {
    validation: plan.split.validation,
    test: test ? 0 : plan.split.test,
    seed: plan.seed,
    grouping: groupingOf(dataset.report),
  };
  const names = splitByGroup(dataset.images, shares);
  requireSvm(plan, dataset, names);
  return { ...data, split: dataset.images.map((image, index) => [image.file, names[index]!] as const) };
}
