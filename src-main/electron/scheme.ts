import { protocol } from 'electron';
import { rendererFile } from '../window/rendererFiles.ts';
import { securityHeaders } from '../window/securityHeaders.ts';
import { WINDOW_ORIGIN } from './security.ts';

const { protocol: name, hostname } = new URL(WINDOW_ORIGIN);
const scheme = name.slice(0, -1);

/** Before Electron is ready: `app:` is a secure origin of its own, unlike `file:`, which may read the whole disk. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Delivers the built window in `folder` under `app://cutpoint/`. */
export function serveWindow(folder: string): void {
  protocol.handle(scheme, async ({ url }) => {
    const wanted = new URL(url);
    const file = wanted.hostname === hostname ? await rendererFile(folder, wanted.pathname) : undefined;
    if (!file) return new Response('There is nothing here.', { status: 404 });
    return new Response(file.bytes, { headers: { ...securityHeaders(), 'Content-Type': file.type } });
  });
}
