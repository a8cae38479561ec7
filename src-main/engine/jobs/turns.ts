/** Work in queues: of each, one piece at a time, in the order in which it came. */
export class Turns {
  /** Of each queue with work in it, when the last piece will be over. */
  readonly #last = new Map<string, Promise<void>>();

  /**
   * Does `work` when all that came before it into the queue is over; at once where there is nothing.
   * @throws the signal's reason where it aborts before the turn has come, and whatever the work throws
   */
  async take<T>(queue: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    signal.throwIfAborted();
    const before = this.#last.get(queue);
    const { promise: over, resolve } = Promise.withResolvers<void>();
    const last = before ? before.then(() => over) : over;
    this.#last.set(queue, last);
    try {
      if (before) await unlessAborted(before, signal);
      return await work();
    } finally {
      resolve();
      if (this.#last.get(queue) === last) this.#last.delete(queue);
    }
  }
}

/** @throws the signal's reason where it aborts first */
async function unlessAborted(promise: Promise<void>, signal: AbortSignal): Promise<void> {
  const left = Promise.withResolvers<void>();
  const leave = (): void => left.resolve();
  signal.addEventListener('abort', leave);
  try {
    await Promise.race([promise, left.promise]);
  } finally {
    signal.removeEventListener('abort', leave);
  }
  signal.throwIfAborted();
}
