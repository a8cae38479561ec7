import { stat } from 'node:fs/promises';
import { File, Dataset, Group, ready } from 'h5wasm/node';
import { corrupt, unsupportedType, type FileTensor, type WeightFile, type WeightReader } from './file.ts';

/**
 * Keras's legacy HDF5 weights, read by the HDF5 library itself (h5wasm). A file of weights has one group per layer; a
 * file of a whole model has them under `model_weights`. The model's description in the attributes is not looked at.
 */
const SIGNATURE = Buffer.from('\x89HDF\r\n\x1a\n', 'latin1');

/** Deeper or larger trees than any model has are links that go round, or nonsense. */
const MAX_DEPTH = 16;
const MAX_OBJECTS = 40_000;

const FLOAT_CLASS = 1;

export const kerasH5: WeightReader = {
  format: 'keras-h5',
  match: (_path, head) => head.subarray(0, SIGNATURE.length).equals(SIGNATURE),
  open: openKerasH5,
};

async function openKerasH5(path: string): Promise<WeightFile> {
  const [library, { size }] = await Promise.all([ready, stat(path)]);
  // Without this, errors inside the library become text on stderr and invalid handles.
  library.activate_throwing_error_handler();
  const file = guard(path, () => new File(path, 'r'));
  try {
    const tensors = guard(path, () => {
      const root = file.keys().includes('model_weights') ? file.get('model_weights') : file;
      if (!(root instanceof Group)) throw corrupt(path, "its 'model_weights' is not a group");
      return collect(path, root, size);
    });
    return {
      format: 'keras-h5',
      path,
      tensors,
      metadata: {},
      close: async () => void file.close(),
    };
  } catch (error) {
    file.close();
    throw error;
  }
}

function collect(path: string, root: Group, fileBytes: number): Map<string, FileTensor> {
  const tensors = new Map<string, FileTensor>();
  let plainBytes = 0;
  let objects = 0;
  const visit = (group: Group, prefix: string, depth: number): void => {
    if (depth > MAX_DEPTH) throw corrupt(path, 'its groups are nested without end');
    for (const key of group.keys()) {
      if (++objects > MAX_OBJECTS) throw corrupt(path, 'it lists more than any network has');
      if (isLink(group, key)) continue;
      const child = group.get(key);
      if (child instanceof Group) visit(child, `${prefix}${key}/`, depth + 1);
      if (!(child instanceof Dataset) || child.metadata.virtual_sources !== undefined) continue;
      const { size, total_size: values, chunks } = child.metadata;
      if (chunks === null) plainBytes += size * values;
      if (plainBytes > fileBytes) throw corrupt(path, 'it is too short for the tensors it lists');
      tensors.set(`${prefix}${key}`, tensorOf(path, `${prefix}${key}`, child));
    }
  };
  visit(root, '', 0);
  return tensors;
}

/** Keras writes no soft or external links; following one could lead to another file. */
function isLink(group: Group, key: string): boolean {
  const path = `${group.path}/${key}`;
  return group.get_link(path) !== null || group.get_external_link(path).filename !== undefined;
}

function tensorOf(path: string, name: string, dataset: Dataset): FileTensor {
  const { type, size } = dataset.metadata;
  return {
    shape: dataset.shape ?? [],
    read: async () => {
      if (type !== FLOAT_CLASS || (size !== 4 && size !== 8)) throw unsupportedType(path, name, String(dataset.dtype));
      const value = guard(path, () => dataset.value);
      if (value instanceof Float32Array) return value;
      if (value instanceof Float64Array) return Float32Array.from(value);
      throw unsupportedType(path, name, String(dataset.dtype));
    },
  };
}

/** What the library throws on a malformed file, as the user's error. */
function guard<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof Error && error.name === 'CutpointError') throw error;
    throw corrupt(path, 'the HDF5 library cannot read it', error);
  }
}
