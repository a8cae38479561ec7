import { setTimeout as delay } from 'node:timers/promises';
import { joinEngine } from '../engine/host/join.ts';
import type { Engine } from './session.ts';

/** Milliseconds within which an engine that was restarted can be joined again, and between two attempts. */
const PATIENCE = 15_000;
const PAUSE = 250;
/** Milliseconds that an engine which holds the workspace may take before it can be joined. */
const STARTING = 5_000;

/** The engine that a window, or another command, has on the workspace; null where there is none. */
export async function joined(workspace: string, { patience = PATIENCE } = {}): Promise<Engine | null> {
  const transport = await joinEngine(workspace);
  if (transport === null) return null;
  const { connect } = await import('../rpc/client.ts');
  let client = connect(transport);
  return {
    client: {
      call: (method, input, options) => client.call(method, input, options),
      close: () => client.close(),
    },
    joined: true,
    async again(lost, signal) {
      const found = await within(patience, signal, () => joinEngine(workspace));
      if (found === null) throw lost;
      client = connect(found);
    },
    close: () => client.close(),
  };
}

/** The same of one that holds the workspace and may still be starting; null where it cannot be joined in time either. */
export const joinedSoon = (workspace: string, signal: AbortSignal, patience = STARTING): Promise<Engine | null> =>
  within(patience, signal, () => joined(workspace));

/** What `find` gives in one of the attempts of some milliseconds; null where it gives nothing, or the signal aborts. */
async function within<T>(patience: number, signal: AbortSignal, find: () => Promise<T | null>): Promise<T | null> {
  for (const end = performance.now() + patience; performance.now() < end && !signal.aborted;) {
    await delay(PAUSE, undefined, { signal }).catch(() => {});
    const found = await find();
    if (found !== null) return found;
  }
  return null;
}
