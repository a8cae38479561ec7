import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { webSocketTransport } from '../../src-main/rpc/transports/webSocket.ts';

it('gives up a reader who stopped reading, instead of keeping all that it does not take', async () => {
  const http = createServer().listen(0, '127.0.0.1');
  await once(http, 'listening');
  const sockets = new WebSocketServer({ server: http });
  onTestFinished(() => {
    for (const socket of sockets.clients) socket.terminate();
    sockets.close();
    http.close();
  });
  const reader = new WebSocket(`ws://127.0.0.1:${(http.address() as AddressInfo).port}`);
  const [socket] = (await once(sockets, 'connection')) as [WebSocket];
  await once(reader, 'open');
  reader.pause();

  const backlog = 4_000_000;
  const transport = webSocketTransport(socket, backlog);
  const message = 'x'.repeat(100_000);
  let most = 0;
  for (let i = 0; i < 1000; i++) {
    transport.send(message);
    most = Math.max(most, socket.bufferedAmount);
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(most).toBeLessThan(backlog + 2 * message.length);
  expect(socket.readyState).toBe(WebSocket.CLOSING);

  const closed = once(reader, 'close');
  reader.resume();
  expect((await closed)[0]).toBe(1013);
});

it.each([
  ['text', '{"kind":"notice"}'],
  ['bytes that are no message', Uint8Array.of(0xc1)],
  ['a message with more behind it', Uint8Array.of(0xc0, 0xc0)],
])('a message that is none ends the connection: %s', async (_, sent) => {
  const sockets = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  onTestFinished(() => void sockets.close());
  await once(sockets, 'listening');
  const caller = new WebSocket(`ws://127.0.0.1:${(sockets.address() as AddressInfo).port}`);
  const [socket] = (await once(sockets, 'connection')) as [WebSocket];
  const heard: unknown[] = [];
  webSocketTransport(socket).listen({ message: (message) => heard.push(message), closed: () => {} });
  if (caller.readyState !== WebSocket.OPEN) await once(caller, 'open');
  caller.send(sent);
  expect([(await once(caller, 'close'))[0], heard]).toEqual([1007, []]);
});
