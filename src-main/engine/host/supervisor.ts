import { setTimeout as delay } from 'node:timers/promises';
import { CutpointError } from '../../contract/errors.ts';
import type { Client } from '../../contract/index.ts';
import { connect } from '../../rpc/client.ts';
import { cancelled } from '../../rpc/ends.ts';
import type { EngineState, StartupMessage } from '../../rpc/messages.ts';
import { crashed, how } from './crash.ts';
import { openEngineLog } from './engineLog.ts';
import { afterStartup } from './startup.ts';
import type { EngineProcess, SpawnEngine } from './engineProcess.ts';
import { memoryKills } from './machineMemory.ts';

export interface Supervisor {
  /** Survives restarts of the engine: a call made while it starts waits for it. */
  client: Client;
  readonly state: EngineState;
  /** Hears every change of state from now on; returns how to stop. */
  onState(listener: (state: EngineState) => void): () => void;
  /** Resolves when the engine answers; rejects with the error that keeps it from starting. */
  ready(): Promise<void>;
  /** Tries again after `failed`; nothing otherwise. */
  retry(): void;
  /** Lets the engine finish its writing and end. */
  close(): Promise<void>;
}

export interface SupervisorOptions {
  workspace: string;
  spawn: SpawnEngine;
  /** First pause before a restart in milliseconds; it doubles with every crash in a row. */
  backOff?: number;
  /** How long a closing engine may take before it is killed, in milliseconds. */
  patience?: number;
}

/** Crashes in a row, each within a minute of becoming ready, after which the engine is given up. */
const CRASHES_IN_A_ROW = 5;
const STEADY = 60_000;
const LONGEST_PAUSE = 10_000;
const GIVEN_UP =
  'It ended several times in a row and is not started again. Run `cutpoint doctor`, then start Cutpoint again.';

/**
 * Keeps one engine process running on a workspace. When it dies, pending calls reject with ENGINE_CRASHED and it is
 * started again; when it cannot start for a reason it can name (WORKSPACE_LOCKED, STORE_NEWER, …), it is not.
 */
export function superviseEngine(options: SupervisorOptions): Supervisor {
  const { workspace, spawn, backOff = 250, patience = 15_000 } = options;
  const log = openEngineLog(workspace);
  const listeners = new Set<(state: EngineState) => void>();
  const closing = new AbortController();
  let state: EngineState = { state: 'starting' };
  let live: Client | undefined;
  let engine: EngineProcess | undefined;
  let crashes = 0;

  function enter(next: EngineState): void {
    state = next;
    for (const listener of [...listeners]) listener(next);
  }

  /** One life of the engine process, to its end; the state it left behind. */
  async function oneLife(): Promise<EngineState | undefined> {
    enter({ state: 'starting' });
    const killsBefore = memoryKills();
    engine = spawn(workspace);
    const { transport, exited } = engine;
    for (const output of engine.output) log.follow(output);
    let since = Infinity;
    let startupError: StartupMessage | undefined;
    let anew = false;
    const channel = afterStartup(transport, (message) => {
      if (message.kind === 'failed') startupError = message;
      if (message.kind === 'anew') anew = true;
      if (message.kind !== 'ready' || closing.signal.aborted) return;
      since = performance.now();
      live = connect(channel.transport);
      enter({ state: 'ready', ...(message.notes?.length ? { notes: message.notes } : {}) });
    });
    const exit = await exited;
    live = undefined;
    const error = crashed('engine', exit, {
      memoryRanOut: memoryKills() !== killsBefore,
      lastLines: log.lastLines(),
    });
    if (closing.signal.aborted) {
      channel.end(new CutpointError('CANCELLED', 'Cutpoint is closing.'));
      return undefined;
    }
    if (anew) {
      channel.end(new CutpointError('CANCELLED', 'The engine begins anew.'));
      return { state: 'starting' };
    }
    log.write(`engine ended: ${how(exit)}`);
    channel.end(error);
    if (startupError?.kind === 'failed') return { state: 'failed', error: startupError.error };
    crashes = performance.now() - since > STEADY ? 1 : crashes + 1;
    if (crashes < CRASHES_IN_A_ROW) return { state: 'crashed', error: error.toReply() };
    return { state: 'failed', error: { ...error.toReply(), remedy: GIVEN_UP } };
  }

  async function keepAlive(): Promise<void> {
    while (!closing.signal.aborted) {
      const end = await oneLife().catch(notStarted);
      if (end) enter(end);
      if (end?.state === 'starting') continue;
      if (end?.state !== 'crashed') return;
      const pause = Math.min(backOff * 2 ** (crashes - 1), LONGEST_PAUSE);
      await delay(pause, undefined, { signal: closing.signal }).catch(() => {});
    }
  }

  /** The client of the engine that runs now or comes next. */
  function current(signal?: AbortSignal): Promise<Client> {
    return new Promise((resolve, reject) => {
      const settle = () => {
        const over = signal?.aborted || closing.signal.aborted;
        if (!over && !live && state.state !== 'failed') return;
        listeners.delete(settle);
        signal?.removeEventListener('abort', settle);
        closing.signal.removeEventListener('abort', settle);
        if (over) reject(cancelled());
        else if (live) resolve(live);
        else reject(state.error ? CutpointError.fromReply(state.error) : new CutpointError('DEFECT', 'No engine.'));
      };
      listeners.add(settle);
      signal?.addEventListener('abort', settle);
      closing.signal.addEventListener('abort', settle);
      settle();
    });
  }

  let life = keepAlive();

  async function close(): Promise<void> {
    closing.abort();
    // The channel closed, an engine finishes its writing and ends.
    engine?.transport.close();
    const late = setTimeout(() => engine?.kill(), patience);
    await life;
    clearTimeout(late);
  }

  return {
    client: {
      call: async (method, input, call) => (await current(call?.signal)).call(method, input, call),
      close: () => void close(),
    },
    get state() {
      return state;
    },
    onState(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async ready() {
      await current();
    },
    retry() {
      if (state.state !== 'failed' || closing.signal.aborted) return;
      crashes = 0;
      life = keepAlive();
    },
    close,
  };
}

/** The process could not even be created. */
function notStarted(thrown: unknown): EngineState {
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  const error = new CutpointError('ENGINE_UNAVAILABLE', `The engine process could not be started: ${reason}.`, {
    remedy: 'Close other programs or restart the computer, then start Cutpoint again.',
    cause: thrown,
  });
  return { state: 'failed', error: error.toReply() };
}
