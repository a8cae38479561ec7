import { Worker } from 'node:worker_threads';
import { CutpointError, type ErrorReply } from '../../contract/errors.ts';

export interface ThreadLimits {
  /** For the whole task, the start of the thread included. */
  milliseconds: number;
  /** Of JavaScript's heap; buffers are not counted. */
  megabytes: number;
}

/** What a thread posts, once. */
export type ThreadAnswer<T> = { value: T } | { error: ErrorReply };

/** A task exceeded what it was given. */
export class LimitReached extends Error {
  readonly limit: 'time' | 'memory';

  constructor(limit: 'time' | 'memory') {
    super(`the task reached its limit of ${limit}`);
    this.limit = limit;
  }
}

/**
 * Runs one task in a thread of its own, so that nothing a user gives (a table, a pattern) can hold or kill the engine.
 * @param script posts one {@link ThreadAnswer} about its `workerData`
 * @throws LimitReached, the CutpointError that the thread answers, or what ended the thread
 */
export async function inThread<T>(script: URL, workerData: unknown, limits: ThreadLimits): Promise<T> {
  const thread = new Worker(script, { workerData, resourceLimits: { maxOldGenerationSizeMb: limits.megabytes } });
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const timer = setTimeout(() => reject(new LimitReached('time')), limits.milliseconds);
  thread.on('message', (answer: ThreadAnswer<T>) => {
    if ('error' in answer) reject(CutpointError.fromReply(answer.error));
    else resolve(answer.value);
  });
  thread.on('error', (error: NodeJS.ErrnoException) =>
    reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new LimitReached('memory') : error),
  );
  thread.on('exit', (status) => reject(new Error(`The thread ended with status ${status} before it answered.`)));
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    await thread.terminate();
  }
}
