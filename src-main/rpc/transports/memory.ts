import { plain } from '../plain.ts';
import type { Transport, TransportListener } from '../transport.ts';

/** Two ends of a channel within one process; messages are copied, as between processes, and arrive later. */
export function memoryPair(): [Transport, Transport] {
  const ends = [new MemoryEnd(), new MemoryEnd()] as const;
  ends[0].other = ends[1];
  ends[1].other = ends[0];
  return [ends[0], ends[1]];
}

class MemoryEnd implements Transport {
  other: MemoryEnd = this;
  #queue: unknown[] = [];
  #listener: TransportListener | undefined;
  #closed = false;

  send(message: unknown): void {
    if (this.#closed) return;
    const copy: unknown = structuredClone(plain(message));
    queueMicrotask(() => this.other.#deliver(copy));
  }

  listen(listener: TransportListener): void {
    this.#listener = listener;
    queueMicrotask(() => {
      for (const message of this.#queue.splice(0)) this.#deliver(message);
      if (this.#closed) listener.closed();
    });
  }

  close(): void {
    this.#end();
    queueMicrotask(() => this.other.#end());
  }

  #deliver(message: unknown): void {
    if (this.#closed) return;
    if (this.#listener) this.#listener.message(message);
    else this.#queue.push(message);
  }

  #end(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#listener?.closed();
  }
}
