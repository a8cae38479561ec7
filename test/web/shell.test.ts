import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, request as httpRequest, type IncomingMessage } from 'node:http';
import { createConnection, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { ErrorCode } from '../../src-main/contract/errors.ts';
import type { Client } from '../../src-main/contract/index.ts';
import { forkEngine } from '../../src-main/engine/host/engineProcess.ts';
import { connect } from '../../src-main/rpc/client.ts';
import { encode } from '../../src-main/rpc/serialise.ts';
import type { EngineState } from '../../src-main/rpc/messages.ts';
import { askForLink } from '../../src-main/web/links.ts';
import { startWebShell, type WebShell, type WebShellOptions } from '../../src-main/web/shell.ts';
import { ABORTED } from '../contract/handlers.ts';
import { openSession, windowSocket, windowTransport } from '../support/webSession.ts';

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
  let secret: string;

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
      expect(text).toContain('cutpoint serve --link');
      expect(text).not.toContain('the window');
    }
  });

  it('spends no token on who only reads the link: HEAD, previews, browsers that fetch ahead', async () => {
    const head = await send(origin, link, { method: 'HEAD' });
    expect(head).toMatchObject({ status: 200, text: '' });
    for (let i = 0; i < 3; i++) {
      const { status, headers, text } = await send(origin, link, {
        headers: { 'user-agent': 'Slackbot-LinkExpanding 1.0' },
      });
      expect(status).toBe(200);
      expect(headers['set-cookie']).toBeUndefined();
      expect(text).toContain('<script src="/open.js">');
    }
    for (const header of ['sec-purpose', 'purpose', 'x-moz'])
      expect((await send(origin, link, { headers: { [header]: 'prefetch;prerender' } })).status).toBe(503);
    expect((await send(origin, '/open.js')).headers['content-type']).toContain('text/javascript');
  });

  const session = (token: unknown, headers: Record<string, string> = { origin }) =>
    send(origin, '/session', { method: 'POST', headers, body: JSON.stringify({ token }) });
  const token = () => new URL(shell.url).searchParams.get('token');

  it('gives no session to another page, nor for anything but the token', async () => {
    expect((await session(token(), { origin: 'http://127.0.0.1:9' })).status).toBe(403);
    expect((await session(token(), {})).status).toBe(403);
    for (const wrong of ['', 'guess', 7, null, ['a'], 'x'.repeat(20_000)])
      expect((await session(wrong)).status).toBe(403);
  });

  it('exchanges the token once: a cookie that scripts do not get, and a secret that other ports do not get', async () => {
    const first = await session(token());
    expect(first.status).toBe(200);
    const setCookie = first.headers['set-cookie']?.[0] ?? '';
    expect(setCookie).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/);
    cookie = setCookie.split(';')[0] ?? '';
    ({ secret } = JSON.parse(first.text) as { secret: string });
    expect(secret).toMatch(/^[\w-]{43}$/);
    expect(cookie).not.toContain(secret);
    expect((await session(token())).status).toBe(403);
    expect((await send(origin, link)).status).toBe(403);
    expect((await send(origin, '/', { headers: { cookie } })).text).toContain('the window');
    // The same browser may follow its link again.
    expect((await send(origin, link, { headers: { cookie } })).status).toBe(303);
  });

  it('refuses quickly after many wrong tokens, warns once, and still opens for the right one', async () => {
    const told: string[] = [];
    const guessed = await start({ port: 0, workspace: join(scratch, 'guessed'), warn: (line) => told.push(line) });
    const at = new URL(guessed.url).origin;
    const statuses: number[] = [];
    for (let i = 0; i < 30; i++) statuses.push((await send(at, `/?token=guess-${i}`)).status);
    expect(statuses.slice(0, 19)).toEqual(Array(19).fill(403));
    expect(statuses.slice(20)).toEqual(Array(10).fill(429));
    expect(told).toEqual(['20 wrong links were tried within a minute; none of them opened Cutpoint.']);
    expect((await openSession(guessed.url)).secret).toMatch(/^[\w-]{43}$/);
    await guessed.close();
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

  it('lets nobody in who has the cookie, but not the secret of the page', async () => {
    for (const hello of [
      { kind: 'hello', secret: 'guess' },
      { kind: 'hello' },
      // As text, which no message is, the right one too.
      JSON.stringify({ kind: 'hello', secret }),
      { kind: 'call', id: 0, method: 'run.list', input: {} },
      '{',
      Uint8Array.of(0xc1),
    ]) {
      const caller = socket({ origin, cookie });
      const heard: string[] = [];
      caller.on('message', (data) => heard.push(String(data as Buffer)));
      await once(caller, 'open');
      caller.send(typeof hello === 'string' || hello instanceof Uint8Array ? hello : encode(hello));
      const [code] = (await once(caller, 'close')) as [number];
      expect([code, heard]).toEqual([4403, []]);
    }
    expect((await put(`/dropped/${drop}/x.png`, 'x', { origin, cookie })).status).toBe(403);
    expect((await put(`/dropped/${drop}/x.png`, 'x', { origin, cookie, 'cutpoint-secret': 'guess' })).status).toBe(403);
    for (const secrets of [{}, { 'cutpoint-secret': 'guess' }] as Record<string, string>[]) {
      const headers = { origin, cookie, ...secrets };
      expect((await send(origin, '/another', { method: 'POST', headers })).status).toBe(403);
    }
    const done = `/dropped/${drop}/done`;
    expect((await send(origin, done, { method: 'POST', headers: { origin, cookie } })).status).toBe(403);
  });

  it('does not take the halves of two sessions for one', async () => {
    const other = await openSession(shell.newLink());
    const mixed = { origin, cookie: other.cookie, 'cutpoint-secret': secret };
    expect((await put(`/dropped/${drop}/x.png`, 'x', mixed)).status).toBe(403);
    const { workspace: pid } = await connect(windowTransport(other)).call('system.doctor', {});
    expect(Number(pid)).toBeGreaterThan(0);
  });

  it('gives a new link to who can read its file in the workspace, and to nobody else', async () => {
    const fresh = await askForLink(workspace);
    expect(new URL(fresh).origin).toBe(origin);
    // Asked for again: the one before, which nobody has used, opens nothing.
    const last = await askForLink(workspace);
    expect((await send(origin, fresh.slice(origin.length))).status).toBe(403);
    expect((await openSession(last)).secret).toMatch(/^[\w-]{43}$/);
    const body = JSON.stringify({ nonce: 'n'.repeat(43), proof: '0'.repeat(64) });
    for (const headers of [{}, { origin }, { origin, cookie }] as Record<string, string>[]) {
      const answer = await send(origin, '/link', { method: 'POST', headers, body });
      expect(answer.status).toBe(403);
      expect(answer.text).not.toContain('token"');
    }
    const serve = join(workspace, 'serve');
    expect((await stat(serve)).mode & 0o077).toBe(0);
    expect((await stat(join(serve, 'serve.json'))).mode & 0o077).toBe(0);
  });

  it('is not believed when something else answers on its port', async () => {
    const stranger = createServer((_request, response) =>
      response.end(JSON.stringify({ token: 'theirs', proof: '0'.repeat(64) })),
    ).listen(0, '127.0.0.1');
    await once(stranger, 'listening');
    const { port } = stranger.address() as AddressInfo;
    const left = join(scratch, 'left');
    await mkdir(join(left, 'serve'), { recursive: true });
    await writeFile(join(left, 'serve/serve.json'), JSON.stringify({ port, key: 'k'.repeat(43) }));
    await expect(askForLink(left)).rejects.toMatchObject({ code: 'SERVE_NOT_RUNNING' });
    stranger.close();
    await expect(askForLink(join(scratch, 'nothing'))).rejects.toMatchObject({ code: 'SERVE_NOT_RUNNING' });
  });

  it('waits for a window that is busy with its page, and lets one go that never answers', async () => {
    const folder = join(scratch, 'busy');
    await mkdir(folder);
    const patient = await start({ workspace: folder, heartbeat: 25 });
    const session = await openSession(patient.url);
    const socket = windowSocket(session);
    const closed = once(socket, 'close');
    const client = connect(windowTransport(session, socket));
    await client.call('system.doctor', {});
    // Ten questions go by unread, then twenty and more.
    socket.pause();
    await new Promise((resolve) => setTimeout(resolve, 250));
    socket.resume();
    await expect(client.call('system.doctor', {})).resolves.toMatchObject({});
    socket.pause();
    await new Promise((resolve) => setTimeout(resolve, 900));
    socket.resume();
    await closed;
    await expect(client.call('system.doctor', {})).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
    await patient.close();
  });

  it('puts calls through to the engine, and says when it died and came back', async () => {
    const states: EngineState[] = [];
    const client = connect(windowTransport({ origin, cookie, secret }), {
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

  it('lets the engine know whether a person cancelled or the window is gone', async () => {
    const session = { origin, cookie, secret };
    const endedBy = async (end: (client: Client, abort: AbortController) => void, code: ErrorCode) => {
      const folder = await mkdtemp(join(scratch, 'ended-'));
      const client = connect(windowTransport(session));
      const abort = new AbortController();
      const onProgress = () => end(client, abort);
      await client.call('data.sample', { folder }, { signal: abort.signal, onProgress }).catch(() => {});
      await vi.waitFor(async () => expect(await readFile(join(folder, ABORTED), 'utf8')).toBe(code), 10_000);
      client.close();
    };
    await endedBy((_client, abort) => abort.abort(), 'CANCELLED');
    await endedBy((client) => client.close(), 'CONNECTION_LOST');
  });

  const own = () => ({ origin, cookie, 'cutpoint-secret': secret });
  const drop = '0a1b2c3d-0000-4000-8000-000000000000';
  const put = (path: string, body: string | Buffer, headers: Record<string, string> = own()) =>
    send(origin, path, { method: 'PUT', headers, body });

  it('lets a window that was let in have a link for one more browser', async () => {
    const given = await send(origin, '/another', { method: 'POST', headers: own() });
    const { url } = JSON.parse(given.text) as { url: string };
    const other = connect(windowTransport(await openSession(url)));
    expect(Number((await other.call('system.doctor', {})).workspace)).toBeGreaterThan(0);
    other.close();
  });

  it('stores dropped files below the workspace and names their folder', async () => {
    expect((await put(`/dropped/${drop}/malignant/scan%201.png`, 'first')).status).toBe(204);
    expect((await put(`/dropped/${drop}/benign/a%2Bb%20%C3%A9.png`, Buffer.alloc(3_000_000, 7))).status).toBe(204);
    const done = await send(origin, `/dropped/${drop}/done`, { method: 'POST', headers: own() });
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
    expect((await put(`/dropped/${drop}/x.png`, 'x', { ...own(), origin: 'http://evil.example' })).status).toBe(403);
    expect((await put(`/dropped/${drop}/x.png`, 'x', { cookie, 'cutpoint-secret': secret })).status).toBe(403);
    expect((await put(`/dropped/${drop}/x.png`, 'x', { origin, 'cutpoint-secret': secret })).status).toBe(403);
    expect((await put(`/dropped/${drop}/../../x.png`, 'x')).status).toBe(405);
    expect(existsSync(join(workspace, 'dropped', drop, 'x.png'))).toBe(false);
  });

  it('says so when nothing of a drop arrived', async () => {
    const path = '/dropped/ffffffff-0000-4000-8000-000000000000/done';
    const { status, text } = await send(origin, path, { method: 'POST', headers: own() });
    expect(status).toBe(404);
    expect(JSON.parse(text)).toMatchObject({ code: 'FOLDER_EMPTY' });
  });

  it('removes a dropped file whose transfer breaks off', async () => {
    const { hostname, port } = new URL(origin);
    const path = `/dropped/${drop}/half.png`;
    const headers = { ...own(), 'content-length': '1000000' };
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
