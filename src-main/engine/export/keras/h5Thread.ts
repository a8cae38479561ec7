import { parentPort, workerData } from 'node:worker_threads';
import { Dataset, File, Group, ready } from 'h5wasm';
import type { H5Group, H5Task } from './h5.ts';

/** The thread in which the HDF5 library (h5wasm) writes or reads one file in its own memory. */
const NAME = 'model.h5';

// HDF5 stamps every object with the time. What is written must follow from the model alone.
Date.now = () => 0;

const { FS, activate_throwing_error_handler: throwErrors } = await ready;
throwErrors();

const task = workerData as H5Task;
if ('write' in task) {
  const bytes = write(task.write);
  parentPort!.postMessage(bytes, [bytes.buffer as ArrayBuffer]);
} else {
  FS!.writeFile(NAME, task.read);
  const groups = read(new File(NAME, 'r'), '');
  parentPort!.postMessage(groups);
}

function write(groups: readonly H5Group[]): Uint8Array {
  const file = new File(NAME, 'w');
  for (const { path, attributes, datasets } of groups) {
    const group = groupAt(file, path);
    for (const [name, value] of Object.entries(attributes))
      group.create_attribute(name, typeof value === 'string' ? value : [...value]);
    for (const [name, { shape, data }] of Object.entries(datasets)) {
      group.create_dataset({ name, data, shape: [...shape], dtype: '<f' });
    }
  }
  file.close();
  return FS!.readFile(NAME);
}

function groupAt(file: Group, path: string): Group {
  if (path === '') return file;
  const parts = path.split('/');
  parts.forEach((_, index) => {
    const above = parts.slice(0, index + 1).join('/');
    if (file.get(above) === null) file.create_group(above);
  });
  return file.get(path) as Group;
}

function read(group: Group, path: string): H5Group[] {
  const children = group.keys().map((key) => [key, group.get(key)] as const);
  const datasets = children.flatMap(([key, child]) =>
    child instanceof Dataset ? [[key, { shape: child.shape!, data: child.value as Float32Array }] as const] : [],
  );
  const attributes = Object.entries(group.attrs).map(([key, { value }]) => [key, value as string | string[]] as const);
  const below = children.flatMap(([key, child]) =>
    child instanceof Group ? read(child, path === '' ? key : `${path}/${key}`) : [],
  );
  return [{ path, attributes: Object.fromEntries(attributes), datasets: Object.fromEntries(datasets) }, ...below];
}
