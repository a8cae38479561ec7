import { protocol } from 'electron';
import { rendererFile } from '../window/rendererFiles.ts';
import { securityHeaders } from '../window/securityHeaders.ts';
import { developmentFile, type Development } from './development.ts';
import { WINDOW_ORIGIN } from './security.ts';

const { protocol: name, hostname } = new URL(WINDOW_ORIGIN);
const scheme = name.slice(0, -1);

/** Before Electron is ready: `app:` is a secure origin of its own, unlike `file:`, which may read the whole disk. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Delivers the window under `app://cutpoint/`: the built one in `folder`, in development the one of its server. */
export function serveWindow(folder: string, development?: Development): void {
  protocol.handle(scheme, async (request) => {
    const wanted = new URL(request.url);
    if (development && wanted.hostname === hostname) {
      const { body, status, headers } = await developmentFile(development, request, wanted.pathname + wanted.search);
      const type = headers.get('Content-Type') ?? 'text/plain';
      return new Response(body, { status, headers: { ...securityHeaders(development.policy), 'Content-Type': type } });
    }
    const file = wanted.hostname === hostname ? await rendererFile(folder, wanted.pathname) : undefined;
    if (!file) return new Response('There is nothing here.', { status: 404 });
    return new Response(file.bytes, { headers: { ...securityHeaders(), 'Content-Type': file.type } });
  });
}
