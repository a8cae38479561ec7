import { randomBytes } from 'node:crypto';
import type { Numbered } from '../../contract/stream.ts';

/** Events that are kept for who comes back; one before them is told anew with the whole picture. */
const KEPT = 1000;

/**
 * The numbered log of something that goes on, for whoever follows it: a run, a comparison, a job, the changes of the
 * store. Who lost the connection goes on after the last event heard. Ids are `LIFE-NUMBER`; a log of another life has
 * another one.
 */
export class Followers<E extends object> {
  readonly #life = randomBytes(6).toString('hex');
  readonly #kept: number;
  readonly #listeners = new Set<(event: Numbered<E>) => void>();
  /** The latest events, without gaps; the last one has the number `#last`. */
  readonly #log: Numbered<E>[] = [];
  readonly #lasting = new Map<string, E>();
  #last = 0;

  constructor({ kept = KEPT } = {}) {
    this.#kept = kept;
  }

  /**
   * @param as the event belongs to the picture of who begins to follow later, until another comes under this name: what
   *   goes on just now, of which nothing is stored
   */
  tell(event: E, as?: string): void {
    if (as !== undefined) this.#lasting.set(as, event);
    const told = { ...event, id: this.#id(++this.#last) };
    this.#log.push(told);
    if (this.#log.length > this.#kept) this.#log.shift();
    for (const listener of this.#listeners) listener(told);
  }

  /** What is over does not belong to the picture any more; without a name: nothing does. */
  forget(as?: string): void {
    if (as === undefined) this.#lasting.clear();
    else this.#lasting.delete(as);
  }

  /**
   * Tells what came after `after`, if that is still known, else the whole picture; then all that follows, until it has
   * `ended` or nobody listens any more. What is told first is told before this returns.
   * @param picture what the picture begins with, read from the store; what goes on just now comes after it
   */
  async follow(listener: (event: Numbered<E>) => void, { ended, signal, after, picture }: Following<E>): Promise<void> {
    for (const event of this.#since(after) ?? this.#whole(picture?.() ?? [])) listener(event);
    this.#listeners.add(listener);
    const left = Promise.withResolvers<void>();
    const leave = (): void => {
      this.#listeners.delete(listener);
      left.resolve();
    };
    signal.addEventListener('abort', leave, { once: true });
    if (signal.aborted) leave();
    try {
      await Promise.race(ended ? [ended, left.promise] : [left.promise]);
    } finally {
      signal.removeEventListener('abort', leave);
      leave();
    }
  }

  /** Null where some of it is not known any more, or never was. */
  #since(after: string | undefined): Numbered<E>[] | null {
    const missed = this.#last - Number(after?.slice(this.#life.length + 1) || Number.NaN);
    const known = after === this.#id(this.#last - missed) && missed >= 0 && missed <= this.#log.length;
    return known ? this.#log.slice(this.#log.length - missed) : null;
  }

  #whole(picture: readonly E[]): Numbered<E>[] {
    const all: Numbered<E>[] = [...picture, ...this.#lasting.values()];
    const last = all.pop();
    return last === undefined ? [] : [...all, { ...last, id: this.#id(this.#last) }];
  }

  readonly #id = (number: number): string => `${this.#life}-${number}`;
}

export interface Following<E> {
  /** When the stream is over; left out: never. */
  ended?: Promise<unknown>;
  signal: AbortSignal;
  /** The id of the last event heard, from this log or any other. */
  after?: string | undefined;
  picture?(): readonly E[];
}
