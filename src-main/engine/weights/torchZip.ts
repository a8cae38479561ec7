import { basename } from 'node:path';
import { CutpointError } from '../../contract/errors.ts';
import { corrupt, type WeightFile, type WeightReader } from './file.ts';
import { PickleError } from './pickleValues.ts';
import { fileTensors, MAX_PICKLE_BYTES, readTorchPickle, tooLarge } from './torchPickle.ts';
import { openZip, type Zip } from './zip.ts';

/**
 * What `torch.save` writes since PyTorch 1.6: a zip archive with one folder, in it `data.pkl` (the containers) and
 * `data/0`, `data/1` … (the storages, stored without compression, so that tensors are read by position).
 * https://docs.pytorch.org/docs/stable/notes/serialization.html#serialized-file-format-for-torch-save
 */
const PICKLE = /^[^/]+\/data\.pkl$/;

/** 'little' or 'big'. */
const LONGEST_BYTE_ORDER = 8;

export const torchZip: WeightReader = {
  format: 'pytorch',
  match: (_path, _head, _bytes, entries) => entries.some((name) => PICKLE.test(name)),
  open: openTorchZip,
};

async function openTorchZip(path: string): Promise<WeightFile> {
  const zip = await openZip(path);
  try {
    const pickle = [...zip.entries.values()].filter(({ name }) => PICKLE.test(name));
    if (pickle.length !== 1) throw corrupt(path, 'it holds several checkpoints');
    const { name, bytes, read } = pickle[0]!;
    if (bytes > MAX_PICKLE_BYTES) throw tooLarge(path);
    const folder = name.slice(0, -'data.pkl'.length);
    await requireLittleEndian(path, zip, folder);
    const { value, foreign } = await readWhole(path, Buffer.from(await read()));
    return {
      format: 'pytorch',
      path,
      tensors: fileTensors(path, value, ({ key }) => zip.entries.get(`${folder}data/${key}`)),
      metadata: {},
      objects: [...foreign],
      close: () => zip.close(),
    };
  } catch (error) {
    await zip.close();
    throw error;
  }
}

async function readWhole(path: string, bytes: Buffer) {
  try {
    return await readTorchPickle(path, bytes);
  } catch (error) {
    if (error instanceof PickleError) throw corrupt(path, error.message, error);
    throw error;
  }
}

async function requireLittleEndian(path: string, zip: Zip, folder: string): Promise<void> {
  const record = zip.entries.get(`${folder}byteorder`);
  if (!record) return;
  const order = record.bytes > LONGEST_BYTE_ORDER ? '' : Buffer.from(await record.read()).toString('latin1');
  if (order !== 'little') {
    throw new CutpointError(
      'WEIGHTS_FORMAT_UNKNOWN',
      `'${basename(path)}' was written by a machine with another order of bytes, which Cutpoint does not read.`,
      { remedy: 'Open it with PyTorch on any common computer and save it again.' },
    );
  }
}
