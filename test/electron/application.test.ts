import { EventEmitter } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { connect } from '../../src-main/rpc/client.ts';
import type { EngineState } from '../../src-main/rpc/messages.ts';
import { domPortTransport, type DomPort } from '../../src-main/rpc/transports/domPort.ts';
import * as electron from './fakeElectron.ts';

vi.mock('electron', () => electron);

const { asked, app, ipcMain, dialogAnswer } = electron;
const ENGINE = join(import.meta.dirname, '../rpc/fixtures/engine.ts');
const OWN = { url: 'app://cutpoint/', parent: null };
const FOREIGN = { url: 'https://evil.example/', parent: null };

let workspace: string;
let out: string;

beforeAll(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'cutpoint-electron-'));
  out = join(workspace, 'out');
  await mkdir(join(out, 'renderer'), { recursive: true });
  await writeFile(join(out, 'renderer/index.html'), '<!doctype html><title>the window</title>');
  electron.engineScript.path = ENGINE;
  process.argv.push('--workspace', workspace);
  const { startApplication } = await import('../../src-main/electron/application.ts');
  startApplication(join(out, 'main'));
  await vi.waitFor(() => expect(asked.windows).toHaveLength(1), 10_000);
});
afterAll(async () => {
  const quit = { preventDefault: vi.fn() };
  app.emit('before-quit', quit);
  expect(quit.preventDefault).toHaveBeenCalled();
  await vi.waitFor(() => expect(app.quit).toHaveBeenCalled(), 10_000);
  await rm(workspace, { recursive: true, force: true });
});

describe("Electron's security checklist", () => {
  it('isolates the page: every preference', () => {
    expect(asked.sandboxed).toBe(true);
    expect(asked.windows[0]?.options.webPreferences).toEqual({
      preload: join(out, 'preload/index.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    });
  });

  it('loads the page from a secure scheme of its own, with a policy', async () => {
    expect(asked.windows[0]?.url).toBe('app://cutpoint/');
    expect(asked.schemes).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
    ]);
    const serve = asked.handled.get('app');
    const page = await serve?.({ url: 'app://cutpoint/' });
    expect(await page?.text()).toContain('the window');
    expect(page?.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect((await serve?.({ url: 'app://other/index.html' }))?.status).toBe(404);
    expect((await serve?.({ url: 'app://cutpoint/..%2f..%2flogs/engine.json' }))?.status).toBe(404);
  });

  it('denies every permission but that of copying a table', () => {
    asked.permissionRequest?.({}, 'clipboard-sanitized-write', (granted) => expect(granted).toBe(true));
    for (const permission of ['media', 'geolocation', 'notifications', 'clipboard-read', 'openExternal', 'usb']) {
      asked.permissionRequest?.({}, permission, (granted) => expect(granted).toBe(false));
    }
    expect(asked.permissionCheck?.({}, 'media')).toBe(false);
    expect(asked.devicePermission?.()).toBe(false);
  });

  it('lets no request leave', () => {
    const cancelled = (url: string) => {
      let cancel: boolean | undefined;
      asked.beforeRequest?.({ url }, (reply) => (cancel = reply.cancel));
      return cancel;
    };
    for (const url of [
      'https://example.com/',
      'http://127.0.0.1/',
      'ws://x/',
      'file:///etc/passwd',
      'app://cutpoint.evil/',
    ]) {
      expect(cancelled(url)).toBe(true);
    }
    expect(cancelled('app://cutpoint/assets/index.js')).toBe(false);
  });

  it('denies navigation, new windows, webviews and every download but of what the page made', () => {
    const contents = Object.assign(new EventEmitter(), { setWindowOpenHandler: vi.fn() });
    app.emit('web-contents-created', {}, contents);
    expect(contents.setWindowOpenHandler.mock.calls[0]?.[0]({ url: 'app://cutpoint/' })).toEqual({ action: 'deny' });
    const prevented = (name: string, url: string, source: EventEmitter = contents) => {
      const event = { url, preventDefault: vi.fn() };
      source.emit(name, event, { getURL: () => url });
      return event.preventDefault.mock.calls.length > 0;
    };
    for (const name of ['will-navigate', 'will-redirect', 'will-frame-navigate']) {
      expect(prevented(name, 'https://evil.example/')).toBe(true);
      expect(prevented(name, 'file:///etc/passwd')).toBe(true);
      expect(prevented(name, 'app://cutpoint/')).toBe(false);
    }
    expect(prevented('will-attach-webview', '')).toBe(true);
    for (const url of ['', 'app://cutpoint/index.html', 'https://evil.example/x', 'blob:https://evil.example/x']) {
      expect(prevented('will-download', url, electron.session.defaultSession)).toBe(true);
    }
    for (const url of ['blob:app://cutpoint/0a1b', 'data:image/png;base64,AA==']) {
      expect(prevented('will-download', url, electron.session.defaultSession)).toBe(false);
    }
  });

  it('has only the channels named, and answers none of them to a foreign page', async () => {
    expect([...ipcMain.invokable.keys()].sort()).toEqual([
      ...['choose-destination', 'choose-file', 'choose-folder', 'notify', 'show-in-folder'],
    ]);
    expect(ipcMain.eventNames().sort()).toEqual(['engine-port', 'hold-open', 'progress']);
    dialogAnswer.filePaths = ['/secret'];
    for (const handler of ipcMain.invokable.values()) {
      expect(await handler({ sender: {}, senderFrame: FOREIGN }, 'x')).toBeNull();
      expect(await handler({ sender: {}, senderFrame: null }, 'x')).toBeNull();
    }
    const postMessage = vi.fn();
    ipcMain.emit('engine-port', { senderFrame: { ...FOREIGN, postMessage } });
    ipcMain.emit('engine-port', { senderFrame: { ...OWN, parent: {}, postMessage } });
    expect(postMessage).not.toHaveBeenCalled();
    const window = electron.BrowserWindow.last;
    ipcMain.emit('progress', { sender: window.webContents, senderFrame: FOREIGN }, 0.5);
    ipcMain.emit('hold-open', { sender: window.webContents, senderFrame: FOREIGN }, true);
    expect(closing(window)).toBe('closes');
    expect(asked).toMatchObject({ dialogs: [], notifications: [], progress: [] });
    expect(electron.shell.showItemInFolder).not.toHaveBeenCalled();
  });
});

describe('the desktop shell', () => {
  it('starts the engine on the workspace in a utility process whose output it keeps', () => {
    expect(asked.forked[0]).toMatchObject({
      script: join(out, 'main/engine.js'),
      args: ['--workspace', workspace],
      options: { stdio: ['ignore', 'pipe', 'pipe'] },
    });
    expect(app.paths.userData).toBe(join(workspace, 'window'));
  });

  it('hands the window one port; calls go through, and a crash of the engine is told and survived', async () => {
    let port: DomPort | undefined;
    const postMessage = (channel: string, _message: unknown, ports: { node: DomPort }[]) => {
      expect(channel).toBe('engine-port');
      expect(ports).toHaveLength(1);
      port = ports[0]?.node;
    };
    ipcMain.emit('engine-port', { senderFrame: { ...OWN, postMessage } });
    const states: EngineState[] = [];
    const client = connect(domPortTransport(port as DomPort), { onNotice: (state) => states.push(state) });
    const { workspace: pid } = await client.call('system.doctor', {});
    const pending = client.call('run.get', { id: '60000' });
    await new Promise((resolve) => setTimeout(resolve, 100));
    process.kill(Number(pid), 'SIGKILL');
    await expect(pending).rejects.toMatchObject({ code: 'ENGINE_CRASHED' });
    expect((await client.call('system.doctor', {})).workspace).not.toBe(pid);
    expect(states.map(({ state }) => state).slice(-3)).toEqual(['crashed', 'starting', 'ready']);
    client.close();
  });

  it('asks once before it is closed while something trains, and loads a page that died again', () => {
    const window = electron.BrowserWindow.last;
    const from = { sender: window.webContents, senderFrame: OWN };
    const ask = electron.dialog.showMessageBoxSync;
    ask.mockClear();
    expect(closing(window)).toBe('closes');
    expect(ask).not.toHaveBeenCalled();
    ipcMain.emit('hold-open', from, true);
    expect(closing(window)).toBe('stays');
    ask.mockReturnValueOnce(1);
    expect(closing(window)).toBe('closes');
    expect(ask).toHaveBeenCalledTimes(2);
    ipcMain.emit('hold-open', from, true);
    window.webContents.emit('render-process-gone', {}, { reason: 'crashed' });
    expect(window.webContents.reload).toHaveBeenCalledTimes(1);
    // The page that is new says again whether something trains.
    expect(closing(window)).toBe('closes');
  });

  it('shows files, messages and progress by the means of the system', async () => {
    const window = electron.BrowserWindow.last;
    const from = { sender: window.webContents, senderFrame: OWN };
    const show = (path: unknown) => ipcMain.invokable.get('show-in-folder')?.(from, path);
    expect(await show(workspace)).toBe(true);
    expect(electron.shell.showItemInFolder).toHaveBeenCalledWith(workspace);
    for (const path of ['relative', join(workspace, 'absent'), 7]) expect(await show(path)).toBe(false);
    const notify = ipcMain.invokable.get('notify') as (...words: unknown[]) => unknown;
    await notify(from, 'A run', 'The run has ended.');
    window.isFocused.mockReturnValueOnce(true);
    await notify(from, 'A run', 'Nobody needs to be told what is on screen.');
    expect(asked.notifications).toEqual([{ title: 'A run', body: 'The run has ended.' }]);
    for (const share of [0.25, null, 7]) ipcMain.emit('progress', from, share);
    expect(asked.progress).toEqual([0.25, -1, -1]);
  });

  it('asks with native dialogs and answers paths', async () => {
    const ask = (channel: string, argument?: unknown) =>
      ipcMain.invokable.get(channel)?.({ sender: {}, senderFrame: OWN }, argument);
    dialogAnswer.filePaths = ['/data/study'];
    dialogAnswer.filePath = '/data/model.onnx';
    expect(await ask('choose-folder')).toBe('/data/study');
    expect(await ask('choose-file', 'weights')).toBe('/data/study');
    expect(await ask('choose-destination', 'model.onnx')).toBe('/data/model.onnx');
    expect(asked.dialogs[0]).toEqual({ properties: ['openDirectory'] });
    expect(asked.dialogs[1]).toMatchObject({
      filters: [{ extensions: expect.arrayContaining(['pth', 'h5', 'safetensors']) }, { extensions: ['*'] }],
    });
    expect(asked.dialogs[2]).toEqual({ defaultPath: 'model.onnx' });
    dialogAnswer.filePaths = [];
    dialogAnswer.canceled = true;
    expect(await ask('choose-folder')).toBeNull();
    expect(await ask('choose-destination', 'model.onnx')).toBeNull();
  });

  it('brings its window to the front when it is started a second time', () => {
    app.emit('second-instance');
    expect(electron.BrowserWindow.last.restore).toHaveBeenCalled();
    expect(electron.BrowserWindow.last.focus).toHaveBeenCalled();
  });

  it('has a menu with the usual roles', () => {
    expect(asked.menu.map(({ role, label }) => role ?? label)).toEqual(
      expect.arrayContaining(['fileMenu', 'editMenu', 'View', 'windowMenu', 'help']),
    );
  });
});

/** What happens when the user closes a window. */
function closing(window: EventEmitter): 'closes' | 'stays' {
  const event = { preventDefault: vi.fn() };
  window.emit('close', event);
  return event.preventDefault.mock.calls.length > 0 ? 'stays' : 'closes';
}
