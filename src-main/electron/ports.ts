import { ipcMain, MessageChannelMain } from 'electron';
import { CHANNELS } from '../../src-preload/bridge.ts';
import type { Supervisor } from '../engine/host/supervisor.ts';
import { relay } from '../rpc/relay.ts';
import { serve } from '../rpc/server.ts';
import { mainPortTransport } from '../rpc/transports/mainPort.ts';
import { isOwnWindow } from './security.ts';

/**
 * Gives every page of the window that asks one port. Calls are put through to the engine that runs then, so that the
 * port outlives a crash of the engine and the page hears of it, as it does in the web shell.
 */
export function offerPorts(supervisor: Supervisor): void {
  const handlers = relay(supervisor.client);
  ipcMain.on(CHANNELS.enginePort, (event) => {
    if (!isOwnWindow(event.senderFrame)) return;
    const { port1, port2 } = new MessageChannelMain();
    const connection = serve(mainPortTransport(port1), handlers);
    // Loading the page again is how a person tries again.
    supervisor.retry();
    connection.notify(supervisor.state);
    port1.once('close', supervisor.onState(connection.notify));
    event.senderFrame?.postMessage(CHANNELS.enginePort, null, [port2]);
  });
}
