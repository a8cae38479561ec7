import type { ChildProcess } from 'node:child_process';
import { plain } from '../plain.ts';
import type { Transport } from '../transport.ts';

/**
 * Node's process channel, seen from the parent (a child forked with `serialization: 'advanced'`) or from the child
 * (`process`). Node holds messages back until somebody listens.
 */
export function processTransport(end: ChildProcess | NodeJS.Process): Transport {
  return {
    send(message) {
      // The callback takes the error of a channel that closes meanwhile; `closed` reports it.
      if (end.connected) end.send?.(message as object, undefined, undefined, () => {});
    },
    listen(listener) {
      end.on('message', (message: unknown) => listener.message(plain(message)));
      if (end.connected) end.once('disconnect', () => listener.closed());
      else queueMicrotask(() => listener.closed());
    },
    close() {
      if (end.connected) end.disconnect?.();
    },
  };
}
