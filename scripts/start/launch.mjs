// Run by scripts/start.mjs under Node 24: writes the sample data once, then opens the window or serves the web shell.
import { join } from 'node:path';
import { defaultWorkspaceFolder } from '../../src-main/workspaceFolder.ts';
import { root } from '../setup/places.mjs';
import { handOver, projectEnv } from '../setup/process.mjs';
import { say } from '../setup/report.mjs';
import { noWindow, provideElectron } from './electron.mjs';
import { startOptions } from './options.mjs';
import { writeSample } from './sample.mjs';

/** Electron that ends with an error this soon could not start (a system library is missing); the web shell can. */
const startupLimit = 10_000;

// scripts/start.mjs has refused what cannot be read.
const { values } = startOptions(process.argv.slice(2));
const cutpoint = join(root, 'bin', 'cutpoint.mjs');
const workspace = values.workspace ?? defaultWorkspaceFolder();
const workspaceArgs = values.workspace ? ['--workspace', values.workspace] : [];

/** Resolves to Electron's exit status, or undefined where it could not be started. */
async function openWindow() {
  const reason = values.web ? 'the web shell was asked for' : noWindow();
  const electron = reason ? undefined : await provideElectron();
  if (!electron) {
    say(`starting the web shell: ${reason ?? 'Electron is not here and cannot be downloaded'}`);
    return undefined;
  }
  const started = Date.now();
  const status = await handOver(electron, [root, ...workspaceArgs], { env: projectEnv() });
  if (status === 0 || Date.now() - started > startupLimit) return status;
  say(`starting the web shell: Electron ended at once with status ${status}`);
  return undefined;
}

await writeSample(workspace);
const port = values.port ? ['--port', values.port] : [];
process.exitCode =
  (await openWindow()) ?? (await handOver(process.execPath, [cutpoint, 'serve', '--open', ...port, ...workspaceArgs]));
