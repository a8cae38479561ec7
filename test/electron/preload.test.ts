import { EventEmitter } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import { beforeAll, expect, it, vi } from 'vitest';
import { PORT_MESSAGE, requestPort } from '../../src-main/rpc/transports/windowPort.ts';
import type { Bridge } from '../../src-preload/bridge.ts';

const { ipcRenderer, exposed, getPathForFile } = vi.hoisted(() => ({
  ipcRenderer: { listeners: new Map<string, (event: unknown) => void>(), sent: [] as unknown[] },
  exposed: {} as Record<string, Bridge>,
  getPathForFile: vi.fn(() => '/data/study'),
}));

vi.mock('electron', () => ({
  ipcRenderer: {
    on: (channel: string, listener: (event: unknown) => void) => ipcRenderer.listeners.set(channel, listener),
    send: (...message: unknown[]) => ipcRenderer.sent.push(message),
    invoke: (...message: unknown[]) => Promise.resolve(message),
  },
  contextBridge: { exposeInMainWorld: (name: string, api: Bridge) => (exposed[name] = api) },
  webUtils: { getPathForFile },
}));

/** The window as both the preload script and the page see it. */
class FakeWindow extends EventEmitter {
  location = { origin: 'app://cutpoint' };
  addEventListener = this.on.bind(this);
  removeEventListener = this.off.bind(this);
  postMessage(data: unknown, target: string, ports: unknown[]) {
    if (target === this.location.origin) this.emit('message', { source: this, data, ports });
  }
}
const page = new FakeWindow();

beforeAll(async () => {
  vi.stubGlobal('window', page);
  await import('../../src-preload/index.ts');
});

it('exposes the bridge and nothing else', async () => {
  expect(Object.keys(exposed)).toEqual(['cutpoint']);
  const bridge = exposed.cutpoint as Bridge;
  expect(Object.keys(bridge).sort()).toEqual(
    [
      ...['askForPort', 'chooseDestination', 'chooseFile', 'chooseFolder', 'pathForFile'],
      ...['holdOpen', 'notify', 'progress', 'showInFolder'],
    ].sort(),
  );
  expect([...ipcRenderer.listeners.keys()]).toEqual(['engine-port']);
  expect(await bridge.chooseFolder()).toEqual(['choose-folder']);
  expect(await bridge.chooseFile('csv')).toEqual(['choose-file', 'csv']);
  expect(await bridge.chooseDestination('m.onnx')).toEqual(['choose-destination', 'm.onnx']);
  expect(await bridge.showInFolder('/data/model.onnx')).toEqual(['show-in-folder', '/data/model.onnx']);
  expect(await bridge.notify('A run', 'has ended')).toEqual(['notify', 'A run', 'has ended']);
  bridge.progress(0.5);
  bridge.holdOpen(true);
  expect(ipcRenderer.sent.splice(0)).toEqual([
    ['progress', 0.5],
    ['hold-open', true],
  ]);
  const file = new File([], 'scan.png');
  expect(bridge.pathForFile(file)).toBe('/data/study');
  expect(getPathForFile).toHaveBeenCalledWith(file);
});

it('forwards the port that the page asked for, and the page takes no other', async () => {
  const { port1 } = new MessageChannel();
  const other = new MessageChannel();
  const port = requestPort(() => exposed.cutpoint?.askForPort(), page as unknown as Window);
  expect(ipcRenderer.sent).toEqual([['engine-port']]);
  page.emit('message', { source: {}, data: PORT_MESSAGE, ports: [other.port1] });
  page.emit('message', { source: page, data: 'else', ports: [other.port1] });
  ipcRenderer.listeners.get('engine-port')?.({ ports: [port1] });
  expect(await port).toBe(port1);
  expect(page.listenerCount('message')).toBe(0);
  port1.close();
  other.port1.close();
});
