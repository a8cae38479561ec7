import { CutpointError } from '../../contract/errors.ts';

/** What TensorFlow, CUDA, WebAssembly and JavaScript say when they get no memory. */
const NO_MEMORY =
  /OOM when allocating|resource ?exhausted|TF_Status: 8\b|CUDA_ERROR_OUT_OF_MEMORY|_STATUS_ALLOC_FAILED|array buffer allocation failed|out of memory|invalid typed array length/i;

/** Whether an operation failed because there was no memory for it. */
export const isNoMemory = (thrown: unknown): thrown is Error =>
  thrown instanceof Error && !(thrown instanceof CutpointError) && NO_MEMORY.test(thrown.message);

/** The same as a failure of training. @param batch the images of a step for which there was none */
export const noMemoryFor = (batch: number, cause: Error): CutpointError =>
  new CutpointError(
    'OUT_OF_MEMORY',
    `The engine could not get more memory while it trained with batches of ${batch}.`,
    {
      remedy: 'Train with a smaller batch, a smaller input size or a cut nearer to the input, or close other programs.',
      cause,
    },
  );
