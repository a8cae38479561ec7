import { Worker } from 'node:worker_threads';
import type { WeightArray } from '../weights.ts';

/** A group of an HDF5 file with what is directly in it; the groups above it are made with it. */
export interface H5Group {
  /** `a/b`, or '' for the root. */
  path: string;
  attributes: Readonly<Record<string, string | readonly string[]>>;
  /** float32 */
  datasets: Readonly<Record<string, WeightArray>>;
}

/** What the thread is asked for: the bytes of a file with these groups, or all groups of a file of these bytes. */
export type H5Task = { write: readonly H5Group[] } | { read: Uint8Array };

/** An HDF5 file as bytes. The same groups give the same bytes. */
export function encodeH5(groups: readonly H5Group[]): Promise<Uint8Array> {
  return inThread<Uint8Array>({ write: groups });
}

/**
 * The groups of an HDF5 file that `encodeH5` made.
 * @throws Error for anything else
 */
export function decodeH5(bytes: Uint8Array): Promise<H5Group[]> {
  return inThread<H5Group[]>({ read: bytes });
}

/** The HDF5 library never gives memory back; it goes with the thread. */
function inThread<T>(task: H5Task): Promise<T> {
  const thread = new Worker(new URL('./h5Thread.ts', import.meta.url), {
    workerData: task,
    stdout: true,
    stderr: true,
  });
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  thread.on('message', resolve).on('error', reject);
  thread.on('exit', () => reject(new Error('the HDF5 library stopped without an answer')));
  return promise;
}
