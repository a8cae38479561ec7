import { createHash } from 'node:crypto';
import { lstatSync } from 'node:fs';
import { connect as open } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { streamTransport } from '../../rpc/transports/stream.ts';
import type { Transport } from '../../rpc/transport.ts';
import { version } from '../../version.ts';

/** Systems cut the name of a socket off behind some hundred bytes. */
const LONGEST_NAME = 100;
/** Milliseconds within which an engine that is there answers. */
const PATIENCE = 2000;

/**
 * Where an engine can be joined by other programs of its user: a socket in the workspace, which only its owner enters; where
 * that name would be too long, in a folder of the user's own among the temporary ones. Null on Windows, whose pipes anybody
 * may have made before.
 */
export function doorOf(workspace: string): string | null {
  if (process.platform === 'win32') return null;
  const folder = resolve(workspace);
  const path = join(folder, 'engine.sock');
  if (Buffer.byteLength(path) <= LONGEST_NAME) return path;
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 24);
  return join(tmpdir(), `cutpoint-${userInfo().uid}`, `${name}.sock`);
}

/** Whether a folder is the user's own and closed to others: among temporary ones somebody else may have made it. */
export function isOwn(folder: string): boolean {
  const found = lstatSync(folder, { throwIfNoEntry: false });
  return found !== undefined && found.isDirectory() && found.uid === userInfo().uid && (found.mode & 0o077) === 0;
}

/**
 * A channel to the engine that holds a workspace; null where there is none, or it is of another version, whose messages may
 * differ.
 */
export async function joinEngine(workspace: string): Promise<Transport | null> {
  const path = doorOf(workspace);
  if (path === null || !isOwn(dirname(path))) return null;
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
