import { parentPort, workerData } from 'node:worker_threads';
import { CutpointError } from '../../contract/errors.ts';
import { corrupt } from './file.ts';
import type { H5Answer, H5Source } from './h5Messages.ts';
import { readKerasH5 } from './kerasH5Library.ts';

/** The thread in which the HDF5 library reads one file of Keras weights. */
const source = workerData as H5Source;
const file = await readKerasH5(source);

/** Milliseconds between two signs of life, told while the library answers: where they stop, the file makes it loop. */
const ALIVE_EVERY = 500;
let lastSign = -Infinity;

showLife();
tell(() => ({ tensors: file.list(showLife) }));
parentPort!.on('message', (name: string) => tell(() => ({ name, values: file.values(name) })));

function showLife(): void {
  if (performance.now() - lastSign < ALIVE_EVERY) return;
  lastSign = performance.now();
  parentPort!.postMessage({ alive: true } satisfies H5Answer);
}

/** Posts the answer, or what the library threw as the user's error. */
function tell(work: () => H5Answer): void {
  let answer: H5Answer;
  try {
    answer = work();
  } catch (error) {
    const known = error instanceof CutpointError ? error : corrupt(source.path, 'the HDF5 library cannot read it');
    answer = { error: known.toReply() };
  }
  parentPort!.postMessage(answer, 'values' in answer ? [answer.values.buffer as ArrayBuffer] : []);
}
