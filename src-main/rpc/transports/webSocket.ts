import type { Transport } from '../transport.ts';

/** What the sockets of browsers and of the package `ws` have in common. */
export interface Socket {
  readonly readyState: number;
  /** Bytes handed to `send` that the network has not taken yet. */
  readonly bufferedAmount: number;
  addEventListener(event: 'message', listener: (event: { data: unknown }) => void): void;
  addEventListener(event: 'open' | 'close' | 'error', listener: () => void): void;
  send(text: string): void;
  close(code?: number): void;
}

const CONNECTING = 0;
const OPEN = 1;
const CLOSED = 3;
/** RFC 6455, 7.4.1: the data are not what the message type promises. */
const INVALID_DATA = 1007;
/** RFC 6455, registry: the other side should come back later. */
const TRY_AGAIN_LATER = 1013;
/** Bytes that may wait for a reader who does not keep up; a message is far smaller. */
const LARGEST_BACKLOG = 64 * 1024 ** 2;

/**
 * JSON over a WebSocket. What is sent while the socket opens waits. A message that is not JSON ends the connection, and
 * so does a reader who lets more than `backlog` bytes wait.
 */
export function webSocketTransport(socket: Socket, backlog = LARGEST_BACKLOG): Transport {
  const waiting: string[] = [];
  // Without a listener `ws` throws; a 'close' always follows and is what counts.
  socket.addEventListener('error', () => {});
  socket.addEventListener('open', () => {
    for (const text of waiting.splice(0)) socket.send(text);
  });
  return {
    send(message) {
      const text = JSON.stringify(message);
      if (socket.readyState === CONNECTING) waiting.push(text);
      else if (socket.readyState === OPEN && socket.bufferedAmount > backlog) socket.close(TRY_AGAIN_LATER);
      else if (socket.readyState === OPEN) socket.send(text);
    },
    listen(listener) {
      socket.addEventListener('message', ({ data }) => {
        let message: unknown;
        try {
          message = JSON.parse(String(data));
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
