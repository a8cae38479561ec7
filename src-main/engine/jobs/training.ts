import { CutpointError } from '../../contract/errors.ts';
import type { RunEvent, RunSummary } from '../../contract/run.ts';
import type { StudyEvent, StudySummary } from '../../contract/study/index.ts';
import type { LaneClient } from '../lanes/methods.ts';
import type { Steering } from '../lanes/trainer.ts';
import type { OwnWorkspace } from '../store/workspace.ts';
import { Followers } from './followers.ts';

/** What is going on, as whoever follows and steers it sees it. */
interface Active<E extends object> {
  id: string;
  followers: Followers<E>;
  /** Rejects only where not even the end could be stored. */
  ended: Promise<unknown>;
}
export type ActiveRun = Active<RunEvent>;
export type ActiveStudy = Active<StudyEvent>;

/** How many that ended are kept for who lost the connection before, and comes back after. */
const KEPT = 8;

/** What control knows of the training that its compute process does: one run, or one study with one of its runs. */
export class Training {
  run: ActiveRun | null = null;
  study: ActiveStudy | null = null;
  readonly #endedRuns = new Map<string, ActiveRun>();
  readonly #endedStudies = new Map<string, ActiveStudy>();
  readonly #workspace: OwnWorkspace;
  readonly #compute: LaneClient;

  constructor(workspace: OwnWorkspace, compute: LaneClient) {
    this.#workspace = workspace;
    this.#compute = compute;
  }

  /** A run that can be followed: it trains, or ended just now. */
  followedRun(id: string): ActiveRun | null {
    return this.run?.id === id ? this.run : (this.#endedRuns.get(id) ?? null);
  }

  /** The same for a study. */
  followedStudy(id: string): ActiveStudy | null {
    return this.study?.id === id ? this.study : (this.#endedStudies.get(id) ?? null);
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

  /** Trains a stored run from where it stands, in the background. */
  launchRun({ id }: RunSummary): RunSummary {
    const { runs } = this.#workspace.store;
    const followers = new Followers<RunEvent>();
    runs.setStatus(id, 'running');
    const ended = this.#compute
      .call('lane.train', { run: id }, { onProgress: (event) => tellRun(followers, event) })
      .catch((thrown: unknown) => {
        this.#lost(thrown, 'runs', id);
        followers.tell({ kind: 'status', status: runs.get(id).status });
      })
      .finally(() => {
        this.run = null;
        keep(this.#endedRuns, { id, followers });
      });
    this.run = heard({ id, followers, ended });
    return runs.get(id);
  }

  /** Goes on with a stored study, in the background. */
  launchStudy({ id }: StudySummary): StudySummary {
    const { studies } = this.#workspace.store;
    const followers = new Followers<StudyEvent>();
    studies.setStatus(id, 'running');
    const over = Promise.withResolvers<void>();
    const ended = this.#compute
      .call(
        'lane.study',
        { study: id },
        {
          onProgress: (event) => {
            this.#followRun(event, over.promise);
            tellStudy(followers, event);
          },
        },
      )
      .catch((thrown: unknown) => {
        const left = this.run?.id;
        if (left !== undefined) this.#lost(thrown, 'runs', left);
        this.#lost(thrown, 'studies', id);
      })
      .finally(() => {
        this.run = null;
        this.study = null;
        over.resolve();
        followers.tell({ kind: 'status', status: studies.get(id).status });
        keep(this.#endedStudies, { id, followers });
      });
    this.study = heard({ id, followers, ended });
    return studies.get(id);
  }

  /** A message overtakes none before it: what was just launched can be steered. It is heeded after the current step. */
  steer(id: string, how: Steering): void {
    // A process that is gone has stopped already.
    this.#compute.call('lane.steer', { id, how }).catch(() => {});
  }

  /** Ends what trains after the current step; it can be resumed by the next engine. */
  async close(): Promise<void> {
    const going = [this.study, this.run].filter((each) => each !== null);
    for (const { id } of going) this.steer(id, 'interrupt');
    await Promise.allSettled(going.map(({ ended }) => ended));
  }

  /** The run of a study that is training now can be followed like any other. */
  #followRun(event: StudyEvent, studyOver: Promise<void>): void {
    if (event.kind === 'finished') this.run = null;
    if (event.kind !== 'run') return;
    if (this.run?.id !== event.run) {
      const { promise, resolve } = Promise.withResolvers<void>();
      void studyOver.then(resolve);
      this.run = { id: event.run, followers: new Followers<RunEvent>(), ended: promise };
    }
    tellRun(this.run.followers, event.event);
  }

  /** What the process that computed could not store any more. @throws what is no end of a process */
  #lost(thrown: unknown, what: 'runs' | 'studies', id: string): void {
    const error = CutpointError.from(thrown);
    if (error.code !== 'WORKER_CRASHED') throw thrown;
    const { code, message, remedy } = error;
    this.#workspace.store[what].setStatus(id, 'interrupted', { error: { code, message, remedy } });
  }
}

/** Where even the end cannot be stored (a full disk), who follows it is told; nobody may be following. */
function heard<E extends object>(active: Active<E>): Active<E> {
  active.ended.catch(() => {});
  return active;
}

function keep<E extends object>(ended: Map<string, Active<E>>, { id, followers }: Omit<Active<E>, 'ended'>): void {
  followers.forget();
  ended.delete(id);
  ended.set(id, { id, followers, ended: Promise.resolve() });
  const [oldest] = ended.keys();
  if (ended.size > KEPT) ended.delete(oldest!);
}

/** What goes on just now is repeated to who begins to follow later. */
const LASTING: readonly RunEvent['kind'][] = ['stage', 'reading', 'step'];

function tellRun(followers: Followers<RunEvent>, event: RunEvent): void {
  if (event.kind === 'stage') followers.forget('reading');
  followers.tell(event, LASTING.includes(event.kind) ? event.kind : undefined);
}

/** What goes on just now is the run that trains, with its latest state. */
function tellStudy(followers: Followers<StudyEvent>, event: StudyEvent): void {
  if (event.kind === 'cell' || event.kind === 'finished') followers.forget();
  if (event.kind === 'run' && event.event.kind === 'stage') followers.forget('reading');
  followers.tell(event, nowKey(event));
}

function nowKey(event: StudyEvent): string | undefined {
  if (event.kind === 'run') return LASTING.includes(event.event.kind) ? event.event.kind : undefined;
  return event.kind === 'cell' || event.kind === 'message' ? event.kind : undefined;
}
