// Run by scripts/dev.mjs under Node 24: Electron's window where its program is, otherwise the window in a browser.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { pathOf } from '../../src-main/userPath.ts';
import { checkoutState, nodeModules, root } from '../setup/places.mjs';
import { handOver, projectEnv } from '../setup/process.mjs';
import { say } from '../setup/report.mjs';
import { findElectron, noWindow } from '../start/electron.mjs';
import { writeSample } from '../start/sample.mjs';
import { keepShell } from './keepShell.mjs';

const { values } = parseArgs({
  options: { workspace: { type: 'string' }, port: { type: 'string' }, web: { type: 'boolean' } },
});
// Not the default one: a store that a version in the making has migrated is of no use to the one that is installed.
const workspace = pathOf(values.workspace ?? process.env.CUTPOINT_WORKSPACE ?? join(checkoutState, 'workspace'));

/** Resolves to the exit status of electron-vite, which builds, watches and restarts; undefined where Electron is not here. */
async function openElectron() {
  const electron = findElectron();
  const reason = values.web ? 'it was asked for' : (noWindow() ?? (electron ? undefined : 'Electron is not here'));
  if (reason) {
    say(`the window opens in a browser: ${reason}`);
    return undefined;
  }
  const electronVite = join(nodeModules, 'electron-vite', 'bin', 'electron-vite.js');
  const env = {
    ...projectEnv(),
    ELECTRON_EXEC_PATH: electron,
    CUTPOINT_DEV_PORT: String(await freePort()),
    CUTPOINT_DEV_NONCE: randomBytes(16).toString('base64'),
  };
  return handOver(process.execPath, [electronVite, 'dev', '--watch', '--', '--workspace', workspace], {
    cwd: root,
    env,
  });
}

/** A port of this machine that nobody listens on. */
async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port: free } = server.address();
  server.close();
  return free;
}

await writeSample(workspace);
const port = values.port === undefined ? undefined : Number(values.port);
process.exitCode = (await openElectron()) ?? (await keepShell({ workspace, port }));
