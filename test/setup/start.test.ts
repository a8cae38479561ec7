import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closingLine, countTests } from '../../scripts/checks/counts.mjs';
import { isStale } from '../../scripts/start/build.mjs';
import { canDownload, downloadAddress, findElectron, noWindow } from '../../scripts/start/electron.mjs';
import { startOptions, usage } from '../../scripts/start/options.mjs';
import { defaultWorkspaceFolder } from '../../src-main/workspaceFolder.ts';

const scratch = mkdtempSync(join(tmpdir(), 'cutpoint-start-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe('Electron', () => {
  let server: Server;
  let mirror: string;
  beforeAll(async () => {
    server = createServer((request, reply) => {
      if (request.url!.startsWith('/silent/')) return;
      reply.writeHead(request.method === 'HEAD' && request.url!.startsWith('/has-it/v45.4.1/') ? 200 : 404).end();
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    mirror = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  test.each([
    ['has-it', true],
    ['lacks-it', false],
    ['silent', false],
  ])('is downloaded only where a quick question to the mirror is answered: %s', async (path, expected) => {
    const started = performance.now();
    expect(await canDownload(downloadAddress('45.4.1', { ELECTRON_MIRROR: `${mirror}/${path}/` }))).toBe(expected);
    expect(performance.now() - started).toBeLessThan(5000);
  });

  test('is found in the folder that ELECTRON_OVERRIDE_DIST_PATH names', () => {
    const program = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[
      process.platform as string
    ];
    const path = join(scratch, program ?? 'electron');
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, '');
    expect(findElectron({ ELECTRON_OVERRIDE_DIST_PATH: scratch })).toBe(path);
  });

  test.each([
    ['a server without a screen', { platform: 'linux', env: {}, uid: 1000 }, /no screen/],
    ['root', { platform: 'linux', env: { DISPLAY: ':0' }, uid: 0 }, /root/],
    ['a Linux desktop', { platform: 'linux', env: { WAYLAND_DISPLAY: 'wayland-0' }, uid: 1000 }, undefined],
    ['Windows', { platform: 'win32', env: {}, uid: undefined }, undefined],
  ] as const)('%s', (_, machine, reason) => {
    if (reason) expect(noWindow(machine)).toMatch(reason);
    else expect(noWindow(machine)).toBeUndefined();
  });
});

test('options of `npm start`: help and a mistyped one are answered before anything is set up', () => {
  expect(startOptions(['--workspace', 'w', '--web'])).toEqual({ values: { workspace: 'w', web: true } });
  expect(startOptions(['--help'])).toEqual({ status: 0, says: usage });
  const { status, says } = startOptions(['--wrokspace', 'w']) as { status: number; says: string };
  expect(status).toBe(2);
  expect(says).toContain("'--wrokspace'");
  expect(says).toContain(usage);
});

test('the window is built where it is missing and where a source file is newer', () => {
  const source = join(scratch, 'src-renderer', 'views', 'App.vue');
  const built = join(scratch, 'out', 'renderer', 'index.html');
  for (const path of [source, built]) mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(source, '');
  expect(isStale(scratch)).toBe(true);
  writeFileSync(built, '');
  utimesSync(source, 1000, 1000);
  expect(isStale(scratch)).toBe(false);
  utimesSync(source, Date.now() / 1000 + 60, Date.now() / 1000 + 60);
  expect(isStale(scratch)).toBe(true);
});

test.each([
  ['linux', {}, '/home/a/.local/share/cutpoint'],
  ['linux', { XDG_DATA_HOME: '/data' }, '/data/cutpoint'],
  ['darwin', {}, '/home/a/Library/Application Support/Cutpoint'],
  ['linux', { CUTPOINT_WORKSPACE: '/study' }, '/study'],
])('default workspace on %s with %o', (platform, env, folder) => {
  expect(defaultWorkspaceFolder({ platform, env, home: '/home/a' })).toBe(folder);
});

test('a test file that does not load counts as a failure in the closing line', () => {
  const report = {
    numPassedTests: 12,
    numFailedTests: 1,
    numPendingTests: 2,
    numTodoTests: 1,
    testResults: [
      { status: 'failed', assertionResults: [{}] },
      { status: 'failed', assertionResults: [] },
      { status: 'passed', assertionResults: [{}] },
    ],
  };
  expect(closingLine(countTests(report))).toBe('12 passed, 2 failed, 3 skipped');
});
