import { app } from 'electron';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { superviseEngine } from '../engine/host/supervisor.ts';
import { defaultWorkspaceFolder } from '../workspaceFolder.ts';
import { developmentServer, onlyInstance, type Development } from './development.ts';
import { keepSafe, offerDesktop } from './desktop.ts';
import { offerDialogs } from './dialogs.ts';
import { setMenu } from './menu.ts';
import { offerPorts } from './ports.ts';
import { registerScheme, serveWindow } from './scheme.ts';
import { lockDown } from './security.ts';
import { utilityEngine } from './utilityEngine.ts';
import { openWindow } from './window.ts';
import { pathOf } from '../userPath.ts';

/**
 * The desktop shell: one window, one engine on one workspace. `folder` holds the built scripts of the main process; the
 * preload script and the window lie beside it.
 */
export function startApplication(folder: string): void {
  const { values } = parseArgs({
    args: process.argv.slice(1),
    options: { workspace: { type: 'string' } },
    strict: false,
  });
  const workspace = pathOf(typeof values.workspace === 'string' ? values.workspace : defaultWorkspaceFolder());

  keepProfileIn(workspace);
  registerScheme();
  app.enableSandbox();
  const development = developmentServer();
  if (app.requestSingleInstanceLock()) return run(folder, workspace, development);
  if (!development) return app.quit();
  void onlyInstance().then((only) => (only ? run(folder, workspace, development) : app.quit()));
}

function run(folder: string, workspace: string, development?: Development): void {
  const supervisor = superviseEngine({ workspace, spawn: utilityEngine(join(folder, 'engine.js')) });
  const preload = join(folder, '../preload/index.cjs');

  void app.whenReady().then(() => {
    lockDown(development);
    serveWindow(join(folder, '../renderer'), development);
    offerPorts(supervisor);
    offerDialogs();
    offerDesktop();
    setMenu(workspace);
    const window = openWindow(preload);
    keepSafe(window);
    app.on('second-instance', () => {
      if (window.isMinimized()) window.restore();
      window.focus();
    });
  });

  app.on('window-all-closed', () => app.quit());
  let closed = false;
  app.on('before-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    void supervisor.close().then(() => {
      closed = true;
      app.quit();
    });
  });
}

/** Chromium's own files lie in the workspace, and the lock on one instance is a lock on one workspace. */
function keepProfileIn(workspace: string): void {
  const profile = join(workspace, 'window');
  try {
    mkdirSync(profile, { recursive: true, mode: 0o700 });
    app.setPath('userData', profile);
    // A crash dump holds what was on the screen.
    app.setPath('crashDumps', join(profile, 'crashes'));
  } catch {
    // The engine will say, in the window, that the workspace is not writable.
  }
}
