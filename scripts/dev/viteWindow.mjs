import { randomBytes } from 'node:crypto';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'vite';
import renderer from '../../renderer.config.ts';
import { developmentPolicy } from '../../src-main/window/securityHeaders.ts';
import { developmentSettings } from './settings.mjs';

/**
 * The window from its sources, by Vite's development server, for a web shell: the shell answers only who has a session,
 * so Vite opens no port of its own.
 */
export async function viteWindow() {
  const nonce = randomBytes(16).toString('base64');
  // Never listens: through it Vite gets the sockets that the shell let in.
  const sockets = createHttpServer();
  const settings = developmentSettings(nonce);
  const vite = await createServer({
    ...renderer,
    ...settings,
    configFile: false,
    appType: 'spa',
    logLevel: 'warn',
    server: { ...settings.server, middlewareMode: true, ws: { server: sockets } },
  });
  return {
    policy: developmentPolicy(nonce),
    deliver: (request, response) =>
      new Promise((done, fail) => {
        response.once('close', done);
        vite.middlewares(request, response, (error) => {
          if (error) fail(error);
          else response.writeHead(404).end();
        });
      }),
    upgrade(request, socket, head) {
      const { pathname } = new URL(request.url, 'http://127.0.0.1');
      if (pathname !== '/' || !/^vite-(hmr|ping)$/.test(request.headers['sec-websocket-protocol'])) return false;
      return sockets.emit('upgrade', request, socket, head);
    },
    close: () => vite.close(),
  };
}
