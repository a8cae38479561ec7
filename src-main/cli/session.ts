import type { Command } from 'commander';
import { CutpointError } from '../contract/errors.ts';
import type { Client } from '../contract/index.ts';
import type { SpawnEngine } from '../engine/host/engineProcess.ts';
import { defaultWorkspaceFolder } from '../workspaceFolder.ts';
import { keptSaid } from './kept.ts';
import { createOutput, type Output } from './output.ts';
import { pathOf } from '../userPath.ts';

/** The pretrained weights that an engine's workspace has, and those that are known to exist. */
export async function knownTo(client: Client) {
  const [sources, catalogue] = await Promise.all([client.call('source.list', {}), client.call('catalogue.list', {})]);
  return { sources, catalogue };
}

/** Options that every subcommand takes, before or after its name. */
export interface GlobalOptions {
  workspace?: string;
  json?: boolean;
  /** Of commands whose answers are kept. */
  again?: boolean;
}

/** What a subcommand works with. */
export interface Session {
  client: Client;
  output: Output;
  /** Whether the engine is another program's: what is begun in it continues when this command ends. */
  joined: boolean;
  /** Finds the engine again after it was lost. @throws the error of the loss where it is not found */
  again(lost: CutpointError, signal: AbortSignal): Promise<void>;
  /** Aborts at Ctrl-C and when the process is told to end. */
  signal: AbortSignal;
  /** The workspace as an absolute path. */
  workspace: string;
}

/** The workspace named on the command line, else the default one. */
export function workspaceOf(command: Command): string {
  return pathOf(command.optsWithGlobals<GlobalOptions>().workspace ?? defaultWorkspaceFolder());
}

export function outputOf(command: Command): Output {
  return createOutput({ json: command.optsWithGlobals<GlobalOptions>().json === true });
}

/** Aborts at the first Ctrl-C (or SIGTERM, SIGHUP); a second one ends the process without waiting. */
export function interruption(): { signal: AbortSignal; forget(): void } {
  const controller = new AbortController();
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const stop = () => {
    if (controller.signal.aborted) process.exit(1);
    controller.abort();
  };
  for (const name of signals) process.on(name, stop);
  return {
    signal: controller.signal,
    forget() {
      for (const name of signals) process.off(name, stop);
    },
  };
}

/**
 * Does `work` with the engine that already has the workspace, or else with one of its own, which is let finish its writing:
 * a run that still trains then is interrupted at its last checkpoint.
 * @throws what the engine could not start with, e.g. WORKSPACE_LOCKED, and whatever `work` throws
 */
export async function withEngine<T>(command: Command, work: (session: Session) => Promise<T>): Promise<T> {
  // Read here, as commands that need no engine do without.
  const { joined, joinedSoon } = await import('./joined.ts');
  const workspace = workspaceOf(command);
  const { signal, forget } = interruption();
  const output = outputOf(command);
  const { again = false } = command.optsWithGlobals<GlobalOptions>();
  const use = async (engine: Engine): Promise<T> => {
    try {
      const client = keptSaid(engine.client, output, { again });
      return await work({ ...engine, client, output, signal, workspace });
    } finally {
      await engine.close();
    }
  };
  try {
    const other = await joined(workspace);
    return await use(other ?? (await own(workspace, output, signal))).catch(async (thrown: unknown) => {
      // Another engine holds the workspace, so nothing was done; it may have been starting.
      const isHeld = other === null && CutpointError.from(thrown).code === 'WORKSPACE_LOCKED';
      const started = isHeld ? await joinedSoon(workspace, signal) : null;
      if (started === null) throw thrown;
      return use(started);
    });
  } finally {
    forget();
  }
}

export type Engine = Pick<Session, 'client' | 'joined' | 'again'> & { close(): Promise<void> | void };

const inUse = (others: number): string =>
  `Waiting for ${others === 1 ? 'another command that uses' : `${others} other commands that use`} this engine; Ctrl-C ends what they do.`;

/** One of its own: it starts while this process reads what it needs to talk to it. */
async function own(workspace: string, output: Output, signal: AbortSignal): Promise<Engine> {
  const { forkEngine } = await import('../engine/host/engineProcess.ts');
  const first = [forkEngine(workspace)];
  const { superviseEngine } = await import('../engine/host/supervisor.ts');
  const spawn: SpawnEngine = (folder) => first.pop() ?? forkEngine(folder);
  const supervisor = superviseEngine({ workspace, spawn });
  supervisor.onState(({ notes = [] }) => notes.forEach((note) => output.note(`Note: ${note}`)));
  const { client } = supervisor;
  return {
    client,
    joined: false,
    // What it trained was interrupted; the person decides whether it is resumed.
    again: (lost) => Promise.reject(lost),
    async close() {
      // What other commands began here would end with it.
      await client
        .call('system.alone', {}, { signal, onProgress: ({ others }) => output.note(inUse(others)) })
        .catch(() => {});
      await supervisor.close();
    },
  };
}
