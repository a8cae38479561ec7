import { open, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { CutpointError } from '../../contract/errors.ts';
import { corrupt, type WeightFile, type WeightReader } from './file.ts';
import { kerasH5 } from './kerasH5.ts';
import { safetensors } from './safetensors.ts';
import { tfjsLayers } from './tfjsLayers.ts';

/** Asked in this order; a new format is one file and one entry. */
const readers: readonly WeightReader[] = [kerasH5, safetensors, tfjsLayers];

/**
 * Opens a file of weights, whatever its name: the format is told by its first bytes. A folder stands for its
 * `model.json`. Close the file after reading.
 * @throws CutpointError FILE_NOT_READABLE, WEIGHTS_FORMAT_UNKNOWN, WEIGHTS_CORRUPT
 */
export async function openWeights(path: string): Promise<WeightFile> {
  try {
    const found = await stat(path);
    const file = found.isDirectory() ? join(path, 'model.json') : path;
    const { head, bytes } = await readHead(file);
    if (bytes === 0) throw corrupt(file, 'the file is empty');
    const reader = readers.find((each) => each.match(file, head, bytes));
    if (!reader) throw unknownFormat(file, head);
    return await reader.open(file);
  } catch (error) {
    if (error instanceof CutpointError || (error as NodeJS.ErrnoException).code === undefined) throw error;
    throw new CutpointError('FILE_NOT_READABLE', `The weights '${basename(path)}' cannot be read.`, {
      remedy: 'Check that the file is there and that you may read it.',
      cause: error,
    });
  }
}

async function readHead(path: string): Promise<{ head: Buffer; bytes: number }> {
  const handle = await open(path, 'r');
  try {
    const head = Buffer.alloc(1024);
    const { bytesRead } = await handle.read(head, 0, head.length, 0);
    return { head: head.subarray(0, bytesRead), bytes: (await handle.stat()).size };
  } finally {
    await handle.close();
  }
}

function unknownFormat(path: string, head: Buffer): CutpointError {
  const isZip = head.subarray(0, 4).equals(Buffer.from('PK\x03\x04', 'latin1'));
  const isPickle = head[0] === 0x80 && head[1]! >= 2 && head[1]! <= 5;
  const name = `'${basename(path)}'`;
  if (isZip && extname(path) === '.keras') {
    return new CutpointError('WEIGHTS_FORMAT_UNKNOWN', `${name} is a Keras 3 archive, which Cutpoint does not read.`, {
      remedy: "In Keras, save the weights with model.save_weights('weights.h5') in the legacy format.",
    });
  }
  if (isZip || isPickle) {
    return new CutpointError(
      'WEIGHTS_FORMAT_UNKNOWN',
      `${name} looks like a PyTorch file, which can run programs when it is opened; Cutpoint does not open such files.`,
      { remedy: "In Python, convert it: safetensors.torch.save_file(model.state_dict(), 'weights.safetensors')." },
    );
  }
  return new CutpointError('WEIGHTS_FORMAT_UNKNOWN', `${name} is not in a format of weights that Cutpoint reads.`, {
    remedy: 'Use safetensors, a legacy Keras .h5 file, or the model.json of a TensorFlow.js layers model.',
  });
}
