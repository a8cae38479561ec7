import {
  contract,
  type Handlers,
  type InputOf,
  type MethodName,
  type OutputOf,
  type ProgressOf,
} from '../../../src-main/contract/index.ts';
import type { RunEvent, RunSummary } from '../../../src-main/contract/run.ts';
import type { Numbered } from '../../../src-main/contract/stream.ts';
import type { TrainingPlanInput } from '../../../src-main/contract/plan.ts';
import { openServices } from '../../../src-main/engine/services/index.ts';
import { asAfterFirstStart } from '../../support/firstStart.ts';
import { lanesHere } from './lanesHere.ts';

type Handler<M extends MethodName> = (
  input: unknown,
  call: { signal: AbortSignal; progress(event: ProgressOf<M>): void },
) => Promise<OutputOf<M>>;

/**
 * The real services in this process, called with parsed input as the server does.
 * @param first whether a workspace that is not there yet has its first start here, and is no copy of one
 */
export async function services(workspace: string, { first = false } = {}) {
  if (!first) asAfterFirstStart(workspace);
  const { handlers, close } = await openServices({ workspace, spawn: lanesHere(workspace) });
  const call = async <M extends MethodName>(
    method: M,
    input: InputOf<M>,
    progress: (event: ProgressOf<M>) => void = () => {},
    signal = new AbortController().signal,
  ): Promise<OutputOf<M>> => {
    const handler = (handlers as Handlers)[method] as unknown as Handler<M>;
    return handler(contract[method].input.parse(input), { signal, progress });
  };
  /** Starts a run and returns it with its events so far and its end. */
  const train = async (plan: TrainingPlanInput) => follow(await call('run.start', plan));
  const follow = (run: RunSummary) => {
    const events: Numbered<RunEvent>[] = [];
    let heard = (): void => {};
    const end = call('run.watch', { id: run.id }, (event) => {
      events.push(event);
      heard();
    });
    /** Resolves at the first event, past or to come, that satisfies the condition. */
    const until = (condition: (event: RunEvent) => boolean): Promise<void> =>
      new Promise((resolve) => {
        heard = () => {
          if (events.some(condition)) resolve();
        };
        heard();
      });
    return { id: run.id, events, end, until };
  };
  /** A run with its test set opened, so that it tells what was measured there. */
  const opened = async ({ id }: { id: string }): Promise<RunSummary> => {
    await call('run.openTest', { id, reason: 'for a test of the tests' });
    return call('run.get', { id });
  };
  return { call, train, follow, opened, close };
}

/** A plan that trains in a second or two: the first units of MobileNetV2 on tiny pictures. */
export function tinyPlan(folder: string, changes: Partial<TrainingPlanInput> = {}): TrainingPlanInput {
  return {
    data: { folder, groupPattern: '(p\\d+)_' },
    backbone: 'mobilenet_v2_keras',
    cut: 'block_2_add',
    input: 32,
    epochs: 4,
    batch: 4,
    learningRate: 1e-3,
    split: { validation: 0.25, test: 0.25 },
    ...changes,
  };
}

/** What must not differ between a run and the same run interrupted: all numbers of its epochs but the time they took. */
export function numbersOf(run: RunSummary) {
  if (run.sealed) throw new Error('What it was tested to is withheld: open its test set first.');
  return {
    epochs: run.epochs.map(({ seconds: _seconds, liveTensors: _tensors, ...numbers }) => numbers),
    best: run.bestEpoch,
    test: run.test?.metrics,
  };
}
