import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import * as electron from './fakeElectron.ts';

vi.mock('electron', () => electron);

const { asked, app } = electron;
const server = createServer((request, response) => {
  if (request.url === '/gone.ts') return response.writeHead(404).end();
  response.writeHead(200, { 'Content-Type': 'text/javascript' });
  return response.end(`made of ${request.url} for ${request.headers.accept}`);
});

let workspace: string;
let origin: string;
let locksAsked: number;

beforeAll(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'cutpoint-electron-'));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  vi.stubEnv('ELECTRON_RENDERER_URL', origin);
  vi.stubEnv('CUTPOINT_DEV_NONCE', 'bm9uY2U=');
  electron.engineScript.path = join(import.meta.dirname, '../rpc/fixtures/engine.ts');
  process.argv.push('--workspace', workspace);
  // The instance that electron-vite replaces still closes its engine.
  app.requestSingleInstanceLock.mockReturnValueOnce(false).mockReturnValueOnce(false);
  const { startApplication } = await import('../../src-main/electron/application.ts');
  startApplication(join(workspace, 'out/main'));
  await vi.waitFor(() => expect(asked.windows).toHaveLength(1), 5000);
  locksAsked = app.requestSingleInstanceLock.mock.calls.length;
});
afterAll(async () => {
  app.emit('before-quit', { preventDefault: vi.fn() });
  await vi.waitFor(() => expect(app.quit).toHaveBeenCalled(), 10_000);
  server.close();
  await rm(workspace, { recursive: true, force: true });
});

describe('the desktop shell in development', () => {
  it('waits for the instance that it replaces', () => {
    expect(locksAsked).toBe(3);
  });

  it('delivers the window from its sources, under its own origin', async () => {
    expect(asked.windows[0]?.url).toBe('app://cutpoint/');
    const serve = asked.handled.get('app')!;
    const file = await serve(new Request('app://cutpoint/src/a.ts?t=1', { headers: { Accept: 'text/x' } }));
    expect(await file.text()).toBe('made of /src/a.ts?t=1 for text/x');
    expect(file.headers.get('Content-Type')).toBe('text/javascript');
    const policy = file.headers.get('Content-Security-Policy');
    expect(policy).toContain("script-src 'self'; style-src 'self' 'nonce-bm9uY2U=';");
    expect(policy).toContain(`connect-src 'self' ${origin.replace('http', 'ws')};`);
    expect((await serve(new Request('app://cutpoint/gone.ts'))).status).toBe(404);
    expect((await serve(new Request('app://other/src/a.ts'))).status).toBe(404);
  });

  it('lets the page reach the socket of the server, and nothing else', () => {
    const cancelled = (url: string) => {
      let cancel: boolean | undefined;
      asked.beforeRequest?.({ url }, (reply) => (cancel = reply.cancel));
      return cancel;
    };
    const socket = origin.replace('http', 'ws');
    expect(cancelled(`${socket}/?token=a`)).toBe(false);
    for (const url of [`${origin}/`, `${socket}1/`, 'ws://127.0.0.1:1/', 'https://example.com/'])
      expect(cancelled(url)).toBe(true);
  });

  it.each([
    ['elsewhere', { ELECTRON_RENDERER_URL: 'http://evil.example:80', CUTPOINT_DEV_NONCE: 'a' }],
    ['not started by npm run dev', { ELECTRON_RENDERER_URL: 'http://127.0.0.1:80' }],
    ['no address', { CUTPOINT_DEV_NONCE: 'a' }],
  ])('takes no server that is %s', async (_, env) => {
    const { developmentServer } = await import('../../src-main/electron/development.ts');
    expect(developmentServer(env)).toBeUndefined();
  });
});
