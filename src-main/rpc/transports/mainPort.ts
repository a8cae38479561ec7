import { plain } from '../plain.ts';
import type { Transport } from '../transport.ts';

/** The shape of Electron's MessagePortMain. */
export interface MainPort {
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  postMessage(message: unknown): void;
  start(): void;
  close(): void;
}

/** A MessagePort in an Electron main or utility process. */
export function mainPortTransport(port: MainPort): Transport {
  return {
    send: (message) => port.postMessage(plain(message)),
    listen(listener) {
      port.on('message', ({ data }) => listener.message(data));
      port.on('close', () => listener.closed());
      port.start();
    },
    close: () => port.close(),
  };
}
