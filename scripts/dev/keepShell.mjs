import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { root } from '../setup/places.mjs';
import { say } from '../setup/report.mjs';
import { watchSources } from './changes.mjs';

const SHELL = join(import.meta.dirname, 'shell.mjs');

/**
 * The window in a browser, its shell and its engine, until Ctrl-C. After a change below src-main they start again, on the
 * same port and workspace; browsers that were let in stay so. Resolves to an exit status.
 */
export async function keepShell({ workspace, port }) {
  const ending = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => ending.abort());
  const changes = watchSources(join(root, 'src-main'), ending.signal);
  /** What the next shell goes on with. */
  let state = { workspace, port, sessions: [] };
  let everReady = false;
  let change = changes.next();

  while (!ending.signal.aborted) {
    const child = fork(SHELL, [], { serialization: 'advanced' });
    child.on('message', (message) => {
      everReady = true;
      state = { ...state, ...message };
    });
    child.send(state);
    const ended = once(child, 'exit').then(([status]) => ({ status }));
    const first = await Promise.race([ended, change.then(() => 'change')]);
    if (first !== 'change') {
      if (ending.signal.aborted) break;
      if (!everReady) {
        ending.abort();
        return first.status ?? 1;
      }
      say('the shell ended; it starts again after the next change');
    }
    const name = await change;
    if (child.connected) child.send('end');
    await ended;
    if (name !== undefined) say(`src-main/${name.replaceAll('\\', '/')} changed: starting again`);
    change = changes.next();
  }
  return 0;
}
