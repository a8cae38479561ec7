import { once } from 'node:events';
import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { dirname } from 'node:path';
import type { Handlers } from '../../contract/index.ts';
import { serve } from '../../rpc/server.ts';
import { streamTransport } from '../../rpc/transports/stream.ts';
import { version } from '../../version.ts';
import { logDefect } from '../defects.ts';
import { doorOf, isOwn } from './join.ts';

/**
 * Lets other programs of the user join this engine, which holds the lock of the workspace. Where the file system has no
 * sockets nobody can, which is logged and stops nothing.
 * @returns how to close it
 */
export async function openDoor(workspace: string, handlers: Handlers): Promise<() => Promise<void>> {
  const path = doorOf(workspace);
  if (path === null) return () => Promise.resolve();
  const joined = new Set<Socket>();
  const server = createServer((socket) => {
    joined.add(socket);
    socket.once('close', () => joined.delete(socket));
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
    return () => Promise.resolve();
  }
  return async () => {
    for (const socket of joined) socket.destroy();
    await new Promise((done) => server.close(done));
  };
}
