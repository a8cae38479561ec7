import { Worker } from 'node:worker_threads';

/** How long an engine may take to end by itself after its parent is gone, in milliseconds. */
export const FAREWELL = 15_000;

export interface Watch {
  parent: number;
  farewell: number;
}

/**
 * Ends this process when its parent is gone and it does not end by itself in time. A channel that closes is only heard
 * between two steps: a thread of its own also sees it while the engine's one is busy in TensorFlow or loops.
 */
export function watchParent(farewell: number): void {
  const watch: Watch = { parent: process.ppid, farewell };
  new Worker(new URL('./watchdogThread.ts', import.meta.url), { workerData: watch }).unref();
}
