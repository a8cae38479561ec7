import { constants, getPriority, setPriority } from 'node:os';

const LOWERED = constants.priority.PRIORITY_BELOW_NORMAL;

/**
 * Lets other threads go before this one, wherever there are too few cores for all: those that train before one that reads
 * thousands of images. Linux has a priority for each thread; elsewhere it is that of the whole process, which answers as well,
 * and is left as it is.
 */
export function letOthersGoFirst(): void {
  if (process.platform !== 'linux') return;
  try {
    if (getPriority() < LOWERED) setPriority(LOWERED);
  } catch {
    // Where a sandbox forbids it, reading goes on as before.
  }
}
