import {
  BrowserWindow,
  dialog,
  ipcMain,
  Notification,
  shell,
  type IpcMainEvent,
  type IpcMainInvokeEvent,
} from 'electron';
import { existsSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { CHANNELS } from '../../src-preload/bridge.ts';
import { withUsersMask } from '../userFiles.ts';
import { isOwnWindow } from './security.ts';

/** A message that says more than this is not read. */
const MOST_WORDS = 300;

/** What the system offers a window beside dialogs: its file manager, its messages, its taskbar. */
export function offerDesktop(): void {
  ipcMain.handle(CHANNELS.showInFolder, (event: IpcMainInvokeEvent, path: unknown) => {
    if (!isOwnWindow(event.senderFrame)) return null;
    if (typeof path !== 'string' || !isAbsolute(path) || !existsSync(path)) return false;
    withUsersMask(() => shell.showItemInFolder(path));
    return true;
  });
  ipcMain.handle(CHANNELS.notify, (event: IpcMainInvokeEvent, title: unknown, text: unknown) => {
    const window = BrowserWindow.fromWebContents(event.sender);
    if (!window || !isOwnWindow(event.senderFrame) || window.isFocused() || !Notification.isSupported()) return null;
    const [head, body] = [title, text].map((words) => String(words).slice(0, MOST_WORDS)) as [string, string];
    const message = new Notification({ title: head, body });
    message.on('click', () => {
      if (window.isMinimized()) window.restore();
      window.focus();
    });
    message.show();
    return null;
  });
  ipcMain.on(CHANNELS.progress, (event: IpcMainEvent, share: unknown) => {
    const window = BrowserWindow.fromWebContents(event.sender);
    if (!window || !isOwnWindow(event.senderFrame)) return;
    // Below 0 the bar is taken away.
    window.setProgressBar(typeof share === 'number' && share >= 0 && share <= 1 ? share : -1);
  });
}

/**
 * Asks once before a window is closed while something trains in its engine, and loads a page again that died. Whether
 * something trains, the page says.
 */
export function keepSafe(window: BrowserWindow): void {
  let held = false;
  ipcMain.on(CHANNELS.holdOpen, (event: IpcMainEvent, hold: unknown) => {
    if (event.sender === window.webContents && isOwnWindow(event.senderFrame)) held = hold === true;
  });
  window.on('close', (event) => {
    if (!held) return;
    const answer = dialog.showMessageBoxSync(window, {
      type: 'question',
      title: 'Cutpoint',
      message: 'Something is training.',
      detail: 'If Cutpoint is closed now, training stops after its last finished epoch and can be resumed later.',
      buttons: ['Continue training', 'Close Cutpoint'],
      defaultId: 0,
      cancelId: 0,
    });
    if (answer === 0) event.preventDefault();
    else held = false;
  });
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    held = false;
    if (reason !== 'clean-exit') window.webContents.reload();
  });
}
