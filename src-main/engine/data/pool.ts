import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { CutpointError, type ErrorReply } from '../../contract/errors.ts';
import { limitsHere, threadsHere } from '../host/limits.ts';
import { machineMemory } from '../host/machineMemory.ts';
import { stateAt } from './places/place.ts';
import type { TaskInput, TaskName, TaskOutput } from './tasks.ts';

export interface PoolOptions {
  /** Threads; default: one less than the cores, so that the engine keeps one, and no more than memory is there for. */
  size?: number;
  /** Milliseconds for one file; left out: by its size, see {@link timeLimitOf}. */
  timeLimit?: number;
  /** Most that one thread has for headers and the like, MB; pixels lie outside of it, and are measured before decoding. */
  heap?: number;
  /** Asked once a second; from the first yes on the threads let others go first, see `letOthersGoFirst`. Left out: never. */
  lowered?: (() => boolean) | undefined;
  /** Module that the threads run. */
  script?: URL;
}

interface Job {
  name: TaskName;
  input: { path: string };
  resolve(value: unknown): void;
  reject(error: CutpointError): void;
}

interface Thread {
  worker: Worker;
  state: 'starting' | 'ready';
  /** The first is being read; the next one waits there, so that the thread does not wait for it. */
  jobs: Job[];
  timer?: NodeJS.Timeout;
}

/** The thread's module: a source file under Node, a bundle beside this one once built. */
const SCRIPT = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url);

/** What reading the largest image takes at its peak, bytes: so much memory has to be there for each thread. */
const MOST_PER_READER = 0.75e9;

/**
 * Threads that read image files, so that a codec can neither block the engine nor hang it: a thread that exceeds the
 * time limit or stops is replaced, and its file fails with IMAGE_CORRUPT; one that exceeds the memory, with
 * IMAGE_TOO_LARGE.
 */
export class WorkerPool {
  readonly size: number;
  readonly #timeLimit: number | undefined;
  readonly #heap: number;
  readonly #lowered: () => boolean;
  readonly #script: URL;
  readonly #threads = new Set<Thread>();
  readonly #waiting: Job[] = [];
  #closed = false;

  constructor({ size = usualSize(), timeLimit, heap = 512, lowered, script = SCRIPT }: PoolOptions = {}) {
    this.size = size;
    this.#timeLimit = timeLimit;
    this.#heap = heap;
    this.#lowered = lowered ? sometimes(lowered) : () => false;
    this.#script = script;
  }

  /** Throws what the task throws, IMAGE_CORRUPT when it takes too long or stops its thread, CANCELLED once closed. */
  run<K extends TaskName>(name: K, input: TaskInput<K>): Promise<TaskOutput<K>> {
    return new Promise((resolve, reject) => {
      if (this.#closed) return reject(cancelled());
      this.#waiting.push({ name, input, resolve: resolve as Job['resolve'], reject });
      this.#dispatch();
    });
  }

  /** Ends all threads; what is unfinished fails with CANCELLED. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const job of this.#waiting.splice(0)) job.reject(cancelled());
    const threads = [...this.#threads];
    for (const thread of threads) for (const job of this.#takeAll(thread)) job.reject(cancelled());
    await Promise.all(threads.map(({ worker }) => worker.terminate()));
  }

  #dispatch(): void {
    this.#assign(0);
    const starting = () => [...this.#threads].filter(({ state }) => state === 'starting').length;
    if (!this.#closed && this.#threads.size < this.size && this.#waiting.length > starting()) this.#start();
    // What a thread that comes up will read at once waits for it.
    if (this.#waiting.length > starting()) this.#assign(1);
  }

  /** Gives a job to each thread that has as many already. */
  #assign(many: 0 | 1): void {
    for (const thread of this.#threads) {
      if (thread.state !== 'ready' || thread.jobs.length !== many) continue;
      const job = this.#waiting.shift();
      if (!job) return;
      thread.jobs.push(job);
      thread.worker.ref();
      if (many === 0) this.#watch(thread);
      thread.worker.postMessage({ name: job.name, input: job.input, lowered: this.#lowered() });
    }
  }

  /** Replaces the thread where its first job takes too long. The disk is asked for the limit of those few alone. */
  #watch(thread: Thread): void {
    const [job] = thread.jobs;
    clearTimeout(thread.timer);
    if (!job) return;
    const isGoing = (): boolean => this.#threads.has(thread) && thread.jobs[0] === job;
    const stop = (limit: number): void => {
      if (!isGoing()) return;
      // Replaced at once: what it does in native code may go on for a while.
      this.#threads.delete(thread);
      const [late, ...others] = this.#takeAll(thread);
      this.#waiting.unshift(...others);
      late?.reject(
        unreadable(`Reading the file took longer than ${Math.round(limit / 1000)} seconds and was stopped.`),
      );
      void thread.worker.terminate();
      this.#dispatch();
    };
    // An answer that came in while the engine was busy counts.
    const after = (milliseconds: number, limit: number) =>
      (thread.timer = setTimeout(() => setImmediate(() => stop(limit)), milliseconds));
    if (this.#timeLimit !== undefined) return void after(this.#timeLimit, this.#timeLimit);
    thread.timer = setTimeout(() => {
      void timeLimitOf(job.input.path).then((limit) => isGoing() && after(limit - LEAST_TIME, limit));
    }, LEAST_TIME);
  }

  #start(): void {
    const worker = new Worker(this.#script, { resourceLimits: { maxOldGenerationSizeMb: this.#heap } });
    const thread: Thread = { worker, state: 'starting', jobs: [] };
    this.#threads.add(thread);
    let failure: unknown;
    thread.worker.on('message', (message: 'ready' | { value?: unknown; error?: ErrorReply }) => {
      if (message === 'ready') {
        thread.state = 'ready';
        thread.worker.unref();
      } else {
        const job = this.#take(thread);
        if (message.error) job?.reject(CutpointError.fromReply(message.error));
        else job?.resolve(message.value);
      }
      this.#dispatch();
    });
    thread.worker.on('error', (error: unknown) => void (failure = error));
    thread.worker.on('exit', () => {
      this.#threads.delete(thread);
      const [last, ...others] = this.#takeAll(thread);
      last?.reject(stopped(failure));
      this.#waiting.unshift(...others);
      // A thread that never came up will not come up next time either.
      if (thread.state === 'starting' && !this.#closed)
        for (const job of this.#waiting.splice(0)) job.reject(notStarted(failure));
      this.#dispatch();
    });
    this.#dispatch();
  }

  /** Ends the thread's first job without answering it. An idle thread does not keep the process alive. */
  #take(thread: Thread): Job | undefined {
    const job = thread.jobs.shift();
    if (thread.jobs.length === 0) thread.worker.unref();
    this.#watch(thread);
    return job;
  }

  #takeAll(thread: Thread): Job[] {
    clearTimeout(thread.timer);
    thread.worker.unref();
    return thread.jobs.splice(0);
  }
}

interface Outcomes<K extends TaskName> {
  /** Hears of each as it comes, in any order; what it throws ends the whole. */
  done: (index: number, outcome: TaskOutput<K> | CutpointError) => void | Promise<void>;
  signal?: AbortSignal;
}

/**
 * Runs one task per input on a pool of its own. `done` gets the error instead of the output where a file fails.
 * Throws CANCELLED when `signal` aborts.
 */
export async function runAll<K extends TaskName>(
  name: K,
  inputs: TaskInput<K>[],
  { done, signal, ...options }: PoolOptions & Outcomes<K>,
): Promise<void> {
  const pool = new WorkerPool(options);
  // What is being read is not waited for.
  const stop = () => void pool.close();
  signal?.addEventListener('abort', stop);
  try {
    await runOn(pool, name, inputs, { done, signal });
  } finally {
    signal?.removeEventListener('abort', stop);
    await pool.close();
  }
}

/** The same on a pool that stays and may have other work. Throws CANCELLED once what is being read is through. */
export async function runOn<K extends TaskName>(
  pool: WorkerPool,
  name: K,
  inputs: TaskInput<K>[],
  { done, signal }: Outcomes<K>,
): Promise<void> {
  let next = 0;
  let ended = false;
  const lane = async () => {
    while (!ended && next < inputs.length) {
      if (signal?.aborted) throw cancelled();
      const index = next++;
      const outcome = await pool.run(name, inputs[index]!).catch((error: CutpointError) => error);
      if (signal?.aborted) throw cancelled();
      if (outcome instanceof CutpointError && outcome.kind !== 'user') throw outcome;
      if (!ended) await done(index, outcome);
    }
  };
  try {
    // One file waits at each thread, so that none idles while its answer is dealt with.
    await Promise.all(Array.from({ length: pool.size * 2 }, lane));
  } finally {
    ended = true;
  }
}

/**
 * As many threads as there are cores but for those to spare, and not more than are allowed, of as many as half of the
 * memory is enough for.
 */
export function usualSize(spare = 1): number {
  const { total } = machineMemory();
  const memory = Math.min(total, limitsHere().memoryBytes ?? Infinity);
  const threads = Math.min(availableParallelism() - spare, threadsHere());
  return Math.max(1, Math.min(threads, Math.floor(memory / 2 / MOST_PER_READER)));
}

/** Milliseconds that any file may take. */
const LEAST_TIME = 20_000;

/** Milliseconds that a file may take: 20 seconds, and up to a minute in proportion to its first megabyte. */
async function timeLimitOf(path: string): Promise<number> {
  const bytes = (await stateAt(path))?.size ?? 0;
  return LEAST_TIME + 40_000 * Math.min(1, bytes / 1e6);
}

/** Milliseconds for which an answer holds. */
const HOLDS = 1000;

/** The same question, asked once a second at most, and not again after a yes. */
function sometimes(question: () => boolean): () => boolean {
  let [answer, asked] = [false, -Infinity];
  return () => {
    if (answer || performance.now() - asked < HOLDS) return answer;
    asked = performance.now();
    try {
      return (answer = question());
    } catch {
      // Who is asked is being closed, and reading with it.
      return false;
    }
  };
}

function cancelled(): CutpointError {
  return new CutpointError('CANCELLED', 'Reading the images was cancelled.');
}

function unreadable(message: string, cause?: unknown): CutpointError {
  return new CutpointError('IMAGE_CORRUPT', message, { remedy: 'Leave the file out, or convert it.', cause });
}

function stopped(failure: unknown): CutpointError {
  if ((failure as NodeJS.ErrnoException | undefined)?.code !== 'ERR_WORKER_OUT_OF_MEMORY')
    return unreadable('Reading the file made the reader stop.', failure);
  return new CutpointError('IMAGE_TOO_LARGE', 'Reading the file takes more memory than an image of any size needs.', {
    remedy: 'Leave the file out, or export the image again.',
    cause: failure,
  });
}

function notStarted(cause: unknown): CutpointError {
  return new CutpointError('DEFECT', 'The image readers could not be started.', { cause });
}
