import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';
import { nodeModules, root } from './places.mjs';

/** This environment without what a surrounding `npm` run put in, so that an inner npm starts afresh. */
export function plainEnv() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)));
}

/** This environment with Node 24 and the project's tools first on the search path. */
export function projectEnv() {
  return { ...process.env, PATH: [join(nodeModules, '.bin'), process.env.PATH ?? ''].join(delimiter) };
}

/** Exit status as a shell gives it: 128 + n where signal n ended the program. */
const exitStatus = (status, signal) => status ?? 128 + constants.signals[signal];

/** Runs a program on this terminal; resolves to its exit status. */
export function run(command, args, options = {}) {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options });
    child.on('error', fail);
    child.on('close', (status, signal) => done(exitStatus(status, signal)));
  });
}

/** Like `run`, in this program's stead: what would end this one is left to the other, and this one waits for it. */
export function handOver(command, args, options = {}) {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { stdio: 'inherit', ...options });
    const pass = (signal) => child.kill(signal);
    // A terminal sends Ctrl+C to both by itself.
    const handlers = { SIGINT: () => {}, SIGTERM: pass, SIGHUP: pass };
    for (const [signal, handler] of Object.entries(handlers)) process.on(signal, handler);
    child.on('error', fail);
    child.on('close', (status, signal) => {
      for (const [name, handler] of Object.entries(handlers)) process.off(name, handler);
      done(exitStatus(status, signal));
    });
  });
}

/**
 * Runs a program and keeps what it prints. Resolves to {status, output}; status is -1 where it could not be started.
 * `onText` sees the text as it comes.
 */
export function capture(command, args, { onText, ...options } = {}) {
  return new Promise((done) => {
    let output = '';
    const take = (chunk) => {
      output += chunk;
      onText?.(String(chunk));
    };
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], ...options });
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('error', (error) => done({ status: -1, output: output + error.message }));
    child.on('close', (status, signal) =>
      done({ status: status ?? -1, output: signal ? `${output}\n${signal}` : output }),
    );
  });
}

/** The last lines of a program's output, for an error message. */
export const tail = (text, lines = 6) => text.trim().split('\n').slice(-lines).join('\n');
