// `npm start`: sets up what is missing, builds the window where its sources changed, and starts the application.
// Its options are in scripts/start/options.mjs.
import { join } from 'node:path';
import { setup } from './setup.mjs';
import { node24, root } from './setup/places.mjs';
import { handOver, projectEnv } from './setup/process.mjs';
import { say, SetupError } from './setup/report.mjs';
import { buildWhereStale } from './start/build.mjs';
import { startOptions } from './start/options.mjs';

const { says, status } = startOptions(process.argv.slice(2));
if (says) {
  console.log(says);
  process.exit(status);
}

try {
  await setup({ purpose: 'start' });
  await buildWhereStale();
  const launch = join(root, 'scripts', 'start', 'launch.mjs');
  process.exitCode = await handOver(node24, [launch, ...process.argv.slice(2)], { cwd: root, env: projectEnv() });
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  say(error.message);
  process.exitCode = 1;
}
