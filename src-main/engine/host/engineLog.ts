import { appendFileSync, existsSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { makeFolder } from '../../makeFolder.ts';
import { withoutPaths } from './withoutPaths.ts';

const LARGEST_FILE = 1_000_000;
const FILES_KEPT = 3;
const LAST_LINES = 20;

export interface EngineLog {
  follow(output: Readable): void;
  write(line: string): void;
  /** The newest lines, for a crash report. */
  lastLines(): string[];
}

/**
 * The engine's output in WORKSPACE/logs/engine.log, with `engine.1.log` and `engine.2.log` before it, 1 MB each. Paths
 * outside the application are masked: file names of hospitals carry patients' names. A log that cannot be written
 * never stops the engine.
 */
export function openEngineLog(workspace: string): EngineLog {
  const folder = join(workspace, 'logs');
  const newest: string[] = [];

  function write(line: string): void {
    const entry = `${new Date().toISOString()} ${withoutPaths(line)}`;
    newest.push(entry);
    if (newest.length > LAST_LINES) newest.shift();
    try {
      append(folder, `${entry}\n`);
    } catch {
      // A full disk or a read-only folder: the lines in memory are all there is.
    }
  }

  return {
    follow: (output) => void createInterface({ input: output }).on('line', write),
    write,
    lastLines: () => [...newest],
  };
}

const file = (folder: string, age: number) => join(folder, age === 0 ? 'engine.log' : `engine.${age}.log`);

function append(folder: string, text: string): void {
  makeFolder(folder);
  const current = file(folder, 0);
  if (existsSync(current) && statSync(current).size + text.length > LARGEST_FILE) {
    for (let age = FILES_KEPT - 1; age > 0; age--) {
      if (existsSync(file(folder, age - 1))) renameSync(file(folder, age - 1), file(folder, age));
    }
  }
  appendFileSync(current, text);
}
