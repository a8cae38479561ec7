import { Worker } from 'node:worker_threads';
import { sizeOf } from '../../backbone/parameters.ts';
import { CutpointError } from '../../contract/errors.ts';
import { corrupt, type FileTensor, type WeightFile, type WeightReader } from './file.ts';
import { namedVariables } from './kerasVariables.ts';
import type { H5Source, H5Tensor, H5Answer } from './h5Messages.ts';

/**
 * Keras's HDF5 weights, legacy and `.weights.h5`. The HDF5 library works in a thread of its own that ends with the file:
 * a malformed file can make the library loop, take memory that it never gives back, or keep the file open after an error.
 */
const SIGNATURE = Buffer.from('\x89HDF\r\n\x1a\n', 'latin1');

/** For the thread and the library to start, which no file can delay. */
const START_LIMIT_MS = 30_000;

/** Between two signs of life, after which the library is taken to loop. */
const SILENCE_LIMIT_MS = 4000;

/** A slow disk's, for the values of large tensors. */
const BYTES_PER_MS = 10_000;

export const kerasH5: WeightReader = {
  format: 'keras-h5',
  match: (_path, head) => head.subarray(0, SIGNATURE.length).equals(SIGNATURE),
  open: (path) => openH5({ path }, 'keras-h5'),
};

/**
 * Opens HDF5 weights; bytes given are moved into the thread.
 * @param layerNames see {@link namedVariables}
 * @throws CutpointError WEIGHTS_CORRUPT
 */
export async function openH5(
  source: H5Source,
  format: string,
  layerNames?: ReadonlyMap<string, string>,
): Promise<WeightFile> {
  const { path, bytes } = source;
  const thread = new Worker(new URL('./kerasH5Thread.ts', import.meta.url), {
    workerData: source,
    transferList: bytes ? [bytes.buffer] : [],
    // The library's warnings about malformed files go into these streams, which nobody reads.
    stdout: true,
    stderr: true,
  });
  try {
    const list = await answer(thread, path, START_LIMIT_MS);
    if (!('tensors' in list)) throw corrupt(path, 'it lists no tensors');
    let queue: Promise<unknown> = Promise.resolve();
    const read = ({ name, shape }: H5Tensor): Promise<Float32Array> => {
      const values = queue.then(async () => {
        thread.postMessage(name);
        const given = await answer(thread, path, SILENCE_LIMIT_MS + (4 * sizeOf(shape)) / BYTES_PER_MS);
        if (!('values' in given)) throw corrupt(path, `'${name}' has no values`);
        return given.values;
      });
      queue = values.catch(() => undefined);
      return values;
    };
    const tensors = new Map<string, FileTensor>();
    for (const { name, tensor } of namedVariables(list.tensors, layerNames)) {
      tensors.set(tensors.has(name) ? tensor.name : name, { shape: tensor.shape, read: () => read(tensor) });
    }
    return { format, path, tensors, metadata: {}, close: async () => void (await thread.terminate()) };
  } catch (error) {
    await thread.terminate();
    throw error;
  }
}

/** The thread's next answer; a thread that dies or falls silent means that the file broke the library. */
function answer(thread: Worker, path: string, limit: number): Promise<H5Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<H5Answer>();
  const broken = (cause?: unknown) => reject(corrupt(path, 'the HDF5 library cannot read it', cause));
  let timer = setTimeout(broken, limit);
  const told = (message: H5Answer) => {
    if ('alive' in message) {
      clearTimeout(timer);
      timer = setTimeout(broken, SILENCE_LIMIT_MS);
    } else if ('error' in message) reject(CutpointError.fromReply(message.error));
    else resolve(message);
  };
  thread.on('message', told).on('error', broken).on('exit', broken);
  return promise.finally(() => {
    clearTimeout(timer);
    thread.off('message', told).off('error', broken).off('exit', broken);
  });
}
