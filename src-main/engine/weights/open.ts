import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { CutpointError } from '../../contract/errors.ts';
import { fileInFolder, unknownFormat } from './foreignFormats.ts';
import { corrupt, type WeightFile, type WeightReader } from './file.ts';
import { kerasArchive } from './kerasArchive.ts';
import { kerasH5 } from './kerasH5.ts';
import { onnxInitialisers } from './onnxInitialisers.ts';
import { pythonPickle } from './pythonPickle.ts';
import { safetensors } from './safetensors.ts';
import { tfjsLayers } from './tfjsLayers.ts';
import { torchLegacy } from './torchLegacy.ts';
import { torchZip } from './torchZip.ts';
import { openZip } from './zip.ts';

/** Asked in this order; a new format is one file and one entry. */
const readers: readonly WeightReader[] = [
  kerasH5,
  kerasArchive,
  torchZip,
  torchLegacy,
  pythonPickle,
  safetensors,
  tfjsLayers,
  onnxInitialisers,
];

/** Enough for any signature. */
const HEAD_BYTES = 1024;

/**
 * Core ML's files and TensorFlow's saved models begin like ONNX's, pieces of distributed checkpoints like archives, lists of parts
 * like TensorFlow.js's.
 */
const UNLIKE_THEIR_BEGINNING = /(\.(mlmodel|distcp|(index|weights)\.json)|(^|[\\/])saved_model\.pb)$/i;

const ZIP_SIGNATURE = Buffer.from('PK\x03\x04', 'latin1');

/**
 * Opens a file of weights, whatever its name: the format is told by its first bytes, that of an archive by the names in
 * its directory. A folder stands for its `model.json`. Close the file after reading.
 * @throws CutpointError FILE_NOT_READABLE, WEIGHTS_FORMAT_UNKNOWN, WEIGHTS_CORRUPT
 */
export async function openWeights(path: string): Promise<WeightFile> {
  try {
    const file = (await stat(path)).isDirectory() ? await fileInFolder(path) : path;
    const found = await stat(file);
    if (!found.isFile()) throw notReadable(file, new Error('not a file'));
    if (found.size === 0) throw corrupt(file, 'the file is empty');
    const head = await readHead(file);
    if (UNLIKE_THEIR_BEGINNING.test(file)) throw unknownFormat(file, head, []);
    const entries = head.subarray(0, ZIP_SIGNATURE.length).equals(ZIP_SIGNATURE) ? await entryNames(file) : [];
    const reader = readers.find((each) => each.match(file, head, found.size, entries));
    if (!reader) throw unknownFormat(file, head, entries);
    return await reader.open(file);
  } catch (error) {
    if (error instanceof CutpointError || (error as NodeJS.ErrnoException).code === undefined) throw error;
    throw notReadable(path, error);
  }
}

async function readHead(path: string): Promise<Buffer> {
  const handle = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

async function entryNames(path: string): Promise<string[]> {
  const zip = await openZip(path);
  await zip.close();
  return [...zip.entries.keys()];
}

/** Weights that the file system does not give. */
export function notReadable(path: string, cause: unknown): CutpointError {
  return new CutpointError('FILE_NOT_READABLE', `The weights '${basename(path)}' cannot be read.`, {
    remedy: 'Check that the file is there and that you may read it.',
    cause,
  });
}
