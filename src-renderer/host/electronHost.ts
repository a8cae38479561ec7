import type { Bridge } from '../../src-preload/bridge.ts';
import type { Host } from './host.ts';

/** The desktop application: what the system offers comes through the preload script. */
export function electronHost(bridge: Bridge): Host {
  return {
    dialogs: true,
    chooseFolder: () => bridge.chooseFolder(),
    chooseFile: (kind) => bridge.chooseFile(kind),
    chooseDestination: (suggested) => bridge.chooseDestination(suggested),
    pathOf: (file) => bridge.pathForFile(file) || null,
    showInFolder: (path) => bridge.showInFolder(path),
    mayNotify: () => Promise.resolve(true),
    notify: (title, text) => bridge.notify(title, text),
    anotherLink: () => Promise.resolve(null),
    progress: (share) => bridge.progress(share),
    // The window may close, and Electron's main process asks: it knows whether work would end.
    holdOpen: (hold) => bridge.holdOpen(hold),
  };
}
