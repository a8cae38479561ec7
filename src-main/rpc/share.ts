import type { Transport, TransportListener } from './transport.ts';

/**
 * One channel for several who each take the messages meant for them: two processes that call each other do so over one.
 * They must begin to listen within one turn of the event loop: what arrives is told to those who listen then.
 */
export function share(transport: Transport): () => Transport {
  const listeners: TransportListener[] = [];
  return () => ({
    send: (message) => transport.send(message),
    listen(listener) {
      listeners.push(listener);
      if (listeners.length > 1) return;
      transport.listen({
        message: (message) => listeners.forEach((each) => each.message(message)),
        closed: (reason) => listeners.forEach((each) => each.closed(reason)),
      });
    },
    close: () => transport.close(),
  });
}
