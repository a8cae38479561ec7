import { CutpointError, type ErrorReply } from '../../src-main/contract/errors.ts';
import type { Client } from '../../src-main/contract/index.ts';
import { connect } from '../../src-main/rpc/client.ts';
import { SOCKET_REFUSED, type EngineState, type helloMessage } from '../../src-main/rpc/messages.ts';
import type { z } from 'zod';
import type { Transport } from '../../src-main/rpc/transport.ts';
import { domPortTransport } from '../../src-main/rpc/transports/domPort.ts';
import { webSocketTransport } from '../../src-main/rpc/transports/webSocket.ts';
import { requestPort } from '../../src-main/rpc/transports/windowPort.ts';
import type { Bridge } from '../../src-preload/bridge.ts';

export type EngineNotice = EngineState;

export interface Connection {
  client: Client;
}

interface Listeners {
  onEngine(notice: EngineNotice): void;
  onLost(error: ErrorReply): void;
}

/** The way to the engine: the preload's port in Electron, otherwise the WebSocket of the shell that served this page. */
export async function openConnection({ onEngine, onLost }: Listeners): Promise<Connection> {
  const { cutpoint: native } = window;
  if (native) {
    const transport = domPortTransport(await requestPort(native.askForPort));
    return { client: connect(reporting(transport, onLost, unreachable), { onNotice: onEngine }) };
  }
  const socket = await openSocket();
  let lost = unreachable;
  socket.addEventListener('close', ({ code }) => {
    if (code === SOCKET_REFUSED) lost = notAdmitted;
  });
  const transport = webSocketTransport(socket);
  const hello: z.input<typeof helloMessage> = { kind: 'hello', secret: pageSecret() };
  transport.send(hello);
  return {
    client: connect(
      reporting(transport, onLost, () => lost()),
      { onNotice: onEngine },
    ),
  };
}

/** The second half of the session, put there by the page that the link opened. No other port of the host can read it. */
export const pageSecret = (): string => localStorage.getItem('cutpoint-secret') ?? '';

declare global {
  interface Window {
    cutpoint?: Bridge;
  }
}

/** Milliseconds in which a shell on this machine has answered, or does not: waiting longer, nobody would try again. */
const PATIENCE = 10_000;

function openSocket(): Promise<WebSocket> {
  const url = new URL('rpc', location.href);
  url.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
  url.hash = '';
  const socket = new WebSocket(url);
  const late = setTimeout(() => socket.close(), PATIENCE);
  return new Promise<WebSocket>((resolve, reject) => {
    socket.addEventListener('open', () => resolve(socket), { once: true });
    // Either may come alone.
    for (const over of ['error', 'close']) socket.addEventListener(over, () => reject(unreachable()), { once: true });
  }).finally(() => clearTimeout(late));
}

function reporting(transport: Transport, onLost: (error: ErrorReply) => void, why: () => CutpointError): Transport {
  return {
    ...transport,
    listen: (listener) =>
      transport.listen({
        ...listener,
        closed(known) {
          const reason = known ?? why();
          onLost(reason.toReply());
          listener.closed(reason);
        },
      }),
  };
}

function unreachable(): CutpointError {
  return new CutpointError('CONNECTION_LOST', 'This window has no connection to Cutpoint.', {
    remedy:
      'Check that Cutpoint still runs where you started it, and open the link it printed; `cutpoint serve --link` prints a new one. Finished epochs are kept.',
  });
}

function notAdmitted(): CutpointError {
  return new CutpointError(
    'TOKEN_INVALID',
    'This page was not opened by a link of Cutpoint, or the link was another.',
    {
      remedy: 'Run `cutpoint serve --link` where Cutpoint runs, and open the link that it prints.',
    },
  );
}
