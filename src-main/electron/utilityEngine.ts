import { utilityProcess } from 'electron';
import { Readable } from 'node:stream';
import type { EngineExit, SpawnEngine } from '../engine/host/engineProcess.ts';

/** An engine in a utility process of Electron, from its built script. */
export function utilityEngine(script: string): SpawnEngine {
  return (workspace) => {
    const child = utilityProcess.fork(script, ['--workspace', workspace], {
      serviceName: 'Cutpoint engine',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const exited = new Promise<EngineExit>((resolve) => {
      child.once('exit', (code) => resolve({ code, signal: null }));
    });
    return {
      transport: {
        send: (message) => child.postMessage(message),
        listen(listener) {
          child.on('message', (message: unknown) => listener.message(message));
          child.once('exit', () => listener.closed());
        },
        // The port to a utility process cannot be closed: it is asked to end.
        close: () => child.postMessage({ kind: 'close' }),
      },
      exited,
      output: [child.stdout, child.stderr].filter((stream) => stream instanceof Readable),
      // On POSIX 'kill' is SIGTERM, which the engine answers by closing; SIGKILL does not ask.
      kill: () => void (child.pid === undefined || process.kill(child.pid, 'SIGKILL')),
    };
  };
}
