import { closeMessage } from '../../rpc/messages.ts';
import { processTransport } from '../../rpc/transports/childProcess.ts';
import type { MainPort } from '../../rpc/transports/mainPort.ts';
import type { Transport } from '../../rpc/transport.ts';

export interface ParentChannel {
  transport: Transport;
  /** Sends a last message and waits until it is on its way. */
  flush(message: unknown): Promise<void>;
}

/** Electron's `process.parentPort` in a utility process; it has neither `start` nor `close`: it lives as long as the process. */
type ParentPort = Pick<MainPort, 'on' | 'postMessage'>;

/** The channel to the process that started this one, or undefined where there is none. */
export function parentChannel(): ParentChannel | undefined {
  const { parentPort } = process as unknown as { parentPort?: ParentPort };
  if (parentPort) return utilityChannel(parentPort);
  if (!process.send) return undefined;
  return {
    transport: processTransport(process),
    flush: (message) => new Promise((resolve) => process.send?.(message, undefined, undefined, () => resolve())),
  };
}

function utilityChannel(port: ParentPort): ParentChannel {
  return {
    transport: {
      send: (message) => port.postMessage(message),
      listen(listener) {
        port.on('message', ({ data }) => {
          if (closeMessage.safeParse(data).success) listener.closed();
          else listener.message(data);
        });
      },
      close() {},
    },
    async flush(message) {
      port.postMessage(message);
      // The port acknowledges nothing: the message leaves with the next turns of the event loop.
      await new Promise((resolve) => setTimeout(resolve, 100));
    },
  };
}
