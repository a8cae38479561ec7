import { parentPort } from 'node:worker_threads';
import { CutpointError } from '../../contract/errors.ts';
import { tasks } from './tasks.ts';

/** Entry of a reader thread: one task after the other, each answered with `value` or `error`. */
const port = parentPort!;
async function perform({ name, input }: { name: keyof typeof tasks; input: never }): Promise<void> {
  try {
    port.postMessage({ value: await tasks[name](input) });
  } catch (thrown) {
    port.postMessage({ error: CutpointError.from(thrown).toReply() });
  }
}
let last = Promise.resolve();
port.on('message', (message: Parameters<typeof perform>[0]) => void (last = last.then(() => perform(message))));
port.postMessage('ready');
