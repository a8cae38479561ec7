import { CutpointError } from '../../contract/errors.ts';
import type { RunEvent, RunSummary } from '../../contract/run.ts';
import type { ComparisonEvent } from '../../contract/comparison/index.ts';
import { logDefect } from '../defects.ts';
import type { Workspace } from '../store/workspace.ts';
import { openComparison, type ComparisonHost } from '../comparisons/comparison.ts';
import { dropLastCheckpoints } from '../comparisons/tidy.ts';
import { RunControl } from '../train/control.ts';
import { trainRun } from '../train/trainRun.ts';

export type Steering = 'pause' | 'resume' | 'stop' | 'interrupt';

interface Going {
  steer(how: Steering): void;
  ended: Promise<unknown>;
}

/** Trains runs and takes comparisons to their end, steered by control under their ids. */
export class Trainer {
  readonly #workspace: Workspace;
  readonly #going = new Map<string, Going>();

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  /**
   * Trains a stored run from where it stands, and stores how it ended: a failure too, which does not throw.
   * @param signal aborted when nobody is there any more who could store anything
   * @throws CutpointError where not even the end could be stored
   */
  async train(id: string, emit: (event: RunEvent) => void, signal?: AbortSignal): Promise<RunSummary> {
    const { commit, store } = this.#workspace;
    const control = new RunControl(async (paused) => {
      await commit(['runs', 'setStatus', id, paused ? 'paused' : 'running']);
      emit({ kind: 'status', status: paused ? 'paused' : 'running' });
    });
    const steer = (how: Steering): void => {
      if (how === 'pause') control.pause();
      else if (how === 'resume') control.resume();
      else control.end(how);
    };
    return this.#goingOn(id, steer, signal, async () => {
      await commit(['runs', 'setStatus', id, 'running']);
      const run = await trainRun(store.runs.get(id), { workspace: this.#workspace, control, emit });
      emit({ kind: 'status', status: run.status });
      return run;
    });
  }

  /**
   * Takes a stored comparison to its end and stores its result, or how it failed, which does not throw.
   * @throws CutpointError where not even the end could be stored
   */
  async comparison(id: string, emit: (event: ComparisonEvent) => void, signal?: AbortSignal): Promise<void> {
    const { commit, store } = this.#workspace;
    const aborted = new AbortController();
    let ending: 'stopped' | 'interrupted' | null = null;
    let training: string | null = null;
    const host: ComparisonHost = {
      workspace: this.#workspace,
      emit,
      signal: aborted.signal,
      train: (run, onEvent) => {
        training = run.id;
        const trained = this.train(run.id, onEvent);
        if (ending) this.steer(run.id, 'interrupt');
        return trained;
      },
    };
    const steer = (how: Steering): void => {
      ending = how === 'stop' && ending === null ? 'stopped' : 'interrupted';
      aborted.abort();
      // Its run is not tested early, but can go on.
      if (training !== null) this.steer(training, 'interrupt');
    };
    await this.#goingOn(id, steer, signal, async () => {
      const { plan } = store.comparisons.get(id);
      // A run alone needs none of them.
      const { courseOf } = await import('../comparisons/courses.ts');
      const { course, cells } = courseOf(plan);
      try {
        const result = await course(openComparison(id, { plan, planned: cells(plan), host }));
        await commit(['comparisons', 'setStatus', id, 'completed', { result }]);
        // Whatever cannot be removed now is only in the way.
        await dropLastCheckpoints(id, this.#workspace).catch((thrown: unknown) =>
          logDefect('comparison', CutpointError.from(thrown)),
        );
      } catch (thrown) {
        if (ending) return void (await commit(['comparisons', 'setStatus', id, ending]));
        const error = CutpointError.from(thrown);
        const { code, message, remedy } = error;
        if (code === 'DEFECT') logDefect('comparison', error);
        await commit(['comparisons', 'setStatus', id, 'failed', { error: { code, message, remedy } }]);
      }
    });
  }

  /** Nothing where no such run or comparison is going on: it may just have ended. */
  steer(id: string, how: Steering): void {
    this.#going.get(id)?.steer(how);
  }

  /** Ends what is going on after the current step; it can be resumed. */
  async close(): Promise<void> {
    const going = [...this.#going.values()];
    for (const { steer } of going) steer('interrupt');
    await Promise.allSettled(going.map(({ ended }) => ended));
  }

  async #goingOn<T>(
    id: string,
    steer: Going['steer'],
    signal: AbortSignal | undefined,
    work: () => Promise<T>,
  ): Promise<T> {
    const leave = (): void => steer('interrupt');
    signal?.addEventListener('abort', leave);
    const ended = work();
    this.#going.set(id, { steer, ended });
    try {
      return await ended;
    } finally {
      this.#going.delete(id);
      signal?.removeEventListener('abort', leave);
    }
  }
}
