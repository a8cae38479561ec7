import { parentPort } from 'node:worker_threads';
import { CutpointError } from '../../contract/errors.ts';
import { letOthersGoFirst } from './priority.ts';
import { tasks } from './tasks.ts';

interface Task {
  name: keyof typeof tasks;
  input: never;
  lowered: boolean;
}

/** Entry of a reader thread: one task after the other, each answered with `value` or `error`. */
const port = parentPort!;
async function perform({ name, input, lowered }: Task): Promise<void> {
  if (lowered) letOthersGoFirst();
  try {
    port.postMessage({ value: await tasks[name](input) });
  } catch (thrown) {
    port.postMessage({ error: CutpointError.from(thrown).toReply() });
  }
}
let last = Promise.resolve();
port.on('message', (message: Task) => void (last = last.then(() => perform(message))));
port.postMessage('ready');
