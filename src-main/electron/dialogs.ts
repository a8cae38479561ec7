import { BrowserWindow, dialog, ipcMain, type FileFilter, type IpcMainInvokeEvent } from 'electron';
import { CHANNELS, type FileKind } from '../../src-preload/bridge.ts';
import { isOwnWindow } from './security.ts';

const FILTERS: Record<FileKind, FileFilter[]> = {
  weights: [
    {
      name: 'Weights',
      extensions: ['pth', 'pt', 'th', 'tar', 'ckpt', 'bin', 'safetensors', 'h5', 'hdf5', 'keras', 'onnx', 'json'],
    },
    // The format is told by what a file holds; published ones have all kinds of names.
    { name: 'All files', extensions: ['*'] },
  ],
  csv: [{ name: 'Tables', extensions: ['csv', 'tsv', 'txt', 'xlsx'] }],
  archive: [{ name: 'Archived studies', extensions: ['cutpoint'] }],
};

/** Native dialogs on behalf of the window; each answers a path, or null where nothing was chosen. */
export function offerDialogs(): void {
  handle(CHANNELS.chooseFolder, async (window) => {
    const { filePaths } = await dialog.showOpenDialog(window, { properties: ['openDirectory'] });
    return filePaths[0] ?? null;
  });
  handle(CHANNELS.chooseFile, async (window, kind) => {
    const filters = Object.hasOwn(FILTERS, String(kind)) ? FILTERS[kind as FileKind] : [];
    const { filePaths } = await dialog.showOpenDialog(window, { properties: ['openFile'], filters });
    return filePaths[0] ?? null;
  });
  handle(CHANNELS.chooseDestination, async (window, suggested) => {
    const { canceled, filePath } = await dialog.showSaveDialog(window, { defaultPath: String(suggested) });
    return canceled || !filePath ? null : filePath;
  });
}

function handle(channel: string, ask: (window: BrowserWindow, argument: unknown) => Promise<string | null>): void {
  ipcMain.handle(channel, async (event: IpcMainInvokeEvent, argument: unknown) => {
    const window = BrowserWindow.fromWebContents(event.sender);
    return window && isOwnWindow(event.senderFrame) ? ask(window, argument) : null;
  });
}
