import { app, session, type WebFrameMain } from 'electron';
import type { Development } from './development.ts';

/** Where the window comes from; nothing else is ever loaded. */
export const WINDOW_ORIGIN = 'app://cutpoint';

const isOwn = (url: string) => url === WINDOW_ORIGIN || url.startsWith(`${WINDOW_ORIGIN}/`);
/** `devtools:` exists only while a developer has them open; `blob:` and `data:` are made by the window itself. */
const LOCAL = /^(devtools|blob|data):/;

/** Whether a message of this frame is one of the window itself (a frame that is gone has no say). */
export function isOwnWindow(frame: WebFrameMain | null): boolean {
  return frame !== null && frame.parent === null && isOwn(frame.url);
}

/** Electron's security checklist, for every page there will ever be: no permissions, no navigation, no network. */
export function lockDown(development?: Development): void {
  const { defaultSession } = session;
  const isDevelopment = (url: string) => development !== undefined && url.startsWith(`${development.socket}/`);
  // Copying a table, of which a press on a button is needed too.
  const isAllowed = (permission: string) => permission === 'clipboard-sanitized-write';
  defaultSession.setPermissionRequestHandler((_contents, permission, answer) => answer(isAllowed(permission)));
  defaultSession.setPermissionCheckHandler((_contents, permission) => isAllowed(permission));
  defaultSession.setDevicePermissionHandler(() => false);
  defaultSession.webRequest.onBeforeRequest(({ url }, answer) =>
    answer({ cancel: !isOwn(url) && !LOCAL.test(url) && !isDevelopment(url) }),
  );
  // A chart or a table that the page itself made is saved where the user says; nothing else is.
  defaultSession.on('will-download', (event, item) => {
    if (!/^(blob:app:|data:)/.test(item.getURL())) event.preventDefault();
  });

  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-attach-webview', (event) => event.preventDefault());
    for (const navigation of ['will-navigate', 'will-redirect', 'will-frame-navigate'] as const) {
      contents.on(navigation as 'will-navigate', (event) => {
        if (!isOwn(event.url)) event.preventDefault();
      });
    }
  });
}
