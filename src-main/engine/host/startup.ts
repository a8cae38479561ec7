import type { CutpointError } from '../../contract/errors.ts';
import { startupMessage, type StartupMessage } from '../../rpc/messages.ts';
import type { Transport, TransportListener } from '../../rpc/transport.ts';

/**
 * Takes the startup message off the channel; the calls' messages go on to `transport`. `end` closes that with the
 * reason known once the process is gone, which the channel itself (it closes first) does not know.
 */
export function afterStartup(channel: Transport, started: (message: StartupMessage) => void) {
  let calls: TransportListener | undefined;
  channel.listen({
    message(raw) {
      const startup = startupMessage.safeParse(raw).data;
      if (startup) started(startup);
      else calls?.message(raw);
    },
    closed() {},
  });
  const transport: Transport = {
    send: (message) => channel.send(message),
    listen: (listener) => void (calls = listener),
    close: () => channel.close(),
  };
  return { transport, end: (reason: CutpointError) => calls?.closed(reason) };
}
