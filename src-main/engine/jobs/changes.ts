import type { ChangeEvent } from '../../contract/changes.ts';
import type { Touched } from '../store/touched.ts';
import { Followers, type Following } from './followers.ts';

/** Milliseconds within which changes of one kind are told as one: a fast run stores many epochs in a second. */
const TOGETHER = 100;

/** Tells whoever listens what changed in the store. */
export class Changes {
  readonly #followers = new Followers<ChangeEvent>();
  /** Ids by kind; null: any of it. */
  #waiting = new Map<Touched['kind'], Set<string> | null>();

  /** What writes have touched that are on the disk now. */
  readonly note = (touched: readonly Touched[]): void => {
    if (touched.length === 0) return;
    if (this.#waiting.size === 0) setTimeout(() => this.#tell(), TOGETHER).unref();
    for (const { kind, id } of touched) {
      const ids = this.#waiting.get(kind);
      if (id === null) this.#waiting.set(kind, null);
      else if (ids === undefined) this.#waiting.set(kind, new Set([id]));
      else ids?.add(id);
    }
  };

  follow(
    listener: Parameters<Followers<ChangeEvent>['follow']>[0],
    { signal, after }: Pick<Following<ChangeEvent>, 'signal' | 'after'>,
  ): Promise<void> {
    return this.#followers.follow(listener, { signal, after, picture: () => [{ kind: 'all', ids: [] }] });
  }

  #tell(): void {
    const changes = this.#waiting;
    this.#waiting = new Map();
    for (const [kind, ids] of changes) this.#followers.tell({ kind, ids: [...(ids ?? [])] });
  }
}
