import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { onTestFinished } from 'vitest';

/** A child process whose lines can be waited for; killed at the end of the test at the latest. */
export interface LineProcess {
  child: ChildProcess;
  lines: string[];
  /** Resolves once at least `count` lines were printed; rejects when the process ends before. */
  until(count: number): Promise<void>;
  /** Resolves when the process has ended and all it printed was read. */
  ended: Promise<void>;
  kill(): Promise<void>;
}

export function startProcess(command: string, args: string[], options: SpawnOptions = {}): LineProcess {
  const started = beginProcess(command, args, options);
  onTestFinished(() => void started.child.kill('SIGKILL'));
  return started;
}

/** The same, for whoever ends it himself. */
export function beginProcess(command: string, args: string[], options: SpawnOptions = {}): LineProcess {
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  let rest = '';
  let changed = () => {};
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    const parts = (rest + text).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts);
    changed();
  });
  let over = false;
  const ended = new Promise<void>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => {
      over = true;
      changed();
      resolve();
    });
  });
  const kill = () => {
    child.kill('SIGKILL');
    return ended;
  };
  const until = (count: number) =>
    new Promise<void>((resolve, reject) => {
      changed = () => {
        if (lines.length >= count) resolve();
        else if (over) reject(new Error(`ended after: ${lines.join(' | ')}`));
      };
      changed();
    });
  return { child, lines, until, ended, kill };
}
