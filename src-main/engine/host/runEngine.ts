import { CutpointError } from '../../contract/errors.ts';
import type { Contract } from '../../contract/index.ts';
import type { HandlersOf, MethodTable } from '../../contract/method.ts';
import type { StartupMessage } from '../../rpc/messages.ts';
import { serve } from '../../rpc/server.ts';
import { share } from '../../rpc/share.ts';
import type { Transport } from '../../rpc/transport.ts';
import { logDefect } from '../defects.ts';
import { parentChannel } from './parentChannel.ts';
import { FAREWELL, watchParent } from './watchdog.ts';

export interface Services<T extends MethodTable> {
  /** Left out: the contract. */
  methods?: T;
  handlers: Partial<HandlersOf<T>>;
  /** What the person at the screen should know of the workspace; sentences. */
  notes?: string[];
  /** Ends what runs, so that it can be resumed, and lets go of the workspace. */
  close(): Promise<void>;
}

/** What an engine may ask of its process. */
export interface OwnProcess {
  /** The channel to the parent, for what the services ask of it. */
  parent: Transport;
  /** Ends the process once what is being answered is on its way; the parent starts it again. */
  beginAnew(): void;
}

/**
 * The life of a process of the engine: opens the services, tells the parent 'ready' or why not, answers calls, and closes
 * when the parent goes away or says SIGTERM; where it cannot close, it is ended `farewell` milliseconds after its parent is
 * gone. Ctrl-C reaches the whole process group; what follows from it is the parent's decision.
 */
export async function runEngine<T extends MethodTable = Contract>(
  open: (own: OwnProcess) => Promise<Services<T>>,
  farewell = FAREWELL,
): Promise<void> {
  const channel = parentChannel();
  if (!channel) {
    console.error('The engine is started by the cutpoint command or the window, not by itself.');
    process.exit(2);
  }
  watchParent(farewell);
  process.on('SIGINT', () => {});
  const gone = Promise.withResolvers<void>();
  process.once('SIGTERM', () => gone.resolve());

  let anew = false;
  const beginAnew = (): void => {
    anew = true;
    // The answer to the call that this is part of goes first.
    setImmediate(() => gone.resolve());
  };

  const parent = share(channel.transport);
  let services: Services<T>;
  try {
    services = await open({ parent: parent(), beginAnew });
  } catch (thrown) {
    const error = CutpointError.from(thrown);
    if (error.kind === 'defect') logDefect('start', error);
    await channel.flush({ kind: 'failed', error: error.toReply() } satisfies StartupMessage);
    process.exit(1);
  }

  const transport = closingWith(parent(), () => gone.resolve());
  channel.transport.send({ kind: 'ready', notes: services.notes } satisfies StartupMessage);
  const connection = serve<T>(transport, services.handlers, { methods: services.methods, onDefect: logDefect });
  await gone.promise;
  if (anew) await channel.flush({ kind: 'anew' } satisfies StartupMessage);
  connection.close();
  await services.close();
  process.exit(0);
}

/** `transport`, and `closed` is called when it closes. */
function closingWith(transport: Transport, closed: () => void): Transport {
  return {
    ...transport,
    listen: (listener) =>
      transport.listen({
        message: (message) => listener.message(message),
        closed(reason) {
          listener.closed(reason);
          closed();
        },
      }),
  };
}
