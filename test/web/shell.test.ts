import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, request as httpRequest, type IncomingMessage } from 'node:http';
import { createConnection, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { forkEngine } from '../../src-main/engine/host/engineProcess.ts';
import { connect } from '../../src-main/rpc/client.ts';
import type { EngineState } from '../../src-main/rpc/messages.ts';
import { webSocketTransport } from '../../src-main/rpc/transports/webSocket.ts';
import { startWebShell, type WebShell, type WebShellOptions } from '../../src-main/web/shell.ts';

const ENTRY = join(import.meta.dirname, '../rpc/fixtures/engine.ts');

let scratch: string;
let workspace: string;
let rendererFolder: string;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'cutpoint-web-'));
  rendererFolder = join(scratch, 'renderer');
  await mkdir(join(rendererFolder, 'assets'), { recursive: true });
  await writeFile(join(rendererFolder, 'index.html'), '<!doctype html><title>the window</title>');
  await writeFile(join(rendererFolder, 'assets/app.js'), 'export {};');
  await writeFile(join(scratch, 'secret.json'), '{}');
  workspace = join(scratch, 'workspace');
  await mkdir(workspace);
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

const start = (options: Partial<WebShellOptions> = {}) =>
  startWebShell({ workspace, rendererFolder, spawn: (folder) => forkEngine(folder, ENTRY), ...options });

interface Answer {
  status: number;
  headers: IncomingMessage['headers'];
  text: string;
}

/** A request with exactly these headers, which `fetch` would not allow (Host, Origin, Cookie). */
function send(
  url: string,
  path: string,
  {
    method = 'GET',
    headers = {},
    body,
  }: { method?: string; headers?: Record<string, string>; body?: string | Buffer } = {},
): Promise<Answer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const request = httpRequest({ hostname, port, path, method, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
    });
    request.on('error', reject).end(body);
  });
}

describe('the web shell', () => {
  let shell: WebShell;
  let origin: string;
  let link: string;
  let cookie: string;

  beforeAll(async () => {
    shell = await start();
    origin = new URL(shell.url).origin;
    link = shell.url.slice(origin.length);
  });
  afterAll(() => shell.close());

  it('refuses a browser without token or with a wrong one, and says what to do', async () => {
    for (const path of ['/', '/?token=guess', '/assets/app.js', '/?token=']) {
      const { status, text } = await send(origin, path);
      expect(status).toBe(403);
      expect(text).toContain('TOKEN_INVALID');
      expect(text).toContain('start it again for a new link');
      expect(text).not.toContain('the window');
    }
  });

  it('exchanges the token once for a cookie that scripts and other sites do not get', async () => {
    const first = await send(origin, link);
    expect(first.status).toBe(303);
    expect(first.headers.location).toBe('/');
    const setCookie = first.headers['set-cookie']?.[0] ?? '';
    expect(setCookie).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/);
    cookie = setCookie.split(';')[0] ?? '';
    expect((await send(origin, link)).status).toBe(403);
    expect((await send(origin, '/', { headers: { cookie } })).text).toContain('the window');
    // The same browser may follow its link again.
    expect((await send(origin, link, { headers: { cookie } })).status).toBe(303);
  });

  it('delivers the window with a policy under which nothing from elsewhere is loaded', async () => {
    const { headers } = await send(origin, '/', { headers: { cookie } });
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('no-referrer');
    const script = await send(origin, '/assets/app.js', { headers: { cookie } });
    expect(script.headers['content-type']).toContain('text/javascript');
  });

  it.each(['/../secret.json', '/%2e%2e/secret.json', '/..%2fsecret.json', '/assets/%00.js', '/%zz', '/none.js'])(
    'delivers nothing outside the window: %s',
    async (path) => {
      const { status, text } = await send(origin, path, { headers: { cookie } });
      expect(status).toBe(404);
      expect(text).not.toContain('{}');
    },
  );

  it('refuses a name that was made to point here (DNS rebinding)', async () => {
    for (const host of ['evil.example', 'evil.example:8471', '127.0.0.1.evil.example', 'localhost@evil.example']) {
      expect((await send(origin, '/', { headers: { host, cookie } })).status).toBe(421);
    }
    expect((await send(origin, '/', { headers: { host: 'localhost:9000', cookie } })).status).toBe(200);
  });

  it('listens on the loopback address only', () => {
    expect(new URL(shell.url).hostname).toBe('127.0.0.1');
  });

  const socket = (headers: Record<string, string>, path = '/rpc') =>
    new WebSocket(`${origin.replace('http', 'ws')}${path}`, { headers });

  it('opens the socket only with the cookie and to its own page', async () => {
    const refusals: [Record<string, string>, string?][] = [
      [{ origin }],
      [{ origin: 'http://evil.example', cookie }],
      [{ cookie }],
      [{ origin: 'http://evil.example', host: 'evil.example', cookie }],
      [{ origin, cookie }, '/other'],
    ];
    for (const [headers, path] of refusals) {
      const [error] = (await once(socket(headers, path), 'error')) as [Error];
      expect(error.message).toMatch(/Unexpected server response: 40[34]/);
    }
  });

  it('outlives callers who ask for the socket and hang up at once', async () => {
    const { hostname, port } = new URL(origin);
    for (let i = 0; i < 100; i++) {
      const caller = createConnection(Number(port), hostname);
      caller.on('error', () => {});
      await once(caller, 'connect');
      caller.write(
        [
          `GET ${i % 2 ? '/rpc' : '/other'} HTTP/1.1`,
          `Host: ${hostname}:${port}`,
          'Connection: Upgrade',
          'Upgrade: websocket',
          'Sec-WebSocket-Version: 13',
          'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
          '\r\n',
        ].join('\r\n'),
      );
      if (i % 3) await new Promise((resolve) => setTimeout(resolve, (i % 3) - 1));
      caller.resetAndDestroy();
      await new Promise((resolve) => caller.once('close', resolve));
    }
    expect((await send(origin, '/', { headers: { cookie } })).status).toBe(200);
    expect((await send(origin, '//', { headers: { cookie } })).status).toBe(400);
  });

  it('puts calls through to the engine, and says when it died and came back', async () => {
    const states: EngineState[] = [];
    const client = connect(webSocketTransport(socket({ origin, cookie })), {
      onNotice: (state) => states.push(state),
    });
    const { workspace: pid } = await client.call('system.doctor', {});
    expect(states).toEqual([{ state: 'ready' }]);
    const pending = client.call('run.get', { id: '60000' });
    await new Promise((resolve) => setTimeout(resolve, 100));
    process.kill(Number(pid), 'SIGSEGV');
    await expect(pending).rejects.toMatchObject({
      code: 'ENGINE_CRASHED',
      message: expect.stringContaining('SIGSEGV'),
    });
    expect((await client.call('system.doctor', {})).workspace).not.toBe(pid);
    expect(states.map(({ state }) => state)).toEqual(['ready', 'crashed', 'starting', 'ready']);
    expect(states[1]?.error?.remedy).toContain('resume the run');
    client.close();
  });

  const drop = '0a1b2c3d-0000-4000-8000-000000000000';
  const put = (path: string, body: string | Buffer, headers: Record<string, string> = { origin, cookie }) =>
    send(origin, path, { method: 'PUT', headers, body });

  it('stores dropped files below the workspace and names their folder', async () => {
    expect((await put(`/dropped/${drop}/malignant/scan%201.png`, 'first')).status).toBe(204);
    expect((await put(`/dropped/${drop}/benign/a%2Bb%20%C3%A9.png`, Buffer.alloc(3_000_000, 7))).status).toBe(204);
    const done = await send(origin, `/dropped/${drop}/done`, { method: 'POST', headers: { origin, cookie } });
    const { folder } = JSON.parse(done.text) as { folder: string };
    expect(folder).toBe(join(workspace, 'dropped', drop));
    expect(await readFile(join(folder, 'malignant/scan 1.png'), 'utf8')).toBe('first');
    expect(await readFile(join(folder, 'benign/a+b é.png'))).toHaveLength(3_000_000);
  });

  it.each([
    `/dropped/${drop}/..%2f..%2fstolen.png`,
    `/dropped/${drop}/..%5cstolen.png`,
    `/dropped/${drop}/a//stolen.png`,
    `/dropped/${drop}/C:stolen.png`,
    `/dropped/${drop}/nul%00stolen.png`,
    `/dropped/..%2f..%2fx/stolen.png`,
    `/dropped/%zz/stolen.png`,
    `/dropped/${drop}/%2Fetc%2Fstolen.png`,
    `/dropped/${drop}/%252e%252e/%2e%2e/%2e%2e%2fstolen.png`,
    `/dropped/${drop}/${'n'.repeat(300)}.png`,
    `/dropped/${drop}/malignant`,
    `/dropped/${drop}/malignant/scan%201.png/stolen.png`,
  ])('refuses a dropped file that would lie elsewhere: %s', async (path) => {
    const { status, text } = await put(path, 'x');
    expect(status).toBe(400);
    expect(JSON.parse(text)).toMatchObject({ code: 'INPUT_INVALID' });
  });

  it('refuses files from another page, without cookie, or with dots that leave the folder', async () => {
    expect((await put(`/dropped/${drop}/x.png`, 'x', { origin: 'http://evil.example', cookie })).status).toBe(403);
    expect((await put(`/dropped/${drop}/x.png`, 'x', { cookie })).status).toBe(403);
    expect((await put(`/dropped/${drop}/x.png`, 'x', { origin })).status).toBe(403);
    expect((await put(`/dropped/${drop}/../../x.png`, 'x')).status).toBe(405);
    expect(existsSync(join(workspace, 'dropped', drop, 'x.png'))).toBe(false);
  });

  it('says so when nothing of a drop arrived', async () => {
    const path = '/dropped/ffffffff-0000-4000-8000-000000000000/done';
    const { status, text } = await send(origin, path, { method: 'POST', headers: { origin, cookie } });
    expect(status).toBe(404);
    expect(JSON.parse(text)).toMatchObject({ code: 'FOLDER_EMPTY' });
  });

  it('removes a dropped file whose transfer breaks off', async () => {
    const { hostname, port } = new URL(origin);
    const path = `/dropped/${drop}/half.png`;
    const headers = { origin, cookie, 'content-length': '1000000' };
    const request = httpRequest({ hostname, port, path, method: 'PUT', headers }).on('error', () => {});
    request.write(Buffer.alloc(100_000));
    const target = join(workspace, 'dropped', drop, 'half.png');
    await expect.poll(() => existsSync(`${target}.part`)).toBe(true);
    request.destroy();
    await expect.poll(() => existsSync(`${target}.part`)).toBe(false);
    expect(existsSync(target)).toBe(false);
  });
});

describe('starting the web shell', () => {
  let shell: WebShell | undefined;
  afterEach(async () => {
    await shell?.close();
    shell = undefined;
  });

  it('refuses a port that is taken when it was asked for', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    await expect(start({ port })).rejects.toMatchObject({
      code: 'PORT_IN_USE',
      message: expect.stringContaining(String(port)),
      remedy: expect.stringContaining('--port'),
    });
    other.close();
  });

  it('takes the next free port when none was asked for', async () => {
    shell = await start();
    const second = await start();
    expect(new URL(second.url).port).not.toBe(new URL(shell.url).port);
    await second.close();
  });

  it('fails with the error that keeps the engine from starting, and lets go of the port', async () => {
    const locked = join(scratch, 'locked');
    await mkdir(locked);
    await writeFile(join(locked, 'startup-error'), 'WORKSPACE_LOCKED');
    const probe = createServer().listen(0, '127.0.0.1');
    await once(probe, 'listening');
    const { port } = probe.address() as AddressInfo;
    await new Promise((resolve) => probe.close(resolve));
    await expect(start({ port, workspace: locked })).rejects.toMatchObject({ code: 'WORKSPACE_LOCKED' });
    shell = await start({ port });
  });

  it('says how to build the window where it is missing', async () => {
    await expect(start({ rendererFolder: join(scratch, 'absent') })).rejects.toMatchObject({
      remedy: expect.stringContaining('npm run build'),
    });
  });
});
