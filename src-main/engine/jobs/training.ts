import { CutpointError } from '../../contract/errors.ts';
import type { RunEvent, RunSummary } from '../../contract/run.ts';
import { batchInForce } from '../../contract/smallerBatch.ts';
import type { ComparisonEvent, ComparisonSummary } from '../../contract/comparison/index.ts';
import type { LaneClient } from '../lanes/methods.ts';
import type { Steering } from '../lanes/trainer.ts';
import type { OwnWorkspace } from '../store/workspace.ts';
import { Ended, type Active } from './ended.ts';
import { Followers } from './followers.ts';
import { Turns } from './turns.ts';

export type ActiveRun = Active<RunEvent>;
export type ActiveComparison = Active<ComparisonEvent>;

/**
 * What control knows of the training that its compute process does: one run or one comparison after another, in a
 * queue.
 */
export class Training {
  readonly #workspace: OwnWorkspace;
  readonly #compute: LaneClient;
  readonly #trained: (id: string) => Promise<void>;
  readonly #runs = new Map<string, ActiveRun>();
  readonly #comparisons = new Map<string, ActiveComparison>();
  readonly #ended = { runs: new Ended<RunEvent>(), comparisons: new Ended<ComparisonEvent>() };
  /** The run of a comparison that is training now. */
  #inner: ActiveRun | null = null;
  readonly #turns = new Turns();
  /** What waits for its turn, by its id: aborted, it leaves the queue. */
  readonly #waiting = new Map<string, AbortController>();

  /** @param trained what is to be done for a run that has been trained before it counts as ended; never rejects */
  constructor(workspace: OwnWorkspace, compute: LaneClient, trained: (id: string) => Promise<void> = async () => {}) {
    this.#workspace = workspace;
    this.#compute = compute;
    this.#trained = trained;
  }

  /** Ids of what trains and what waits; what is launched while there is any waits. */
  get ids(): Set<string> {
    return new Set([...this.#runs.keys(), ...this.#comparisons.keys(), ...(this.#inner ? [this.#inner.id] : [])]);
  }

  run(id: string): ActiveRun | null {
    return this.#runs.get(id) ?? (this.#inner?.id === id ? this.#inner : null);
  }

  comparison(id: string): ActiveComparison | null {
    return this.#comparisons.get(id) ?? null;
  }

  /** A run that can be followed: it trains, waits, or ended just now. */
  followedRun(id: string): ActiveRun | null {
    return this.run(id) ?? this.#ended.runs.get(id);
  }

  /** The same for a comparison. */
  followedComparison(id: string): ActiveComparison | null {
    return this.comparison(id) ?? this.#ended.comparisons.get(id);
  }

  isWaiting(id: string): boolean {
    return this.#waiting.has(id);
  }

  /** What trains, and after it what waits, in the order in which it will train. */
  get queue(): { kind: 'run' | 'comparison'; id: string }[] {
    const waiting = this.#turns.waiting('training');
    const launched = [...this.#runs.keys(), ...this.#comparisons.keys()];
    const ids = [...launched.filter((id) => !waiting.includes(id)), ...waiting];
    return ids.map((id) => ({ kind: this.#runs.has(id) ? 'run' : 'comparison', id }));
  }

  /** Puts one that waits at a place among those that wait, from 1. */
  move(id: string, to: number): void {
    this.#turns.move('training', id, to);
  }

  /** Trains a stored run from where it stands, in the background, when its turn has come. */
  launchRun({ id }: RunSummary): RunSummary {
    const { runs } = this.#workspace.store;
    const followers = new Followers<RunEvent>();
    const tellStatus = (): void => followers.tell({ kind: 'status', status: runs.get(id).status });
    const ended = this.#inTurn('runs', id, {
      called: async () => {
        tellStatus();
        // Beside what trained before it, there was no telling.
        const run = runs.get(id);
        await this.#compute.call('lane.requireMemory', { ...run.plan, batch: batchInForce(run) });
      },
      work: async () => {
        await this.#compute.call('lane.train', { run: id }, { onProgress: (event) => tellRun(followers, event) });
        await this.#trained(id);
      },
      lost: tellStatus,
    }).finally(() => {
      this.#runs.delete(id);
      this.#ended.runs.keep({ id, followers });
    });
    this.#runs.set(id, heard({ id, followers, ended }));
    return runs.get(id);
  }

  /** Takes a stored comparison to its end, in the background, when its turn has come. */
  launchComparison({ id }: ComparisonSummary): ComparisonSummary {
    const { comparisons } = this.#workspace.store;
    const followers = new Followers<ComparisonEvent>();
    const tellStatus = (): void => followers.tell({ kind: 'status', status: comparisons.get(id).status });
    const over = Promise.withResolvers<void>();
    const onProgress = (event: ComparisonEvent): void => {
      this.#followRun(event, over.promise);
      tellComparison(followers, event);
    };
    const ended = this.#inTurn('comparisons', id, {
      called: async () => tellStatus(),
      work: () => this.#compute.call('lane.comparison', { comparison: id }, { onProgress }),
    }).finally(() => {
      this.#inner = null;
      this.#comparisons.delete(id);
      over.resolve();
      tellStatus();
      this.#ended.comparisons.keep({ id, followers });
    });
    this.#comparisons.set(id, heard({ id, followers, ended }));
    return comparisons.get(id);
  }

  /**
   * A message overtakes none before it: what was just launched can be steered. It is heeded after the current step.
   * What waits can only leave the queue.
   */
  steer(id: string, how: Steering): void {
    const waiting = this.#waiting.get(id);
    if (waiting) {
      if (how === 'stop' || how === 'interrupt') waiting.abort();
      return;
    }
    // A process that is gone has stopped already.
    this.#compute.call('lane.steer', { id, how }).catch(() => {});
  }

  /** Ends what trains after the current step, and what waits; both can be resumed by the next engine. */
  async close(): Promise<void> {
    // Those that wait first: none of them takes the turn of one that has ended.
    for (const id of [...this.#waiting.keys(), ...this.ids]) this.steer(id, 'interrupt');
    await Promise.allSettled([...this.#runs.values(), ...this.#comparisons.values()].map(({ ended }) => ended));
  }

  /**
   * Does the work of a run or a comparison when all that was launched before it has ended.
   * @param called comes before the work of one that has waited
   * @param lost hears that it did not come to the end that `work` stores; how it ended then is stored here
   * @throws what not even that can be stored of
   */
  async #inTurn(
    what: 'runs' | 'comparisons',
    id: string,
    { called, work, lost }: { called(): Promise<void>; work(): Promise<unknown>; lost?(): void },
  ): Promise<void> {
    const store = this.#workspace.store[what];
    const waited = this.ids.size > 0;
    const leaving = new AbortController();
    if (waited) this.#waiting.set(id, leaving);
    store.setStatus(id, waited ? 'queued' : 'running');
    try {
      const whenCalled = async (): Promise<void> => {
        if (waited) {
          store.setStatus(id, 'running');
          await called();
          leaving.signal.throwIfAborted();
          this.#waiting.delete(id);
        }
        await work();
      };
      await this.#turns.take('training', leaving.signal, whenCalled, id);
    } catch (thrown) {
      if (this.#waiting.delete(id) && leaving.signal.aborted) store.setStatus(id, 'interrupted');
      else this.#lost(thrown, what, id);
      lost?.();
    }
  }

  /** The run of a comparison that is training now can be followed like any other. */
  #followRun(event: ComparisonEvent, comparisonOver: Promise<void>): void {
    if (event.kind === 'finished') this.#inner = null;
    if (event.kind !== 'run') return;
    if (this.#inner?.id !== event.run) {
      const { promise, resolve } = Promise.withResolvers<void>();
      void comparisonOver.then(resolve);
      this.#inner = { id: event.run, followers: new Followers<RunEvent>(), ended: promise };
    }
    tellRun(this.#inner.followers, event.event);
  }

  /** What the process that computed could not store any more, with the run that it trained for a comparison. */
  #lost(thrown: unknown, what: 'runs' | 'comparisons', id: string): void {
    const { store } = this.#workspace;
    const { code, message, remedy } = CutpointError.from(thrown);
    const status = ({ WORKER_CRASHED: 'interrupted', OUT_OF_MEMORY: 'failed' } as const)[code as string];
    if (!status) throw thrown;
    const error = { code, message, remedy };
    if (what === 'comparisons' && this.#inner) store.runs.setStatus(this.#inner.id, status, { error });
    store[what].setStatus(id, status, { error });
  }
}

/** Where even the end cannot be stored (a full disk), who follows it is told; nobody may be following. */
function heard<E extends object>(active: Active<E>): Active<E> {
  active.ended.catch(() => {});
  return active;
}

/** What goes on just now is repeated to who begins to follow later. */
const LASTING: readonly RunEvent['kind'][] = ['stage', 'reading', 'step'];

function tellRun(followers: Followers<RunEvent>, event: RunEvent): void {
  if (event.kind === 'stage') followers.forget('reading');
  followers.tell(event, LASTING.includes(event.kind) ? event.kind : undefined);
}

/** What goes on just now is the run that trains, with its latest state. */
function tellComparison(followers: Followers<ComparisonEvent>, event: ComparisonEvent): void {
  if (event.kind === 'cell' || event.kind === 'finished') followers.forget();
  if (event.kind === 'run' && event.event.kind === 'stage') followers.forget('reading');
  followers.tell(event, nowKey(event));
}

function nowKey(event: ComparisonEvent): string | undefined {
  if (event.kind === 'run') return LASTING.includes(event.event.kind) ? event.event.kind : undefined;
  return event.kind === 'cell' || event.kind === 'message' ? event.kind : undefined;
}
