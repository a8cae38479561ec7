import type { Server } from 'node:http';
import { CutpointError } from '../contract/errors.ts';

const FIRST_PORT = 8471;
const PORTS_TRIED = 50;

/**
 * Listens on 127.0.0.1: on `port` if one was asked for (0: any), otherwise on the first free one from 8471.
 * @returns the port
 * @throws PORT_IN_USE, INPUT_INVALID for a port that only an administrator may open
 */
export async function listenOnLoopback(server: Server, port?: number): Promise<number> {
  const candidates = port === undefined ? Array.from({ length: PORTS_TRIED }, (_, i) => FIRST_PORT + i) : [port];
  for (const candidate of candidates) {
    const bound = await tryPort(server, candidate);
    if (typeof bound === 'number') return bound;
    if (bound === 'EACCES' && port !== undefined) throw notAllowed(port);
  }
  const wanted = port ?? `${FIRST_PORT} to ${FIRST_PORT + PORTS_TRIED - 1}`;
  throw new CutpointError('PORT_IN_USE', `Port ${wanted} of this machine is not available: another program uses it.`, {
    remedy: 'Leave out --port to have a free one chosen, or name another port.',
    details: { port: wanted },
  });
}

function notAllowed(port: number): CutpointError {
  return new CutpointError('INPUT_INVALID', `The system does not let you open port ${port} of this machine.`, {
    remedy: 'Ports below 1024 are often kept for administrators: leave out --port, or name a higher one.',
  });
}

/** The port that it listens on, or why it does not. */
function tryPort(server: Server, port: number): Promise<number | 'EADDRINUSE' | 'EACCES'> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException) => {
      server.off('listening', listening);
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(error.code);
      else reject(error);
    };
    const listening = () => {
      server.off('error', failed);
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    };
    server.once('error', failed);
    server.once('listening', listening);
    server.listen(port, '127.0.0.1');
  });
}
