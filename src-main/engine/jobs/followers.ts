/** Who follows something that goes on, and what of it is going on just now: for whoever begins later, as nothing of it is stored. */
export class Followers<E> {
  readonly #listeners = new Set<(event: E) => void>();
  readonly #now = new Map<string, E>();

  /** @param as the event is repeated to whoever begins to follow later, until another comes under this name */
  tell(event: E, as?: string): void {
    if (as !== undefined) this.#now.set(as, event);
    for (const listener of this.#listeners) listener(event);
  }

  /** What is over is not repeated any more; without a name: nothing is. */
  forget(as?: string): void {
    if (as === undefined) this.#now.clear();
    else this.#now.delete(as);
  }

  /** Tells what goes on now and all that follows, until it has ended or nobody listens any more. */
  async follow(listener: (event: E) => void, ended: Promise<unknown>, signal: AbortSignal): Promise<void> {
    for (const event of this.#now.values()) listener(event);
    this.#listeners.add(listener);
    const left = Promise.withResolvers<void>();
    const leave = (): void => left.resolve();
    signal.addEventListener('abort', leave, { once: true });
    if (signal.aborted) leave();
    try {
      await Promise.race([ended, left.promise]);
    } finally {
      signal.removeEventListener('abort', leave);
      this.#listeners.delete(listener);
    }
  }
}

/** Tells each event but once: what was read from the store may still be under way as an event. */
export function once<E>(tell: (event: E) => void): (event: E) => void {
  const told = new Set<string>();
  return (event) => {
    const key = JSON.stringify(event);
    if (told.has(key)) return;
    told.add(key);
    tell(event);
  };
}
