import { count } from '../../backbone/count.ts';
import { orderClasses } from '../../contract/classes.ts';
import type { DataSelection } from '../../contract/data.ts';
import { CutpointError } from '../../contract/errors.ts';
import type { CallContext, Handlers } from '../../contract/index.ts';
import type { RunEvent, RunSummary, TrainingPlan } from '../../contract/run.ts';
import { assertTrainable, scanDataset } from '../data/scan.ts';
import { splitByGroup } from '../data/split.ts';
import type { Dataset } from '../data/types.ts';
import { logDefect } from '../defects.ts';
import type { Workspace } from '../store/workspace.ts';
import { RunControl } from '../train/control.ts';
import { architectureOf } from '../train/model.ts';
import { trainSession } from '../train/session.ts';
import { sourceFor } from '../transfer/source.ts';
import { evaluateRun } from './evaluate.ts';
import { requireApart, requireTestable } from './testData.ts';

/** A run that is training in this process. */
interface ActiveRun {
  id: string;
  control: RunControl;
  listeners: Set<(event: RunEvent) => void>;
  /** What it does just now, for who begins to follow later: nothing of it is stored. */
  now: Map<RunEvent['kind'], RunEvent>;
  ended: Promise<void>;
}

type RunHandlers = Pick<Handlers, Extract<keyof Handlers, `run.${string}`>>;

/** Starts, follows, pauses, stops and resumes runs; one trains at a time. */
export function runHandlers(workspace: Workspace): RunHandlers & { close(): Promise<void> } {
  const { store } = workspace;
  let active: ActiveRun | null = null;

  const requireIdle = (): void => {
    if (!active) return;
    throw new CutpointError('RUN_BUSY', `The run ${active.id} is training; one run trains at a time.`, {
      remedy: 'Wait until it has ended, or stop it first.',
      details: { run: active.id },
    });
  };
  const requireActive = (id: string): ActiveRun => {
    if (active?.id === id) return active;
    throw new CutpointError('RUN_STATE', `The run ${id} is not training; it is ${store.runs.get(id).status}.`);
  };

  const launch = (run: RunSummary): RunSummary => {
    const listeners: ActiveRun['listeners'] = new Set();
    const now: ActiveRun['now'] = new Map();
    const emit = (event: RunEvent): void => {
      if (event.kind === 'stage') now.delete('reading');
      if (['stage', 'reading', 'step'].includes(event.kind)) now.set(event.kind, event);
      for (const listener of listeners) listener(event);
    };
    const control = new RunControl((paused) => {
      store.runs.setStatus(run.id, paused ? 'paused' : 'running');
      emit({ kind: 'status', status: paused ? 'paused' : 'running' });
    });
    store.runs.setStatus(run.id, 'running');
    const ended = trainSession(run, { workspace, control, emit })
      .then((status) => store.runs.setStatus(run.id, status))
      .catch((thrown: unknown) => {
        const error = CutpointError.from(thrown);
        const { code, message, remedy } = error;
        if (code === 'DEFECT') logDefect('training', error);
        store.runs.setStatus(run.id, 'failed', { error: { code, message, remedy } });
      })
      .finally(() => {
        active = null;
        emit({ kind: 'status', status: store.runs.get(run.id).status });
      });
    // Where even the end cannot be stored (a full disk), who follows the run is told; nobody may be following.
    ended.catch(() => {});
    active = { id: run.id, control, listeners, now, ended };
    return store.runs.get(run.id);
  };

  return {
    async 'run.start'(asked, call) {
      requireIdle();
      const plan = withPreprocessing(asked, workspace);
      const data = await prepareStart(plan, workspace, call);
      requireIdle();
      // Who cancelled while the last file was read must not find a run training.
      call.signal.throwIfAborted();
      // One transaction: a run without its data could never be resumed.
      const id = store.atomically(() => {
        const { classes } = data;
        const run = store.runs.create({ plan, classes, ...sizesOf(plan, classes) });
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
      if (active?.id === id) {
        const { listeners, now, ended } = active;
        for (const kind of ['stage', 'reading', 'step'] as const) if (now.has(kind)) progress(now.get(kind)!);
        listeners.add(progress);
        const left = Promise.withResolvers<void>();
        signal.addEventListener('abort', () => left.resolve());
        await Promise.race([ended, left.promise]);
        listeners.delete(progress);
      }
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

    async 'run.resume'({ id }) {
      if (active?.id === id) {
        active.control.resume();
        return store.runs.get(id);
      }
      requireIdle();
      const run = store.runs.get(id);
      // A run that is 'running' and not active is one whose end could not be stored.
      if (run.status === 'completed') {
        throw new CutpointError('RUN_STATE', `The run ${id} is ${run.status}; there is nothing to resume.`);
      }
      architectureOf(run.plan, run.classes);
      return launch(run);
    },

    'run.list': () => store.runs.list(),
    'run.get': ({ id }) => store.runs.get(id),
    'run.evaluate': (input, call) => evaluateRun(workspace, input, call),

    /** Ends training after the current step; the run can be resumed by the next engine. */
    async close() {
      active?.control.end('interrupt');
      await active?.ended.catch(() => {});
    },
  };
}

/**
 * The plan with what its source expects of the images, so that the run keeps it.
 * @throws CutpointError SOURCE_UNKNOWN, WEIGHTS_MISMATCH
 */
function withPreprocessing(plan: TrainingPlan, workspace: Workspace): TrainingPlan {
  if (plan.source === null) return plan;
  const expected = sourceFor(workspace, plan.source, plan.backbone).preprocessing;
  return expected === null ? plan : { preprocessing: expected, ...plan };
}

/** Everything about a plan that can be wrong, found before anything is stored. */
async function prepareStart(plan: TrainingPlan, workspace: Workspace, call: CallContext<'run.start'>) {
  // Two class names stand for those of the data, which are not known yet: cut and input size are checked first.
  architectureOf(plan, ['0', '1']);
  const scan = (selection: DataSelection): Promise<Dataset> =>
    scanDataset(selection, {
      salt: workspace.salt.toString('hex'),
      signal: call.signal,
      onProgress: (done, total) => call.progress({ done, total }),
    });
  const dataset = await scan(plan.data);
  assertTrainable(dataset);
  const classes = orderClasses(dataset.classes, plan.positive);
  const test = plan.test ? await scan(plan.test) : null;
  if (test) {
    requireTestable(dataset.classes, test);
    requireApart(dataset, test);
  }
  const shares = { validation: plan.split.validation, test: test ? 0 : plan.split.test, seed: plan.seed };
  const names = splitByGroup(dataset.images, shares);
  return { dataset, classes, test, split: dataset.images.map((image, index) => [image.file, names[index]!] as const) };
}

/** Parameters and MACs of the model to be trained, head included. */
function sizesOf(plan: TrainingPlan, classes: readonly string[]): { parameters: number; macs: number } {
  const { graph, input } = architectureOf(plan, classes);
  return count(graph, input);
}
