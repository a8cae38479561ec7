import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Readable } from 'node:stream';
import { processTransport } from '../../rpc/transports/childProcess.ts';
import type { Transport } from '../../rpc/transport.ts';

export interface EngineExit {
  code: number | null;
  signal: string | null;
}

/** A running engine process, however it was started. */
export interface EngineProcess {
  transport: Transport;
  /** Resolves when the process is gone; never rejects. */
  exited: Promise<EngineExit>;
  /** What it writes to standard output and standard error. */
  output: Readable[];
  /** Ends it at once. */
  kill(): void;
}

/** Starts an engine on a workspace folder. */
export type SpawnEngine = (workspace: string) => EngineProcess;

/** Milliseconds to wait for what a process wrote before it ended. */
const DRAIN = 500;
const ENTRY = fileURLToPath(new URL('../main.ts', import.meta.url));

/** An engine in a Node process of its own, for the command line and the web shell. */
export const forkEngine = (workspace: string, entry = ENTRY): EngineProcess =>
  forkProcess(entry, ['--workspace', workspace]);

/** A Node process of its own that runs a script of the engine. @param environment what it has besides this one's */
export function forkProcess(
  entry: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): EngineProcess {
  const child = fork(entry, args, {
    serialization: 'advanced',
    // In Electron the program is its own Node only when told so.
    env: { ...process.env, ...environment, ELECTRON_RUN_AS_NODE: '1' },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // Flags of the parent (a debugger's port, a test runner's loader) are not meant for the engine.
    execArgv: [],
  });
  const output = [child.stdout, child.stderr].filter((stream) => stream !== null);
  const transport = processTransport(child);
  let closed = false;
  const exited = new Promise<EngineExit>((resolve) => {
    const done = () => resolve({ code: child.exitCode, signal: child.signalCode });
    // 'close': its last message and last lines have been read too. A process that it started may hold those open.
    child.once('close', done);
    child.once('exit', () => setTimeout(done, DRAIN).unref());
    // Of a channel that was closed from here Node never says 'close'; there are no more messages then, only lines.
    const read = () => {
      if (closed && !isRunning(child) && output.every((stream) => stream.closed)) done();
    };
    child.once('exit', read);
    for (const stream of output) stream.once('close', read);
    // The process could not be created; there is no 'exit' then.
    child.once('error', done);
  });
  return {
    transport: {
      ...transport,
      close() {
        closed = true;
        transport.close();
      },
    },
    exited,
    output,
    kill: () => child.kill('SIGKILL'),
  };
}

const isRunning = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode === null && signalCode === null;
