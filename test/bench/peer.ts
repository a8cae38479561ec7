import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** The interpreter that peers run on: a scratch environment, which is no part of the project. */
export const PYTHON = process.env.PYTHON ?? 'python3';

/** Both sides compute with two threads. */
export const TWO_THREADS = {
  OMP_NUM_THREADS: '2',
  CUTPOINT_THREADS: '2',
  TF_NUM_INTRAOP_THREADS: '2',
  TF_NUM_INTEROP_THREADS: '1',
};

/**
 * What a script in this folder prints as its last line, as JSON; where it does not run, why: the last line of what it
 * complained of.
 * @param script of Node (`.ts`) or of Python (`.py`)
 * @param seconds after which it is ended; left out: it may take as long as it likes
 */
export function measuredBy<T>(script: string, args: readonly (string | number)[], seconds?: number): T | string {
  const command = script.endsWith('.py') ? PYTHON : process.execPath;
  const ran = spawnSync(command, [join(import.meta.dirname, script), ...args.map(String)], {
    encoding: 'utf8',
    env: { ...process.env, ...TWO_THREADS },
    maxBuffer: 2 ** 28,
    ...(seconds !== undefined && { timeout: 1000 * seconds }),
  });
  if (ran.status === 0) return JSON.parse(ran.stdout.trim().split('\n').at(-1)!) as T;
  const reason = ran.error?.message ?? ran.stderr.trim().split('\n').at(-1);
  return `not measured: ${reason ?? `ended with ${ran.status}`}`;
}

/** Of Cutpoint itself, which has to run. */
export function ownBy<T>(script: string, args: readonly (string | number)[]): T {
  const measured = measuredBy<T>(script, args);
  if (typeof measured === 'string') throw new Error(`${script} ${args.join(' ')}: ${measured}`);
  return measured;
}
