import { fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { vi } from 'vitest';

/**
 * Electron's module as far as the shell uses it, for machines without its binary. Ports and the utility process are
 * real (Node's own); windows, sessions and dialogs record what is asked of them.
 */
export const asked = {
  windows: [] as { options: Record<string, unknown> & { webPreferences: Record<string, unknown> }; url: string }[],
  schemes: [] as unknown[],
  handled: new Map<string, (request: { url: string }) => Promise<Response>>(),
  permissionRequest: undefined as
    undefined | ((contents: unknown, name: string, answer: (yes: boolean) => void) => void),
  permissionCheck: undefined as undefined | ((contents: unknown, name: string) => boolean),
  devicePermission: undefined as undefined | (() => boolean),
  beforeRequest: undefined as
    undefined | ((details: { url: string }, answer: (reply: { cancel: boolean }) => void) => void),
  menu: [] as { role?: string; label?: string }[],
  sandboxed: false,
  forked: [] as { script: string; args: string[]; options: Record<string, unknown> }[],
  dialogs: [] as Record<string, unknown>[],
  notifications: [] as { title: string; body: string }[],
  progress: [] as number[],
};

/** What the next dialog answers. */
export const dialogAnswer = { filePaths: [] as string[], filePath: '', canceled: false };

class App extends EventEmitter {
  isPackaged = false;
  paths: Record<string, string> = {};
  setPath = (name: string, path: string) => void (this.paths[name] = path);
  enableSandbox = () => void (asked.sandboxed = true);
  requestSingleInstanceLock = vi.fn(() => true);
  whenReady = () => Promise.resolve();
  quit = vi.fn();
}
export const app = new App();

const defaultSession = Object.assign(new EventEmitter(), {
  setPermissionRequestHandler: (handler: typeof asked.permissionRequest) => (asked.permissionRequest = handler),
  setPermissionCheckHandler: (handler: typeof asked.permissionCheck) => (asked.permissionCheck = handler),
  setDevicePermissionHandler: (handler: typeof asked.devicePermission) => (asked.devicePermission = handler),
  webRequest: { onBeforeRequest: (handler: typeof asked.beforeRequest) => (asked.beforeRequest = handler) },
});
export const session = { defaultSession };

export const protocol = {
  registerSchemesAsPrivileged: (schemes: unknown[]) => void asked.schemes.push(...schemes),
  handle: (scheme: string, handler: (request: { url: string }) => Promise<Response>) =>
    void asked.handled.set(scheme, handler),
};

export class BrowserWindow extends EventEmitter {
  static fromWebContents = (contents: unknown) => (contents ? BrowserWindow.last : null);
  webContents = Object.assign(new EventEmitter(), { reload: vi.fn() });
  isFocused = vi.fn(() => false);
  setProgressBar = (share: number) => void asked.progress.push(share);
  isMinimized = vi.fn(() => true);
  restore = vi.fn();
  focus = vi.fn();
  show = vi.fn();
  #options: never;
  constructor(options: never) {
    super();
    this.#options = options;
    BrowserWindow.last = this;
  }
  static last: BrowserWindow;
  loadURL(url: string) {
    asked.windows.push({ options: this.#options, url });
    return Promise.resolve();
  }
}

class IpcMain extends EventEmitter {
  invokable = new Map<string, (event: unknown, argument?: unknown) => Promise<unknown>>();
  handle = (channel: string, handler: (event: unknown, argument?: unknown) => Promise<unknown>) =>
    void this.invokable.set(channel, handler);
}
export const ipcMain = new IpcMain();

export const dialog = {
  showOpenDialog: (_window: unknown, options: Record<string, unknown>) => {
    asked.dialogs.push(options);
    return Promise.resolve(dialogAnswer);
  },
  showSaveDialog: (_window: unknown, options: Record<string, unknown>) => {
    asked.dialogs.push(options);
    return Promise.resolve(dialogAnswer);
  },
  showMessageBoxSync: vi.fn(() => 0),
};

export class Notification extends EventEmitter {
  static isSupported = () => true;
  #words: { title: string; body: string };
  constructor(words: { title: string; body: string }) {
    super();
    this.#words = words;
  }
  show = () => void asked.notifications.push(this.#words);
}

export const Menu = {
  buildFromTemplate: (template: typeof asked.menu) => template,
  setApplicationMenu: (menu: typeof asked.menu) => void (asked.menu = menu),
};
export const shell = { openPath: vi.fn(), showItemInFolder: vi.fn() };

/** MessagePortMain hands its listeners an event, Node's port the bare message. */
class MainPort extends EventEmitter {
  readonly node: MessagePort;
  constructor(node: MessagePort) {
    super();
    this.node = node;
    node.on('close', () => this.emit('close'));
  }
  start = () => void this.node.on('message', (data: unknown) => this.emit('message', { data, ports: [] }));
  postMessage = (message: unknown) => this.node.postMessage(message);
  close = () => this.node.close();
}
export class MessageChannelMain {
  port1: MainPort;
  port2: MainPort;
  constructor() {
    const { port1, port2 } = new MessageChannel();
    this.port1 = new MainPort(port1);
    this.port2 = new MainPort(port2);
  }
}

/** Which script the engine really is; the built one where undefined. */
export const engineScript: { path?: string } = {};

export const utilityProcess = {
  fork(script: string, args: string[], options: Record<string, unknown>) {
    asked.forked.push({ script, args, options });
    const child = fork(engineScript.path ?? script, args, {
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      execArgv: ['--import', join(import.meta.dirname, 'parentPort.mjs')],
    });
    const utility = Object.assign(new EventEmitter(), {
      pid: child.pid,
      stdout: child.stdout,
      stderr: child.stderr,
      postMessage: (message: object) => void (child.connected && child.send(message)),
    });
    child.on('message', (message) => utility.emit('message', message));
    child.on('close', (code, signal) => utility.emit('exit', code ?? signal));
    return utility;
  },
};
