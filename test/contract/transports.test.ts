import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createConnection, createServer as createStreamServer, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { WebSocketServer } from 'ws';
import type { Client, MethodName } from '../../src-main/contract/index.ts';
import { connect } from '../../src-main/rpc/client.ts';
import { relay } from '../../src-main/rpc/relay.ts';
import { serve } from '../../src-main/rpc/server.ts';
import { processTransport } from '../../src-main/rpc/transports/childProcess.ts';
import { domPortTransport } from '../../src-main/rpc/transports/domPort.ts';
import { mainPortTransport, type MainPort } from '../../src-main/rpc/transports/mainPort.ts';
import { memoryPair } from '../../src-main/rpc/transports/memory.ts';
import { streamTransport } from '../../src-main/rpc/transports/stream.ts';
import { webSocketTransport } from '../../src-main/rpc/transports/webSocket.ts';
import { temporaryFolder } from '../support/folder.ts';
import { handlers, methods, type Methods } from './handlers.ts';
import { contractSuite } from './suite.ts';

const names = Object.keys(methods) as MethodName[];

contractSuite('memory', async () => {
  const [near, far] = memoryPair();
  const served = serve(far, handlers, { methods });
  const client = connect<Methods>(near);
  return { client, cut: () => served.close(), dispose: () => client.close() };
});

contractSuite('a child process', async () => {
  const child = fork(join(import.meta.dirname, 'childEntry.ts'), { serialization: 'advanced', execArgv: [] });
  const gone = once(child, 'exit');
  const client = connect<Methods>(processTransport(child));
  return {
    client,
    cut: () => void child.kill('SIGKILL'),
    async dispose() {
      client.close();
      await gone;
    },
  };
});

contractSuite('a socket between processes', async () => {
  const path = join(temporaryFolder(), 'engine.sock');
  const open: Socket[] = [];
  const server = createStreamServer((socket) => {
    open.push(socket);
    serve(streamTransport(socket), handlers, { methods });
  }).listen(path);
  await once(server, 'listening');
  const client = connect<Methods>(streamTransport(createConnection(path)));
  return {
    client,
    cut: () => open.forEach((socket) => socket.destroy()),
    async dispose() {
      client.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
});

contractSuite("Electron's MessagePort", async () => {
  const { port1, port2 } = new MessageChannel();
  const served = serve(mainPortTransport(asMainPort(port1)), handlers, { methods });
  const client = connect<Methods>(domPortTransport(port2));
  return { client, window: true, cut: () => served.close(), dispose: () => client.close() };
});

contractSuite('a WebSocket', async () => {
  const http = createServer().listen(0, '127.0.0.1');
  await once(http, 'listening');
  const sockets = new WebSocketServer({ server: http });
  sockets.on('connection', (socket) => serve(webSocketTransport(socket), handlers, { methods }));
  const { port } = http.address() as AddressInfo;
  const client = connect<Methods>(webSocketTransport(new WebSocket(`ws://127.0.0.1:${port}`)));
  return {
    client,
    window: true,
    cut: () => sockets.clients.forEach((socket) => socket.terminate()),
    async dispose() {
      client.close();
      sockets.close();
      await new Promise((resolve) => http.close(resolve));
    },
  };
});

contractSuite('a shell that relays to a further channel', async () => {
  const [near, far] = memoryPair();
  serve(far, handlers, { methods });
  const engine = connect<Methods>(near);
  const { port1, port2 } = new MessageChannel();
  const served = serve(mainPortTransport(asMainPort(port1)), relay(engine as unknown as Client, names), { methods });
  const client = connect<Methods>(domPortTransport(port2));
  return {
    client,
    window: true,
    cut: () => served.close(),
    dispose() {
      client.close();
      engine.close();
    },
  };
});

/** Node's port has the events of Electron's MessagePortMain, but hands over the bare message. */
function asMainPort(port: MessagePort): MainPort {
  return {
    on: (event: 'message' | 'close', listener: (event: { data: unknown }) => void) =>
      port.on(event, (data: unknown) => listener({ data })),
    postMessage: (message) => port.postMessage(message),
    start: () => port.start(),
    close: () => port.close(),
  };
}
