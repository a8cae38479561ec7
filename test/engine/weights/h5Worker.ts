import { readFileSync, writeFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { CutpointError } from '../../../src-main/contract/errors.ts';
import { generator } from '../../../src-main/engine/random.ts';
import { readKerasH5 } from '../../../src-main/engine/weights/kerasH5Library.ts';
import { namedVariables } from '../../../src-main/engine/weights/kerasVariables.ts';
import { mutate } from './mutate.ts';

/**
 * Reads mutated HDF5 files one after another as the reader's thread reads one, and tells the number of each before it.
 * What the library throws is what that thread answers as damage; a CutpointError must be about the weights.
 */
const { fixture, donor, inMemory, from, to, path } = workerData as {
  fixture: string;
  donor: string;
  inMemory: boolean;
  from: number;
  to: number;
  path: string;
};

const whole = readFileSync(fixture);
const other = readFileSync(donor);
const attempt = <T>(work: () => T): T | undefined => {
  try {
    return work();
  } catch (error) {
    if (error instanceof CutpointError && !error.code.startsWith('WEIGHTS_')) throw error;
    return undefined;
  }
};

let opened = 0;
for (let round = from; round < to; round++) {
  parentPort!.postMessage({ round });
  const bytes = mutate(whole, other, generator('fuzz', fixture.split(/[\\/]/).at(-1)!, round));
  if (!inMemory) writeFileSync(path, bytes);
  const file = await readKerasH5(inMemory ? { path, bytes: new Uint8Array(bytes) } : { path });
  const tensors = attempt(() => namedVariables(file.list(), undefined));
  for (const { tensor } of tensors ?? []) attempt(() => file.values(tensor.name));
  if (tensors) opened++;
}
parentPort!.postMessage({ opened });
