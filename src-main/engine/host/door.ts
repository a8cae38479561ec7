import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, lstatSync, mkdirSync, rmSync } from 'node:fs';
import { connect as open, createServer, type Socket } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import type { Handlers } from '../../contract/index.ts';
import { serve } from '../../rpc/server.ts';
import { streamTransport } from '../../rpc/transports/stream.ts';
import type { Transport } from '../../rpc/transport.ts';
import { version } from '../../version.ts';
import { logDefect } from '../defects.ts';

/** Systems cut the name of a socket off behind some hundred bytes. */
const LONGEST_NAME = 100;
/** Milliseconds within which an engine that is there answers. */
const PATIENCE = 2000;

/**
 * Where an engine can be joined by other programs of its user: a socket in the workspace, which only its owner enters; where
 * that name would be too long, in a folder of the user's own among the temporary ones; on Windows a pipe.
 */
function doorOf(workspace: string): string {
  const folder = resolve(workspace);
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 24);
  if (process.platform === 'win32') return String.raw`\\.\pipe\cutpoint-${name}`;
  const path = join(folder, 'engine.sock');
  return Buffer.byteLength(path) <= LONGEST_NAME ? path : join(tmpdir(), `cutpoint-${userInfo().uid}`, `${name}.sock`);
}

/** Whether a folder that others can write beside is the user's own and closed to them. */
function isOwn(folder: string): boolean {
  const found = lstatSync(folder, { throwIfNoEntry: false });
  return found !== undefined && found.isDirectory() && found.uid === userInfo().uid && (found.mode & 0o077) === 0;
}

/**
 * Lets other programs of the user join this engine, which holds the lock of the workspace. Where the file system has no
 * sockets nobody can, which is logged and stops nothing.
 * @returns how to close it
 */
export async function openDoor(workspace: string, handlers: Handlers): Promise<() => Promise<void>> {
  const path = doorOf(workspace);
  const joined = new Set<Socket>();
  const server = createServer((socket) => {
    joined.add(socket);
    socket.once('close', () => joined.delete(socket));
    const transport = streamTransport(socket);
    transport.send({ kind: 'door', version });
    serve(transport, handlers, { onDefect: logDefect });
  });
  try {
    if (process.platform !== 'win32') {
      const folder = join(path, '..');
      if (folder !== resolve(workspace)) mkdirSync(folder, { recursive: true, mode: 0o700 });
      if (folder !== resolve(workspace) && !isOwn(folder)) throw new Error('its folder is not closed to others');
      // Of an engine that was killed: this one holds the lock.
      rmSync(path, { force: true });
    }
    server.listen(path);
    await once(server, 'listening');
    if (process.platform !== 'win32') chmodSync(path, 0o600);
  } catch (thrown) {
    console.error(`No other program can join this engine (${(thrown as NodeJS.ErrnoException).code ?? 'refused'}).`);
    return () => Promise.resolve();
  }
  return async () => {
    for (const socket of joined) socket.destroy();
    await new Promise((done) => server.close(done));
  };
}

/**
 * A channel to the engine that holds a workspace; null where there is none, or it is of another version, whose messages may
 * differ.
 */
export async function joinEngine(workspace: string): Promise<Transport | null> {
  const path = doorOf(workspace);
  const socket = open(path);
  const { promise, resolve: settle } = Promise.withResolvers<Transport | null>();
  const late = setTimeout(() => settle(null), PATIENCE);
  const transport = streamTransport(socket);
  let listener: Parameters<Transport['listen']>[0] | undefined;
  const refuse = (): void => {
    socket.destroy();
    settle(null);
  };
  transport.listen({
    message(message) {
      if (listener) return listener.message(message);
      const greeting = message as { kind?: unknown; version?: unknown } | null;
      if (greeting?.kind !== 'door' || greeting.version !== version) return refuse();
      settle({ ...transport, listen: (given) => void (listener = given) });
    },
    closed: (reason) => (listener ? listener.closed(reason) : settle(null)),
  });
  const found = await promise;
  clearTimeout(late);
  if (found === null) socket.destroy();
  return found;
}
