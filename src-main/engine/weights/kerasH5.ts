import { Worker } from 'node:worker_threads';
import type { Shape } from '../../backbone/graph.ts';
import { CutpointError, type ErrorReply } from '../../contract/errors.ts';
import { corrupt, type WeightFile, type WeightReader } from './file.ts';

/**
 * Keras's legacy HDF5 weights. The HDF5 library works in a thread of its own that ends with the file: a malformed file
 * can make the library loop, take memory that it never gives back, or keep the file open after an error.
 */
const SIGNATURE = Buffer.from('\x89HDF\r\n\x1a\n', 'latin1');

/** For the list of tensors, and for each tensor; the slowest disk needs a fraction of it. */
const TIME_LIMIT_MS = 30_000;

/** What the thread answers: first, unasked, the list of tensors; then the values of each tensor asked for by name. */
export type H5Answer =
  | { tensors: { name: string; shape: Shape }[] }
  | { name: string; values: Float32Array }
  | { name?: string; error: ErrorReply };

export const kerasH5: WeightReader = {
  format: 'keras-h5',
  match: (_path, head) => head.subarray(0, SIGNATURE.length).equals(SIGNATURE),
  open: openKerasH5,
};

async function openKerasH5(path: string): Promise<WeightFile> {
  // The library's warnings about malformed files go into these streams, which nobody reads.
  const options = { workerData: path, stdout: true, stderr: true };
  const thread = new Worker(new URL('./kerasH5Thread.ts', import.meta.url), options);
  const next = () => answer(thread, path);
  try {
    const list = await next();
    if (!('tensors' in list)) throw corrupt(path, 'it lists no tensors');
    let queue: Promise<unknown> = Promise.resolve();
    const read = (name: string): Promise<Float32Array> => {
      const values = queue.then(async () => {
        thread.postMessage(name);
        const given = await next();
        if (!('values' in given)) throw corrupt(path, `'${name}' has no values`);
        return given.values;
      });
      queue = values.catch(() => undefined);
      return values;
    };
    return {
      format: 'keras-h5',
      path,
      tensors: new Map(list.tensors.map(({ name, shape }) => [name, { shape, read: () => read(name) }])),
      metadata: {},
      close: async () => void (await thread.terminate()),
    };
  } catch (error) {
    await thread.terminate();
    throw error;
  }
}

/** The thread's next answer; a thread that dies or falls silent means that the file broke the library. */
function answer(thread: Worker, path: string): Promise<H5Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<H5Answer>();
  const broken = (cause?: unknown) => reject(corrupt(path, 'the HDF5 library cannot read it', cause));
  const told = (message: H5Answer) =>
    'error' in message ? reject(CutpointError.fromReply(message.error)) : resolve(message);
  const timer = setTimeout(broken, TIME_LIMIT_MS);
  thread.on('message', told).on('error', broken).on('exit', broken);
  return promise.finally(() => {
    clearTimeout(timer);
    thread.off('message', told).off('error', broken).off('exit', broken);
  });
}
