import { app, Menu, shell, type MenuItemConstructorOptions } from 'electron';
import { join } from 'node:path';
import { withUsersMask } from '../userFiles.ts';

/** The file manager that is started keeps its user's permissions for what it makes. */
const open = (folder: string): void => withUsersMask(() => void shell.openPath(folder));

/** The platform's usual menu, and the way to the log that a report of an error should have with it. */
export function setMenu(workspace: string): void {
  const developer: MenuItemConstructorOptions[] = app.isPackaged
    ? []
    : [{ type: 'separator' }, { role: 'toggleDevTools' }];
  const menu: MenuItemConstructorOptions[] = [
    ...(process.platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
    { role: 'fileMenu' },
    { role: 'editMenu' },
    {
      label: 'View',
      submenu: [
        { role: 'reload' },
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
        ...developer,
      ],
    },
    { role: 'windowMenu' },
    {
      role: 'help',
      submenu: [
        { label: 'Open workspace folder', click: () => open(workspace) },
        { label: 'Open log folder', click: () => open(join(workspace, 'logs')) },
      ],
    },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(menu));
}
