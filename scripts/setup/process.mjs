import { spawn } from 'node:child_process';
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

/** Runs a program on this terminal; resolves to its exit status (128 + n where a signal ended it). */
export function run(command, args, options = {}) {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options });
    child.on('error', fail);
    child.on('close', (status, signal) => done(status ?? (signal ? 129 : 1)));
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
