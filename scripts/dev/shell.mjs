// One life of the shell and its engine; scripts/dev/keepShell.mjs starts it, and tells it to end.
import { once } from 'node:events';
import { keepFilesPrivate } from '../../src-main/userFiles.ts';
import { startWebShell } from '../../src-main/web/shell.ts';
import { say } from '../setup/report.mjs';
import { viteWindow } from './viteWindow.mjs';

keepFilesPrivate();
// Ctrl-C reaches the whole group; the parent tells when to end.
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => {});
const [{ workspace, port, sessions }] = await once(process, 'message');
// Told to end, or the parent is gone.
const over = Promise.race([once(process, 'message'), once(process, 'disconnect')]);
/** Whether this is the first one that a browser has not been let in to yet. */
const fresh = sessions.length === 0;

try {
  const files = await viteWindow();
  const shell = await startWebShell({ workspace, port, sessions, files, open: fresh, warn: say });
  for (const note of shell.notes) say(note);
  if (fresh) console.log(`Cutpoint is at ${shell.url}\nCtrl-C ends it.`);
  // What the next life goes on with: the port, and in the end who was let in.
  process.send({ port: Number(new URL(shell.url).port) });
  await over;
  if (process.connected) process.send({ sessions });
  await shell.close();
  process.exit(0);
} catch (error) {
  console.error(error.remedy ? `${error.message} ${error.remedy}` : error);
  process.exit(1);
}
