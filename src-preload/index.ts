import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { PORT_MESSAGE } from '../src-main/rpc/transports/windowPort.ts';
import { CHANNELS, type Bridge } from './bridge.ts';

// A port cannot pass through the context bridge; a message event of the window itself can carry it.
ipcRenderer.on(CHANNELS.enginePort, (event) => window.postMessage(PORT_MESSAGE, window.location.origin, event.ports));

const bridge: Bridge = {
  askForPort: () => ipcRenderer.send(CHANNELS.enginePort),
  chooseFolder: () => ipcRenderer.invoke(CHANNELS.chooseFolder),
  chooseFile: (kind) => ipcRenderer.invoke(CHANNELS.chooseFile, kind),
  chooseDestination: (suggested) => ipcRenderer.invoke(CHANNELS.chooseDestination, suggested),
  pathForFile: (file) => webUtils.getPathForFile(file),
  showInFolder: (path) => ipcRenderer.invoke(CHANNELS.showInFolder, path),
  notify: (title, text) => ipcRenderer.invoke(CHANNELS.notify, title, text),
  progress: (share) => ipcRenderer.send(CHANNELS.progress, share),
  holdOpen: (hold) => ipcRenderer.send(CHANNELS.holdOpen, hold),
};
contextBridge.exposeInMainWorld('cutpoint', bridge);
