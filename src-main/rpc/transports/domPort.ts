import { plain } from '../plain.ts';
import type { Transport } from '../transport.ts';

/** The part of a browser's MessagePort that is used. */
export interface DomPort {
  addEventListener(
    event: 'message' | 'close',
    listener: (event: { readonly type: string; readonly data?: unknown }) => void,
  ): void;
  postMessage(message: unknown): void;
  start(): void;
  close(): void;
}

/** A MessagePort in a window. */
export function domPortTransport(port: DomPort): Transport {
  return {
    send: (message) => port.postMessage(plain(message)),
    listen(listener) {
      port.addEventListener('message', ({ data }) => listener.message(data));
      port.addEventListener('close', () => listener.closed());
      port.start();
    },
    close: () => port.close(),
  };
}
