import type { Socket } from 'node:net';
import { deserialize, serialize } from 'node:v8';
import { plain } from '../plain.ts';
import type { Transport } from '../transport.ts';

const HEADER = 4;
/** Bytes of one message, far above any of ours: what claims more is not of Cutpoint. */
const LARGEST = 1024 ** 3;

/**
 * Messages over a stream between two processes of one user: each is V8's serialisation behind its length (4 bytes,
 * big-endian). What is no message ends the connection.
 */
export function streamTransport(socket: Socket): Transport {
  // Without a listener an error ends the process; 'close' always follows and is what counts.
  socket.on('error', () => {});
  return {
    send(message) {
      if (socket.destroyed || socket.writableEnded) return;
      const body = serialize(message);
      const header = Buffer.alloc(HEADER);
      header.writeUInt32BE(body.length);
      socket.cork();
      socket.write(header);
      socket.write(body);
      socket.uncork();
    },
    listen(listener) {
      const received: Buffer[] = [];
      let bytes = 0;
      const take = (count: number): Buffer => {
        const all = received.length === 1 ? received[0]! : Buffer.concat(received);
        received.splice(0, received.length, all.subarray(count));
        bytes -= count;
        return all.subarray(0, count);
      };
      let expected: number | null = null;
      socket.on('data', (chunk: Buffer) => {
        received.push(chunk);
        bytes += chunk.length;
        for (;;) {
          if (expected === null) {
            if (bytes < HEADER) return;
            expected = take(HEADER).readUInt32BE();
            if (expected > LARGEST) return void socket.destroy();
          }
          if (bytes < expected) return;
          const body = take(expected);
          expected = null;
          let message: unknown;
          try {
            message = plain(deserialize(body));
          } catch {
            return void socket.destroy();
          }
          listener.message(message);
        }
      });
      socket.once('close', () => listener.closed());
      if (socket.destroyed) queueMicrotask(() => listener.closed());
    },
    close: () => void socket.end(() => socket.destroy()),
  };
}
