import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startProcess } from '../../support/process.ts';

const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
// An ended process that nobody has waited for has no command line left.
const isThere = (pid: number): boolean =>
  existsSync(`/proc/${pid}/cmdline`) && readFileSync(`/proc/${pid}/cmdline`).length > 0;

it.skipIf(process.platform !== 'linux')(
  'a model that runs without end does not outlive the engine that was killed',
  async () => {
    const parent = startProcess(process.execPath, [join(import.meta.dirname, 'fixtures/endlessModel.ts')]);
    await parent.until(1);
    const [runner] = childrenOf(parent.child.pid!);
    onTestFinished(() => void (isThere(runner!) && process.kill(runner!, 'SIGKILL')));
    expect([parent.lines, isThere(runner!)]).toEqual([['runs'], true]);
    await parent.kill();
    await expect.poll(() => isThere(runner!), { timeout: 10_000 }).toBe(false);
  },
);
