import { createHash } from 'node:crypto';
import { connect as open } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { streamTransport } from '../../rpc/transports/stream.ts';
import type { Transport } from '../../rpc/transport.ts';
import { version } from '../../version.ts';

/** Systems cut the name of a socket off behind some hundred bytes. */
const LONGEST_NAME = 100;
/** Milliseconds within which an engine that is there answers. */
const PATIENCE = 2000;

/**
 * Where an engine can be joined by other programs of its user: a socket in the workspace, which only its owner enters; where
 * that name would be too long, in a folder of the user's own among the temporary ones; on Windows a pipe.
 */
export function doorOf(workspace: string): string {
  const folder = resolve(workspace);
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 24);
  if (process.platform === 'win32') return String.raw`\\.\pipe\cutpoint-${name}`;
  const path = join(folder, 'engine.sock');
  return Buffer.byteLength(path) <= LONGEST_NAME ? path : join(tmpdir(), `cutpoint-${userInfo().uid}`, `${name}.sock`);
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
