import { usualSize, WorkerPool } from './pool.ts';

let pool: WorkerPool | undefined;

/** Threads for what a person waits for: they stay, because starting them takes longer than reading an image. */
const MOST_THREADS = 4;
export const readers = (): WorkerPool => (pool ??= new WorkerPool({ size: Math.min(MOST_THREADS, usualSize()) }));
