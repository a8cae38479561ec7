import type { Command } from 'commander';
import type { Client } from '../contract/index.ts';
import { forkEngine } from '../engine/host/engineProcess.ts';
import { superviseEngine } from '../engine/host/supervisor.ts';
import { defaultWorkspaceFolder } from '../workspaceFolder.ts';
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
}

/** What a subcommand works with. */
export interface Session {
  client: Client;
  output: Output;
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
 * Does `work` with an engine of its own on the workspace, and lets the engine finish its writing. A run that still
 * trains then is interrupted at its last checkpoint.
 * @throws what the engine could not start with, e.g. WORKSPACE_LOCKED, and whatever `work` throws
 */
export async function withEngine<T>(command: Command, work: (session: Session) => Promise<T>): Promise<T> {
  const workspace = workspaceOf(command);
  const { signal, forget } = interruption();
  const supervisor = superviseEngine({ workspace, spawn: forkEngine });
  const output = outputOf(command);
  supervisor.onState(({ notes = [] }) => notes.forEach((note) => output.note(`Note: ${note}`)));
  try {
    return await work({ client: supervisor.client, output, signal, workspace });
  } finally {
    await supervisor.close();
    forget();
  }
}
