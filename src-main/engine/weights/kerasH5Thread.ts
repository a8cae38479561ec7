import { statSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { Dataset, File, Group, ready } from 'h5wasm/node';
import { CutpointError } from '../../contract/errors.ts';
import { corrupt, unsupportedType } from './file.ts';
import type { H5Answer } from './kerasH5.ts';

/**
 * The thread in which the HDF5 library (h5wasm) reads one file of Keras weights. A file of weights has one group per
 * layer; a file of a whole model has them under `model_weights`. The model's description is not looked at.
 */
const path = workerData as string;

/** Deeper or larger trees than any model has are links that go round, or nonsense. */
const MAX_DEPTH = 16;
const MAX_OBJECTS = 40_000;

const FLOAT_CLASS = 1;

const library = await ready;
// Without this, errors inside the library become text on stderr and invalid handles.
library.activate_throwing_error_handler();

const datasets = new Map<string, Dataset>();
tell(() => {
  collect();
  return { tensors: [...datasets].map(([name, dataset]) => ({ name, shape: dataset.shape ?? [] })) };
});
parentPort!.on('message', (name: string) => tell(() => ({ name, values: values(name, datasets.get(name)!) })));

function collect(): void {
  const fileBytes = statSync(path).size;
  const file = new File(path, 'r');
  const root = file.keys().includes('model_weights') ? file.get('model_weights') : file;
  if (!(root instanceof Group)) throw corrupt(path, "its 'model_weights' is not a group");
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
      const { size, total_size: length, chunks } = child.metadata;
      // Compressed values (in chunks) may be more than the file; plain ones never.
      if (chunks === null) plainBytes += size * length;
      if (plainBytes > fileBytes) throw corrupt(path, 'it is too short for the tensors it lists');
      datasets.set(`${prefix}${key}`, child);
    }
  };
  visit(root, '', 0);
}

/** Keras writes no soft or external links; following one could lead to another file. */
function isLink(group: Group, key: string): boolean {
  const link = `${group.path}/${key}`;
  return group.get_link(link) !== null || group.get_external_link(link).filename !== undefined;
}

function values(name: string, dataset: Dataset): Float32Array {
  const { type, size } = dataset.metadata;
  if (type === FLOAT_CLASS && (size === 4 || size === 8)) {
    const value = dataset.value;
    if (value instanceof Float32Array) return value;
    if (value instanceof Float64Array) return Float32Array.from(value);
  }
  throw unsupportedType(path, name, String(dataset.dtype));
}

/** Posts the answer, or what the library threw as the user's error. */
function tell(work: () => H5Answer): void {
  let answer: H5Answer;
  try {
    answer = work();
  } catch (error) {
    const known = error instanceof CutpointError ? error : corrupt(path, 'the HDF5 library cannot read it');
    answer = { error: known.toReply() };
  }
  parentPort!.postMessage(answer, 'values' in answer ? [answer.values.buffer as ArrayBuffer] : []);
}
