import { CutpointError } from '../../../src-main/contract/errors.ts';
import type { EngineExit } from '../../../src-main/engine/host/engineProcess.ts';
import type { SpawnLane } from '../../../src-main/engine/lanes/lane.ts';
import { openLaneServices } from '../../../src-main/engine/lanes/laneServices.ts';
import { serve } from '../../../src-main/rpc/server.ts';
import { share } from '../../../src-main/rpc/share.ts';
import { memoryPair } from '../../../src-main/rpc/transports/memory.ts';

/** The real services of lanes in this process, over the same messages: a test need not start a process for each. */
export const lanesHere =
  (workspace: string): SpawnLane =>
  (name) => {
    const [control, lane] = memoryPair();
    const exited = Promise.withResolvers<EngineExit>();
    const channel = share(lane);
    void openLaneServices(name, workspace, channel()).then(
      ({ methods, handlers, close }) => {
        const own = channel();
        serve(
          {
            ...own,
            listen: (listener) =>
              own.listen({
                message: (message) => listener.message(message),
                closed(reason) {
                  listener.closed(reason);
                  void close().finally(() => exited.resolve({ code: 0, signal: null }));
                },
              }),
          },
          handlers,
          { methods },
        );
        lane.send({ kind: 'ready' });
      },
      (thrown: unknown) => {
        lane.send({ kind: 'failed', error: CutpointError.from(thrown).toReply() });
        exited.resolve({ code: 1, signal: null });
      },
    );
    return { transport: control, exited: exited.promise, output: [], kill: () => lane.close() };
  };
