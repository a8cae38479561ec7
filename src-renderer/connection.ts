import { CutpointError, type ErrorReply } from '../src-main/contract/errors.ts';
import type { Client } from '../src-main/contract/index.ts';
import { connect } from '../src-main/rpc/client.ts';
import type { EngineState } from '../src-main/rpc/messages.ts';
import type { Transport } from '../src-main/rpc/transport.ts';
import { domPortTransport } from '../src-main/rpc/transports/domPort.ts';
import { webSocketTransport } from '../src-main/rpc/transports/webSocket.ts';
import { requestPort } from '../src-main/rpc/transports/windowPort.ts';
import type { Bridge } from '../src-preload/bridge.ts';

export type EngineNotice = EngineState;

/** What the desktop shell offers beside the port; a browser has none of it. */
export type NativeShell = Bridge;

export interface Connection {
  client: Client;
  native: NativeShell | null;
}

interface Listeners {
  onEngine(notice: EngineNotice): void;
  onLost(error: ErrorReply): void;
}

/** The way to the engine: the preload's port in Electron, otherwise the WebSocket of the shell that served this page. */
export async function openConnection({ onEngine, onLost }: Listeners): Promise<Connection> {
  const native = window.cutpoint ?? null;
  const transport = native
    ? domPortTransport(await requestPort(native.askForPort))
    : webSocketTransport(await openSocket());
  return { client: connect(reporting(transport, onLost), { onNotice: onEngine }), native };
}

declare global {
  interface Window {
    cutpoint?: Bridge;
  }
}

function openSocket(): Promise<WebSocket> {
  const url = new URL('rpc', location.href);
  url.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
  url.hash = '';
  const socket = new WebSocket(url);
  return new Promise((resolve, reject) => {
    socket.addEventListener('open', () => resolve(socket), { once: true });
    socket.addEventListener('error', () => reject(unreachable()), { once: true });
  });
}

function reporting(transport: Transport, onLost: (error: ErrorReply) => void): Transport {
  return {
    ...transport,
    listen: (listener) =>
      transport.listen({
        ...listener,
        closed(reason) {
          onLost((reason ?? unreachable()).toReply());
          listener.closed(reason);
        },
      }),
  };
}

function unreachable(): CutpointError {
  return new CutpointError('CONNECTION_LOST', 'This window has no connection to Cutpoint.', {
    remedy:
      'Check that Cutpoint still runs where you started it, and open the link it printed. Finished epochs are kept.',
  });
}
