import { open, type FileHandle } from 'node:fs/promises';
import { corrupt, type WeightFile, type WeightReader } from './file.ts';
import { PickleDict, PickleError } from './pickleValues.ts';
import { readAt } from './readAt.ts';
import { fileTensors, MAX_PICKLE_BYTES, readTorchPickle, tooLarge, type StorageBytes } from './torchPickle.ts';
import type { TorchStorage } from './torchTensors.ts';

/**
 * What `torch.save` wrote before PyTorch 1.6: five pickles in a row (a magic number, the version, the machine, the
 * containers, the keys of the storages) and then, in the order of the keys, each storage: the number of its elements in
 * eight bytes, and the elements, little endian. `_legacy_save` in
 * https://github.com/pytorch/pytorch/blob/main/torch/serialization.py
 */
const MAGIC = 0x1950a86a20f9469cfc6cn;
const VERSION = 1001;

/** The magic number in words, as protocols 0 and 1 have it. */
const MAGIC_TEXT = Buffer.from('L119547037146038801333356L\n.', 'latin1');

/** The magic number as LONG1, behind the instruction for the protocol and, from protocol 4 on, a frame. */
const MAGIC_BYTES = Buffer.from('8a0a6cfc9c46f9206aa850192e', 'hex');
const MAGIC_WITHIN = 32;

/** The first piece read for a pickle; one that is longer is tried again with four times as much. */
const FIRST_PIECE = 2 ** 18;

export const torchLegacy: WeightReader = {
  format: 'pytorch-legacy',
  match: (_path, head) =>
    (head[0] === 0x80 && head.subarray(0, MAGIC_WITHIN).includes(MAGIC_BYTES)) ||
    head.subarray(0, MAGIC_TEXT.length).equals(MAGIC_TEXT),
  open: openTorchLegacy,
};

async function openTorchLegacy(path: string): Promise<WeightFile> {
  const handle = await open(path, 'r');
  try {
    const pickles = new PickleRow(handle, path, (await handle.stat()).size);
    const magic = await pickles.next();
    const version = await pickles.next();
    if (magic.value !== MAGIC || version.value !== VERSION) throw corrupt(path, 'its version is unknown');
    const machine = (await pickles.next()).value;
    if (!(machine instanceof PickleDict) || !machine.entries.some(([key, value]) => key === 'little_endian' && value)) {
      throw corrupt(path, 'it does not say that it was written by a common machine');
    }
    const checkpoint = await pickles.next();
    const keys = (await pickles.next()).value;
    const places = await findStorages(handle, path, pickles, keys, checkpoint.storages);
    return {
      format: 'pytorch-legacy',
      path,
      tensors: fileTensors(path, checkpoint.value, ({ key }) => places.get(key)),
      metadata: {},
      objects: [...checkpoint.foreign],
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** Pickles that follow one another in a file. */
class PickleRow {
  readonly #handle: FileHandle;
  readonly #path: string;
  readonly size: number;
  /** The position after the last pickle read. */
  at = 0;

  constructor(handle: FileHandle, path: string, size: number) {
    this.#handle = handle;
    this.#path = path;
    this.size = size;
  }

  async next() {
    for (let piece = FIRST_PIECE; ; piece *= 4) {
      const length = Math.min(piece, this.size - this.at, MAX_PICKLE_BYTES);
      const bytes = Buffer.from(await readAt(this.#handle, this.#path, this.at, length));
      try {
        const read = await readTorchPickle(this.#path, bytes);
        this.at += read.end;
        return read;
      } catch (error) {
        if (!(error instanceof PickleError)) throw error;
        if (length === MAX_PICKLE_BYTES) throw tooLarge(this.#path);
        if (length < piece) throw corrupt(this.#path, error.message, error);
      }
    }
  }
}

async function findStorages(
  handle: FileHandle,
  path: string,
  { at, size }: PickleRow,
  keys: unknown,
  storages: ReadonlyMap<string, TorchStorage>,
): Promise<Map<string, StorageBytes>> {
  const places = new Map<string, StorageBytes>();
  let position = at;
  for (const key of Array.isArray(keys) ? (keys as readonly unknown[]) : []) {
    const storage = typeof key === 'string' ? storages.get(key) : undefined;
    if (!storage || places.has(storage.key)) throw corrupt(path, 'its list of storages is not in order');
    const count = Buffer.from(await readAt(handle, path, position, 8)).readBigUInt64LE();
    if (count !== BigInt(storage.elements)) throw corrupt(path, 'a storage has not the size that is said');
    const start = position + 8;
    const bytes = storage.elements * storage.type.bytes;
    position = start + bytes;
    if (position > size) throw corrupt(path, 'it is too short for the tensors it lists');
    places.set(storage.key, { bytes, read: (from, to) => readAt(handle, path, start + from, to - from) });
  }
  return places;
}
