import { CutpointError } from '../../src-main/contract/errors.ts';
import type { Handlers, MethodName } from '../../src-main/contract/index.ts';
import { trainingPlan, type TrainingPlanInput } from '../../src-main/contract/plan.ts';
import { RUN_FIELDS, type EpochRecord, type RunEvent, type RunSummary } from '../../src-main/contract/run.ts';
import { rowOfRun } from '../../src-main/contract/runRow.ts';
import type { DamagedEntry } from '../../src-main/contract/storage.ts';
import { toTable } from '../../src-main/contract/table.ts';

const PLAN: TrainingPlanInput = { data: { folder: '/d' }, backbone: 'resnet18', cut: 'layer2.1', epochs: 4 };

/** A run as the engine tells it, completed and without a test. */
export function runOf(id: string, { plan, ...changes }: Partial<Omit<RunSummary, 'plan'>> & { plan?: object } = {}) {
  const run: RunSummary = {
    ...{ id, status: 'completed', createdAt: '2026-01-01T00:00:00Z', finishedAt: null, classes: ['a', 'b'] },
    ...{ plan: trainingPlan.parse({ ...PLAN, ...plan }), parameters: 1, macs: 1, engine: 'wasm', split: null },
    ...{ epochs: [], bestEpoch: null, test: null, error: null, comparison: null },
    ...{ study: null, name: null, note: '', starred: false, testOpened: null, sealed: false, ...changes },
  };
  return run;
}

export const epochOf = (epoch: number): EpochRecord => ({
  ...{ epoch, stage: 'fine-tuning', trainLoss: 1 / epoch, validationLoss: 1, validationAuroc: 0.9 },
  ...{
    validationAuprc: 0.8,
    validationAccuracy: 0.7,
    validationBalancedAccuracy: 0.5,
    learningRate: 1e-4,
    seconds: 3,
    liveTensors: 10,
  },
});

/** The part of an engine that keeps runs: answers like one, holds no network. */
export function runsEngine(...stored: RunSummary[]) {
  const runs = new Map(stored.map((run) => [run.id, run]));
  const damaged: DamagedEntry[] = [];
  const asked: [MethodName, unknown][] = [];
  const watching = new Map<string, { progress(event: RunEvent): void; end(run: RunSummary): void }>();
  const get = (id: string): RunSummary => {
    const run = runs.get(id);
    if (!run) throw new CutpointError('RUN_UNKNOWN', `There is no run '${id}' in this workspace.`);
    return run;
  };
  const set = (id: string, changes: Partial<RunSummary>): RunSummary => {
    runs.set(id, { ...get(id), ...changes });
    return get(id);
  };
  const answering =
    <Input>(method: MethodName, answer: (input: Input) => RunSummary) =>
    (input: Input): RunSummary => {
      asked.push([method, input]);
      return answer(input);
    };
  const handlers = {
    'run.list': () => toTable(RUN_FIELDS, [...runs.values()].map(rowOfRun)),
    'run.get': ({ id }) => get(id),
    'run.watch': ({ id }, { progress, signal }) =>
      new Promise<RunSummary>((end) => {
        watching.set(id, { progress, end });
        signal.addEventListener('abort', () => watching.delete(id));
      }),
    'run.start': answering('run.start', (plan) => {
      const run = runOf('new', { status: 'running', plan });
      runs.set(run.id, run);
      return run;
    }),
    'run.pause': answering('run.pause', ({ id }) => set(id, { status: 'paused' })),
    'run.stop': answering('run.stop', ({ id }) => set(id, { status: 'stopped' })),
    'run.resume': answering('run.resume', ({ id }) => set(id, { status: 'running' })),
    'storage.damaged': () => damaged,
  } satisfies Partial<Handlers>;
  return {
    handlers: handlers as Partial<Handlers>,
    asked,
    damaged,
    /** Ids of the runs that somebody follows. */
    followed: () => [...watching.keys()],
    report: (id: string, event: RunEvent) => watching.get(id)?.progress(event),
    /** A run ends, and whoever follows it hears of it. */
    end(id: string, changes: Partial<RunSummary>): void {
      const run = set(id, changes);
      watching.get(id)?.end(run);
      watching.delete(id);
    },
  };
}
