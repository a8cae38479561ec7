// `npm run dev`: sets up what is missing, and starts the engine, the shell and the window from their sources. The window
// takes changes of its own files at once; after a change below src-main the shell and the engine start again.
// Options: --workspace DIR (else one of the checkout's own), --port N, --web (a browser even where Electron is here).
import { join } from 'node:path';
import { setup } from './setup.mjs';
import { keepCompiled } from './setup/compiled.mjs';
import { node24, root } from './setup/places.mjs';
import { handOver, projectEnv } from './setup/process.mjs';
import { say, SetupError } from './setup/report.mjs';

keepCompiled();
try {
  await setup({ purpose: 'start' });
  const launch = join(root, 'scripts', 'dev', 'launch.mjs');
  process.exitCode = await handOver(node24, [launch, ...process.argv.slice(2)], { cwd: root, env: projectEnv() });
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  say(error.message);
  process.exitCode = 1;
}
