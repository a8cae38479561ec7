import type { Followers } from './followers.ts';

/** How many that ended are kept. */
const KEPT = 8;

/** Something that is followed: a run, a comparison. */
export interface Active<E extends object> {
  id: string;
  followers: Followers<E>;
  /** Rejects only where not even the end could be stored. */
  ended: Promise<unknown>;
}

/** Those that ended just now, for who lost the connection before, and comes back after. */
export class Ended<E extends object> {
  readonly #kept = new Map<string, Active<E>>();

  keep({ id, followers }: Omit<Active<E>, 'ended'>): void {
    followers.forget();
    this.#kept.delete(id);
    this.#kept.set(id, { id, followers, ended: Promise.resolve() });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT) this.#kept.delete(oldest!);
  }

  get(id: string): Active<E> | null {
    return this.#kept.get(id) ?? null;
  }
}
