import { readFile, stat } from 'node:fs/promises';
import type { WeightFile, WeightReader } from './file.ts';
import { corrupt } from './file.ts';
import { unknownFormat } from './foreignFormats.ts';
import { PickleError } from './pickleValues.ts';
import { fileTensors, MAX_PICKLE_BYTES, readTorchPickle, tooLarge } from './torchPickle.ts';

/**
 * What `pickle.dump` writes of a dictionary of NumPy arrays, as Detectron's and MoCo's model zoos do: a single pickle with
 * the values in it. Joblib's files begin alike, but have the values between the instructions.
 */
const BEGINS = /^(\x80[\x02-\x05]|\(dp|\(lp|\}q|ccollections\n|ccopy_reg\n|cnumpy)/;
const JOBLIB = 'joblib.numpy_pickle';

export const pythonPickle: WeightReader = {
  format: 'pickle',
  match: (_path, head) => BEGINS.test(head.toString('latin1', 0, 40)) && !head.includes(JOBLIB),
  open: openPythonPickle,
};

async function openPythonPickle(path: string): Promise<WeightFile> {
  if ((await stat(path)).size > MAX_PICKLE_BYTES) throw tooLarge(path);
  const bytes = await readFile(path);
  try {
    const { value, foreign } = await readTorchPickle(path, bytes);
    const tensors = fileTensors(path, value, () => undefined);
    if (tensors.size === 0) throw unknownFormat(path, bytes, []);
    return { format: 'pickle', path, tensors, metadata: {}, objects: [...foreign], close: async () => undefined };
  } catch (error) {
    if (error instanceof PickleError) throw corrupt(path, error.message, error);
    throw error;
  }
}
