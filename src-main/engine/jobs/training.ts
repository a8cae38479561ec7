import { CutpointError } from '../../contract/errors.ts';
import type { RunEvent, RunSummary } from '../../contract/run.ts';
import type { StudyEvent } from '../../contract/study/index.ts';
import type { OwnWorkspace } from '../store/workspace.ts';
import { RunControl } from '../train/control.ts';
import { trainRun } from '../train/trainRun.ts';
import { Followers } from './followers.ts';

/** A run that is training in this process, on its own or of a study. */
export interface ActiveRun {
  id: string;
  control: RunControl;
  followers: Followers<RunEvent>;
  /** Rejects only where not even the end could be stored. */
  ended: Promise<RunSummary>;
}

/** A study that is going on in this process. */
export interface ActiveStudy {
  id: string;
  /** `stop`: asked for; `interrupt`: the engine closes. */
  end(how: 'stop' | 'interrupt'): void;
  followers: Followers<StudyEvent>;
  ended: Promise<void>;
}

/** Owner of what trains in this process: one run, or one study with one of its runs. */
export class Training {
  run: ActiveRun | null = null;
  study: ActiveStudy | null = null;
  readonly #workspace: OwnWorkspace;

  constructor(workspace: OwnWorkspace) {
    this.#workspace = workspace;
  }

  /** @throws CutpointError RUN_BUSY */
  requireIdle(): void {
    const [what, busy] = this.study ? (['study', this.study] as const) : (['run', this.run] as const);
    if (!busy) return;
    throw new CutpointError('RUN_BUSY', `The ${what} ${busy.id} is training; one run or study trains at a time.`, {
      remedy: 'Wait until it has ended, or stop it first.',
      details: { [what]: busy.id },
    });
  }

  /**
   * Trains a stored run from where it stands, in the background.
   * @param onEvent told all that its followers are, from the first on
   */
  launch({ id }: RunSummary, onEvent: (event: RunEvent) => void = () => {}): ActiveRun {
    const followers = new Followers<RunEvent>();
    const emit = (event: RunEvent): void => {
      if (event.kind === 'stage') followers.forget('reading');
      const lasts = event.kind === 'stage' || event.kind === 'reading' || event.kind === 'step';
      followers.tell(event, lasts ? event.kind : undefined);
      onEvent(event);
    };
    const { store } = this.#workspace;
    const control = new RunControl((paused) => {
      store.runs.setStatus(id, paused ? 'paused' : 'running');
      emit({ kind: 'status', status: paused ? 'paused' : 'running' });
    });
    store.runs.setStatus(id, 'running');
    const ended = trainRun(store.runs.get(id), { workspace: this.#workspace, control, emit }).finally(() => {
      this.run = null;
      emit({ kind: 'status', status: store.runs.get(id).status });
    });
    // Where even the end cannot be stored (a full disk), who follows the run is told; nobody may be following.
    ended.catch(() => {});
    return (this.run = { id, control, followers, ended });
  }

  /** Ends what trains after the current step; it can be resumed by the next engine. */
  async close(): Promise<void> {
    this.study?.end('interrupt');
    this.run?.control.end('interrupt');
    await Promise.allSettled([this.study?.ended, this.run?.ended]);
  }
}
