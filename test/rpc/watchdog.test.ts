import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../support/folder.ts';
import { put } from '../support/pictures.ts';
import { startProcess } from '../support/process.ts';

const isThere = (pid: number): boolean => {
  try {
    // An ended process that nobody has waited for has no command line left.
    return process.kill(pid, 0) && (process.platform !== 'linux' || readFileSync(`/proc/${pid}/cmdline`).length > 0);
  } catch {
    return false;
  }
};

it('an engine whose parent was killed ends by itself, even in a loop that lets nothing through', async () => {
  const workspace = temporaryFolder();
  const busy = put(workspace, 'busy', '');
  const parent = startProcess(process.execPath, [join(import.meta.dirname, 'fixtures/parent.ts'), workspace]);
  const pidOf = () => Number(readFileSync(busy, 'utf8'));
  await expect.poll(pidOf, { timeout: 15_000 }).toBeGreaterThan(0);
  const engine = pidOf();
  onTestFinished(() => void (isThere(engine) && process.kill(engine, 'SIGKILL')));
  await new Promise((resolve) => setTimeout(resolve, 500));
  await parent.kill();
  expect(isThere(engine)).toBe(true);
  await expect.poll(() => isThere(engine), { timeout: 10_000 }).toBe(false);
  // It had no turn in which it could have closed its services.
  expect(existsSync(join(workspace, 'closed'))).toBe(false);
});
