import { CutpointError } from '../../contract/errors.ts';
import { dataSelection } from '../../contract/data.ts';
import { contract, type Handlers, type OutputOf, type ParsedInputOf } from '../../contract/index.ts';
import { JOB_METHODS, type JobEvent, type JobMethod, type JobRow, type Origin } from '../../contract/job.ts';
import { jobTitle } from '../../contract/jobTitles.ts';
import type { CallOf } from '../../contract/method.ts';
import { cancelled, hasLeft } from '../../rpc/ends.ts';
import { inputInvalid } from '../../rpc/server.ts';
import { logDefect } from '../defects.ts';
import type { LaneClient, LaneName } from '../lanes/methods.ts';
import type { StoredJob } from '../store/queries/jobs.ts';
import type { Store } from '../store/store.ts';
import type { OwnWorkspace } from '../store/workspace.ts';
import { Followers } from './followers.ts';
import { keyOf, nameOf } from './key.ts';
import { KINDS, type JobKind, type Read } from './kinds.ts';
import { Turns } from './turns.ts';

/** A job that waits or goes on. */
interface Active {
  job: StoredJob;
  key: string;
  followers: Followers<JobEvent>;
  ended: Promise<unknown>;
  abort: AbortController;
  /** Calls that wait for its answer, or whose connection was lost while they did. */
  callers: number;
}

/** What a call comes to: a job that goes on, or one whose answer is kept. */
type Begun = { job: StoredJob; active: Active } | { job: StoredJob; active: null; answer: unknown };

type AnyKind = JobKind<JobMethod>;
type Input = ParsedInputOf<JobMethod>;
type Call = Pick<CallOf<never>, 'signal'> & { progress(event: unknown): void };

/**
 * Long work that is neither a run nor a comparison: each piece waits for its turn, can be followed by whoever comes,
 * outlives the call that began it, and its answer is kept under a key of its input and of what was read for it.
 */
export class Jobs {
  readonly #workspace: OwnWorkspace;
  readonly #lanes: Record<LaneName, LaneClient>;
  readonly #active = new Map<string, Active>();
  readonly #turns = new Turns();

  constructor(workspace: OwnWorkspace, lanes: Record<LaneName, LaneClient>) {
    this.#workspace = workspace;
    this.#lanes = lanes;
  }

  /** Of those that wait or go on. */
  get ids(): string[] {
    return [...this.#active.keys()];
  }

  /** The methods that are jobs, answered. */
  methods(): Pick<Handlers, JobMethod> {
    const handlers = JOB_METHODS.map((method) => [
      method,
      (input: Input, call: Call) => this.#answer(method, input, call),
    ]);
    return Object.fromEntries(handlers) as unknown as Pick<Handlers, JobMethod>;
  }

  handlers(): Pick<Handlers, Extract<keyof Handlers, `job.${string}`>> {
    const { jobs } = this.#workspace.store;
    return {
      'job.start': async ({ method, input }, { signal }) =>
        rowOf((await this.#begin(method, parsed(method, input), signal)).job),
      'job.list': () => jobs.list().map(rowOf),
      'job.get': ({ id }) => {
        const job = jobs.get(id);
        return { ...rowOf(job), input: job.input, output: this.#kept(job) ?? null };
      },
      'job.watch': async ({ id, after }, { signal, progress }) => {
        const active = this.#active.get(jobs.get(id).id);
        await active?.followers.follow(progress, { ended: active.ended, signal, after });
        return rowOf(jobs.get(id));
      },
      'job.cancel': async ({ id }) => {
        const active = this.#active.get(jobs.get(id).id);
        active?.abort.abort(cancelled());
        await active?.ended.catch(() => {});
        return rowOf(jobs.get(id));
      },
      'job.again': async ({ id }, { signal }) => {
        const { method, input } = jobs.get(id);
        return rowOf((await this.#begin(method, { ...parsed(method, input), again: true }, signal)).job);
      },
    };
  }

  /** Ends what goes on: it is interrupted. */
  async close(): Promise<void> {
    const going = [...this.#active.values()];
    for (const { abort } of going) abort.abort(closing());
    await Promise.allSettled(going.map(({ ended }) => ended));
  }

  /** A call that waits for the answer. Only who cancels it ends the job, unless others wait for it too. */
  async #answer(method: JobMethod, input: Input, { signal, progress }: Call): Promise<unknown> {
    const begun = await this.#begin(method, input, signal);
    const { active } = begun;
    if (!active) return withOrigin(begun.job, begun.answer, true);
    active.callers++;
    const leave = (): void => {
      if (hasLeft(signal)) return;
      if (--active.callers === 0) active.abort.abort(cancelled());
    };
    signal.addEventListener('abort', leave);
    if (signal.aborted) leave();
    try {
      const { followers, ended } = active;
      void followers.follow(({ event }) => progress(event), { ended, signal }).catch(() => {});
      const answer = await active.ended;
      return withOrigin(this.#workspace.store.jobs.get(active.job.id), answer, false);
    } finally {
      signal.removeEventListener('abort', leave);
    }
  }

  /** The job that answers: one that goes on, one whose answer is kept, or a new one. */
  async #begin(method: JobMethod, input: Input, signal: AbortSignal): Promise<Begun> {
    const { store } = this.#workspace;
    const kind = KINDS[method] as AnyKind;
    const reads = kind.reads(input, this.#workspace);
    const { studies } = store;
    const study = input.study === undefined ? studyOf(reads, input, store) : studies.get(input.study).id;
    const linked = (begun: Begun): Begun => {
      if (study !== undefined) studies.linkJob(study, begun.job.id);
      return begun;
    };
    const key = await keyOf({ method, input, reads }, { workspace: this.#workspace, files: this.#lanes.files, signal });
    const found = input.again ? undefined : await this.#find(key, kind, signal);
    signal.throwIfAborted();
    // One that is just being ended has no answer for who comes now.
    const going = [...this.#active.values()].find((active) => active.key === key && !active.abort.signal.aborted);
    if (going) return linked({ job: going.job, active: going });
    if (found) return linked(found);
    const id = store.atomically(() => {
      store.jobs.forgetOldest();
      return store.jobs.create({ method, key, input, reads: reads.map(nameOf) });
    });
    const abort = new AbortController();
    const followers = new Followers<JobEvent>();
    const ended = this.#run({ id, method, input, kind, followers, signal: abort.signal }).finally(() =>
      this.#active.delete(id),
    );
    // Who waits for it hears of it; nobody may.
    ended.catch(() => {});
    const active = { job: store.jobs.get(id), key, followers, ended, abort, callers: 0 };
    this.#active.set(id, active);
    return linked({ job: active.job, active });
  }

  /** One with this key whose answer is kept and whose files are what they were. */
  async #find(key: string, { writes }: AnyKind, signal: AbortSignal): Promise<Begun | undefined> {
    const { jobs } = this.#workspace.store;
    for (const job of jobs.find(key)) {
      const answer = this.#kept(job);
      if (answer === undefined) continue;
      const left = writes?.(answer as OutputOf<JobMethod>);
      if (left && (await this.#digest(left, signal)) !== jobs.written(job.id)) continue;
      return { job, active: null, answer };
    }
    return undefined;
  }

  async #run(job: {
    id: string;
    method: JobMethod;
    input: Input;
    kind: AnyKind;
    followers: Followers<JobEvent>;
    signal: AbortSignal;
  }): Promise<unknown> {
    const { id, method, input, kind, followers, signal } = job;
    const { jobs } = this.#workspace.store;
    try {
      const answer = await this.#turns.take(kind.queue, signal, async () => {
        jobs.begin(id);
        return this.#lanes[kind.lane].call(method, input, { signal, onProgress: (event) => tell(followers, event) });
      });
      const written = kind.writes ? await this.#digest(kind.writes(answer), signal) : null;
      jobs.end(id, 'completed', { answer: (kind.keeps?.(input, answer) ?? true) ? answer : undefined, written });
      return answer;
    } catch (thrown) {
      const error = CutpointError.from(signal.aborted ? signal.reason : thrown);
      const { code, message, remedy } = error;
      if (error.kind === 'defect') logDefect(method, error);
      const status = code === 'CANCELLED' ? 'cancelled' : signal.aborted ? 'interrupted' : 'failed';
      jobs.end(id, status, { error: status === 'cancelled' ? null : { code, message, remedy } });
      throw error;
    }
  }

  #digest(files: readonly string[], signal: AbortSignal): Promise<string> {
    return this.#lanes.files.call('lane.listing', { things: files.map((path) => ({ path })) }, { signal });
  }

  /** What a job answered; undefined where that is not kept, or is not what this version answers. */
  #kept(job: StoredJob): unknown {
    try {
      return contract[job.method].output.safeParse(this.#workspace.store.jobs.answer(job.id)).data;
    } catch (thrown) {
      if (CutpointError.from(thrown).code === 'STORE_CORRUPT') return undefined;
      throw thrown;
    }
  }
}

/** The study of what a job reads, where there is one: of a run, or of a selection of data. Looking makes none. */
function studyOf(reads: readonly Read[], input: Input, { studies }: Store): string | undefined {
  for (const read of reads) {
    const study = 'run' in read ? studies.ofRun(read.run) : undefined;
    if (study !== undefined) return study;
  }
  const { data } = dataSelection.safeParse('data' in input ? input.data : input);
  return data && studies.on(data);
}

const withOrigin = ({ id, endedAt, createdAt }: StoredJob, answer: unknown, found: boolean): unknown => ({
  ...(answer as object),
  origin: { job: id, at: endedAt ?? createdAt, found } satisfies Origin,
});

/** @throws CutpointError INPUT_INVALID */
function parsed(method: JobMethod, input: unknown): Input {
  const { data, error } = contract[method].input.safeParse(input);
  if (error) throw inputInvalid(method, error);
  return data;
}

function rowOf({ input, ...job }: StoredJob): JobRow {
  const { data } = contract[job.method].input.safeParse(input);
  // Of another version, which may have called its settings otherwise.
  return { ...job, title: data ? jobTitle(job.method, data) : job.method };
}

/** Maps and measured cuts are repeated to whoever follows later; of everything else the latest state is. */
function tell(followers: Followers<JobEvent>, event: unknown): void {
  const { map, measured } = event as { map?: { picture: number }; measured?: { cut: string } };
  followers.tell({ event }, map ? `map ${map.picture}` : measured ? `cut ${measured.cut}` : 'now');
}

const closing = (): CutpointError =>
  new CutpointError('ENGINE_CRASHED', 'Cutpoint was closed before this was done.', { remedy: 'Start it again.' });
