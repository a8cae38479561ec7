import { CutpointError } from '../../contract/errors.ts';
import type { HandlersOf } from '../../contract/method.ts';
import { connect } from '../../rpc/client.ts';
import type { StartupMessage } from '../../rpc/messages.ts';
import { serve } from '../../rpc/server.ts';
import { share } from '../../rpc/share.ts';
import { logDefect } from '../defects.ts';
import { crashed } from '../host/crash.ts';
import type { EngineProcess } from '../host/engineProcess.ts';
import { memoryKills } from '../host/machineMemory.ts';
import { afterStartup } from '../host/startup.ts';
import { ownerMethods, type LaneClient, type LaneMethods, type LaneName, type OwnerMethods } from './methods.ts';

/** A process that works for control, as control sees it. */
export interface Lane extends LaneClient {
  /** Whether it runs: it is started by the first call, and again by the first one after it has ended. */
  readonly started: boolean;
  /** Lets it end as soon as nothing is asked of it; the call after that starts another. */
  renew(): void;
  /** Lets it finish its writing and end. */
  close(): Promise<void>;
}

/** Starts the process of a lane. */
export type SpawnLane = (name: LaneName) => EngineProcess;

/** How long a closing lane may take before it is killed, in milliseconds. */
const PATIENCE = 12_000;

interface Life {
  client: Promise<ReturnType<typeof connect<LaneMethods>>>;
  process: EngineProcess;
  over: Promise<void>;
}

/**
 * A lane's process, started when it is first needed. When it dies all that was asked of it rejects with WORKER_CRASHED, and
 * the next call starts another one.
 * @param owner answers what it asks of control
 */
export function openLane(
  name: LaneName,
  { spawn, owner, patience = PATIENCE }: { spawn: SpawnLane; owner: HandlersOf<OwnerMethods>; patience?: number },
): Lane {
  let life: Life | null = null;
  let closing = false;
  /** Calls that are not answered yet. */
  let calls = 0;
  let outdated = false;
  const ending = new Set<Promise<void>>();

  function start(): Life {
    const process = spawn(name);
    const killsBefore = memoryKills();
    const { promise: client, resolve, reject } = Promise.withResolvers<Awaited<Life['client']>>();
    // Whoever waits for it hears of it; nobody may.
    client.catch(() => {});
    let failed: CutpointError | undefined;
    const channel = afterStartup(process.transport, (message: StartupMessage) => {
      if (message.kind === 'failed') failed = CutpointError.fromReply(message.error);
      else if (message.kind === 'ready') resolve(lane);
    });
    const both = share(channel.transport);
    serve<OwnerMethods>(both(), owner, { methods: ownerMethods, onDefect: logDefect });
    const lane = connect<LaneMethods>(both());
    const over = process.exited.then((exit) => {
      if (life?.process === process) life = null;
      const error = closing
        ? new CutpointError('CANCELLED', 'Cutpoint is closing.')
        : (failed ?? crashed(name, exit, { memoryRanOut: memoryKills() !== killsBefore }));
      channel.end(error);
      reject(error);
    });
    return { client, process, over };
  }

  /** The channel closed, it finishes its writing and ends. */
  async function end({ process, over }: Life): Promise<void> {
    process.transport.close();
    const late = setTimeout(() => process.kill(), patience);
    await over;
    clearTimeout(late);
  }

  function endWhereOutdated(): void {
    if (!outdated || calls > 0) return;
    outdated = false;
    if (!life) return;
    const old = end(life);
    ending.add(old);
    void old.finally(() => ending.delete(old));
    life = null;
  }

  return {
    async call(method, input, options) {
      if (closing) throw new CutpointError('CANCELLED', 'Cutpoint is closing.');
      life ??= start();
      const { client } = life;
      calls++;
      try {
        return await (await client).call(method, input, options);
      } finally {
        calls--;
        endWhereOutdated();
      }
    },
    renew() {
      outdated = true;
      endWhereOutdated();
    },
    get started() {
      return life !== null;
    },
    async close() {
      closing = true;
      await Promise.all([...ending, ...(life ? [end(life)] : [])]);
    },
  };
}
