import { setTimeout as delay } from 'node:timers/promises';
import { workerData } from 'node:worker_threads';
import type { Watch } from './watchdog.ts';

/** The thread that watches the parent process. */
const { parent, farewell } = workerData as Watch;
const EVERY = 1000;

while (isThere(parent)) await delay(EVERY);
await delay(farewell);
// No handler and no clean-up can hold this up; what is on the disk is whole at any moment.
process.kill(process.pid, 'SIGKILL');

/** An orphan gets another parent, except on Windows, where the number stays and leads to nobody. */
function isThere(pid: number): boolean {
  if (process.ppid !== pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A parent of another user may not be asked, but is there.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
