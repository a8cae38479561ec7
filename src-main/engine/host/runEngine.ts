import { CutpointError } from '../../contract/errors.ts';
import type { Handlers } from '../../contract/index.ts';
import type { StartupMessage } from '../../rpc/messages.ts';
import { serve } from '../../rpc/server.ts';
import type { Transport } from '../../rpc/transport.ts';
import { logDefect } from '../defects.ts';
import { parentChannel } from './parentChannel.ts';
import { FAREWELL, watchParent } from './watchdog.ts';

export interface Services {
  handlers: Partial<Handlers>;
  /** What the person at the screen should know of the workspace; sentences. */
  notes?: string[];
  /** Ends what runs, so that it can be resumed, and lets go of the workspace. */
  close(): Promise<void>;
}

/**
 * The life of an engine process: opens the services, tells the parent 'ready' or why not, answers calls, and closes
 * when the parent goes away or says SIGTERM; where it cannot close, it is ended `farewell` milliseconds after its parent is gone. Ctrl-C reaches the whole process group; what follows from it is the
 * parent's decision.
 */
export async function runEngine(open: () => Promise<Services>, farewell = FAREWELL): Promise<void> {
  const channel = parentChannel();
  if (!channel) {
    console.error('The engine is started by the cutpoint command or the window, not by itself.');
    process.exit(2);
  }
  watchParent(farewell);
  process.on('SIGINT', () => {});
  const gone = Promise.withResolvers<void>();
  process.once('SIGTERM', () => gone.resolve());

  let services: Services;
  try {
    services = await open();
  } catch (thrown) {
    const error = CutpointError.from(thrown);
    if (error.kind === 'defect') logDefect('start', error);
    await channel.flush({ kind: 'failed', error: error.toReply() } satisfies StartupMessage);
    process.exit(1);
  }

  const transport = closingWith(channel.transport, () => gone.resolve());
  channel.transport.send({ kind: 'ready', notes: services.notes } satisfies StartupMessage);
  const connection = serve(transport, services.handlers, { onDefect: logDefect });
  await gone.promise;
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
