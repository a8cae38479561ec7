import { decode, encode } from '../serialise.ts';
import type { Transport } from '../transport.ts';

/** What the sockets of browsers and of the package `ws` have in common. */
export interface Socket {
  binaryType: string;
  readonly readyState: number;
  /** Bytes handed to `send` that the network has not taken yet. */
  readonly bufferedAmount: number;
  addEventListener(event: 'message', listener: (event: { data: unknown }) => void): void;
  addEventListener(event: 'open' | 'close' | 'error', listener: () => void): void;
  send(bytes: Uint8Array<ArrayBuffer>): void;
  close(code?: number): void;
}

const CONNECTING = 0;
const OPEN = 1;
const CLOSED = 3;
/** RFC 6455, 7.4.1: the data are not what the message type promises. */
const INVALID_DATA = 1007;
/** RFC 6455, registry: the other side should come back later. */
const TRY_AGAIN_LATER = 1013;
/** Bytes that may wait for a reader who does not keep up; more than the largest message, an image at full depth. */
const LARGEST_BACKLOG = 256 * 1024 ** 2;

/**
 * MessagePack over a WebSocket. What is sent while the socket opens waits. A message that is something else ends the
 * connection, and so does a reader who lets more than `backlog` bytes wait.
 */
export function webSocketTransport(socket: Socket, backlog = LARGEST_BACKLOG): Transport {
  const waiting: Uint8Array<ArrayBuffer>[] = [];
  socket.binaryType = 'arraybuffer';
  // Without a listener `ws` throws; a 'close' always follows and is what counts.
  socket.addEventListener('error', () => {});
  socket.addEventListener('open', () => {
    for (const bytes of waiting.splice(0)) socket.send(bytes);
  });
  return {
    send(message) {
      const bytes = encode(message);
      if (socket.readyState === CONNECTING) waiting.push(bytes);
      else if (socket.readyState === OPEN && socket.bufferedAmount > backlog) socket.close(TRY_AGAIN_LATER);
      else if (socket.readyState === OPEN) socket.send(bytes);
    },
    listen(listener) {
      socket.addEventListener('message', ({ data }) => {
        let message: unknown;
        try {
          if (!(data instanceof ArrayBuffer)) throw new TypeError('Text is no message.');
          message = decode(data);
        } catch {
          return socket.close(INVALID_DATA);
        }
        listener.message(message);
      });
      socket.addEventListener('close', () => listener.closed());
      if (socket.readyState === CLOSED) queueMicrotask(() => listener.closed());
    },
    close: () => socket.close(),
  };
}
