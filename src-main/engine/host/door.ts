import { EventEmitter, once } from 'node:events';
import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { dirname } from 'node:path';
import type { Handlers } from '../../contract/index.ts';
import { serve } from '../../rpc/server.ts';
import { streamTransport } from '../../rpc/transports/stream.ts';
import { version } from '../../version.ts';
import { logDefect } from '../defects.ts';
import { doorOf, isOwn } from './join.ts';

/** Where other programs join the engine. */
export interface Door {
  /** Waits until none of them is there any more. */
  alone: Handlers['system.alone'];
  /** How many of them are there. */
  readonly others: number;
  close(): Promise<void>;
}

/**
 * Lets other programs of the user join this engine, which holds the lock of the workspace. Where the file system has no
 * sockets nobody can, which is logged and stops nothing.
 */
export async function openDoor(workspace: string, handlers: Handlers): Promise<Door> {
  const path = doorOf(workspace);
  const none = { alone: () => null, others: 0, close: () => Promise.resolve() };
  if (path === null) return none;
  const joined = new Set<Socket>();
  const left = new EventEmitter();
  const server = createServer((socket) => {
    joined.add(socket);
    socket.once('close', () => {
      joined.delete(socket);
      left.emit('left');
    });
    const transport = streamTransport(socket);
    transport.send({ kind: 'door', version });
    serve(transport, handlers, { onDefect: logDefect });
  });
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    if (!isOwn(dirname(path))) throw new Error('its folder is not closed to others');
    // Of an engine that was killed: this one holds the lock.
    rmSync(path, { force: true });
    server.listen(path);
    await once(server, 'listening');
    chmodSync(path, 0o600);
  } catch (thrown) {
    console.error(`No other program can join this engine (${(thrown as NodeJS.ErrnoException).code ?? 'refused'}).`);
    return none;
  }
  return {
    async alone(_, { signal, progress }) {
      while (joined.size > 0) {
        progress({ others: joined.size });
        await once(left, 'left', { signal });
      }
      return null;
    },
    get others() {
      return joined.size;
    },
    async close() {
      for (const socket of joined) socket.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}
