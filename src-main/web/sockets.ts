import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Supervisor } from '../engine/host/supervisor.ts';
import { helloMessage, SOCKET_REFUSED } from '../rpc/messages.ts';
import { relay } from '../rpc/relay.ts';
import { decode } from '../rpc/serialise.ts';
import { serve } from '../rpc/server.ts';
import { webSocketTransport } from '../rpc/transports/webSocket.ts';
import { addressedToLoopback, fromOwnPage, type Access } from './access.ts';
import type { WindowFiles } from './windowFiles.ts';

const LARGEST_MESSAGE = 64 * 1024 ** 2;
/** Milliseconds between two questions whether a window is still there. */
const HEARTBEAT = 30_000;
/**
 * Questions that a window may leave without an answer before it counts as gone without a word (a sleeping laptop behind a
 * tunnel). A browser that is busy with its page reads nothing meanwhile: a long task must not cost the connection.
 */
const PATIENCE = 20;
/** Milliseconds that a window has for its first message. */
const HELLO_WITHIN = 10_000;

/** Puts windows that connect to `/rpc` through to the engine, and tells them how it fares. */
export function acceptWindows(
  server: Server,
  access: Access,
  supervisor: Supervisor,
  files: WindowFiles,
  every = HEARTBEAT,
): { close(): void } {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST_MESSAGE });
  const handlers = relay(supervisor.client);
  const unanswered = new WeakMap<WebSocket, number>();

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // From here on the server no longer listens for errors: a caller that hangs up would end the process.
    socket.on('error', () => socket.destroy());
    const wanted = request.url === '/rpc';
    const allowed = addressedToLoopback(request) && fromOwnPage(request) && access.granted(request);
    if (wanted && allowed) {
      sockets.handleUpgrade(request, socket, head, (opened) => admit(opened, request));
    } else if (!allowed || !files.upgrade?.(request, socket, head)) {
      socket.end(`HTTP/1.1 ${wanted ? '403 Forbidden' : '404 Not Found'}\r\nConnection: close\r\n\r\n`);
    }
  });

  /** The cookie let it in; the page's secret must follow. */
  function admit(socket: WebSocket, request: IncomingMessage): void {
    const refuse = () => socket.close(SOCKET_REFUSED);
    const late = setTimeout(refuse, HELLO_WITHIN);
    socket.on('error', () => {});
    socket.on('close', () => clearTimeout(late));
    socket.once('message', (data, isBinary) => {
      clearTimeout(late);
      const hello = isBinary ? helloMessage.safeParse(parsed(data as Buffer)).data : undefined;
      if (hello && access.proven(request, hello.secret)) welcome(socket);
      else refuse();
    });
  }

  function welcome(socket: WebSocket): void {
    const connection = serve(webSocketTransport(socket), handlers);
    // Loading the page again is how a person tries again.
    supervisor.retry();
    connection.notify(supervisor.state);
    socket.on('close', supervisor.onState(connection.notify));
    socket.on('pong', () => unanswered.delete(socket));
  }

  const heartbeat = setInterval(() => {
    for (const socket of sockets.clients) {
      const asked = unanswered.get(socket) ?? 0;
      if (asked >= PATIENCE) socket.terminate();
      unanswered.set(socket, asked + 1);
      socket.ping();
    }
  }, every);

  return {
    close() {
      clearInterval(heartbeat);
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
    },
  };
}

function parsed(bytes: Buffer): unknown {
  try {
    return decode(bytes);
  } catch {
    return undefined;
  }
}
