/** Work in queues: of each, one piece at a time, in the order in which it came. */
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>();

  /**
   * Does `work` when all that came before it into the queue is over.
   * @throws the signal's reason where it aborts before the turn has come, and whatever the work throws
   */
  async take<T>(queue: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(queue) ?? Promise.resolve();
    const over = Promise.withResolvers<void>();
    this.#last.set(
      queue,
      before.then(() => over.promise),
    );
    const left = Promise.withResolvers<never>();
    left.promise.catch(() => {});
    const leave = (): void => left.reject(signal.reason);
    signal.addEventListener('abort', leave);
    try {
      signal.throwIfAborted();
      await Promise.race([before, left.promise]);
      signal.throwIfAborted();
      return await work();
    } finally {
      signal.removeEventListener('abort', leave);
      over.resolve();
    }
  }
}
