/** Something that is done, the first of its queue, or waits for that. */
interface Turn {
  name: string | undefined;
  /** Resolves when all before it are over. */
  called: PromiseWithResolvers<void>;
}

/** Work in queues: of each, one piece at a time, in the order in which it came, or in which it was put since. */
export class Turns {
  /** Those with work in them; the first of each is being done. */
  readonly #queues = new Map<string, Turn[]>();

  /**
   * Does `work` when all that is before it in the queue is over; at once where there is nothing.
   * @param name by which it can be moved while it waits
   * @throws the signal's reason where it aborts before the turn has come, and whatever the work throws
   */
  async take<T>(queue: string, signal: AbortSignal, work: () => Promise<T>, name?: string): Promise<T> {
    signal.throwIfAborted();
    const turn = { name, called: Promise.withResolvers<void>() };
    const turns = this.#open(queue);
    turns.push(turn);
    try {
      if (turns[0] !== turn) await unlessAborted(turn.called.promise, signal);
      return await work();
    } finally {
      turns.splice(turns.indexOf(turn), 1);
      // Again where what left has only waited: nothing happens then.
      turns[0]?.called.resolve();
      if (turns.length === 0) this.#queues.delete(queue);
    }
  }

  /** Names of what waits, in its order. */
  waiting(queue: string): string[] {
    return (this.#queues.get(queue) ?? []).slice(1).flatMap(({ name }) => name ?? []);
  }

  /** Puts what waits under this name at a place among those that wait, from 1; beyond the last: at the end. */
  move(queue: string, name: string, to: number): void {
    const turns = this.#queues.get(queue) ?? [];
    const from = turns.findIndex((turn, at) => at > 0 && turn.name === name);
    if (from < 0) return;
    const [turn] = turns.splice(from, 1);
    turns.splice(Math.max(1, to), 0, turn!);
  }

  #open(queue: string): Turn[] {
    const turns = this.#queues.get(queue) ?? [];
    this.#queues.set(queue, turns);
    return turns;
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
