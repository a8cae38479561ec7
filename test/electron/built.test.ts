import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { superviseEngine } from '../../src-main/engine/host/supervisor.ts';
import * as electron from './fakeElectron.ts';

vi.mock('electron', () => electron);

const out = resolve(import.meta.dirname, '../../out');
const built = existsSync(join(out, 'main/engine.js'));
if (!built) console.log('skipped: nothing is built in out/ (npm run build)');

const workspace = await mkdtemp(join(tmpdir(), 'cutpoint-built-'));
afterAll(() => rm(workspace, { recursive: true, force: true }));

it.skipIf(!built)('runs the engine as built for Electron, and closes it when asked over the port', async () => {
  const { utilityEngine } = await import('../../src-main/electron/utilityEngine.ts');
  const spawn = vi.fn(utilityEngine(join(out, 'main/engine.js')));
  const engine = superviseEngine({ workspace, spawn });
  expect((await engine.client.call('backbone.list', {})).map(({ name }) => name)).toContain('resnet50');
  // Resources are found from where the built modules lie.
  expect((await engine.client.call('source.list', {})).map(({ name }) => name)).toContain('formula-pictures');
  // Reading pictures takes the worker threads, which are scripts of their own.
  const sample = join(workspace, 'sample');
  const { images } = await engine.client.call('data.sample', { folder: sample });
  const audit = await engine.client.call('data.audit', { folder: sample });
  expect(audit.images).toBeGreaterThan(0);
  expect(audit.images).toBeLessThanOrEqual(images);
  await engine.close();
  expect(await spawn.mock.results[0]?.value.exited).toMatchObject({ code: 0 });
});

it.skipIf(!built)('has a preload script that a sandbox can run: one CommonJS file that needs only electron', () => {
  const script = readFileSync(join(out, 'preload/index.cjs'), 'utf8');
  expect([...script.matchAll(/require\(["'`]([^"'`]+)/g)].map(([, name]) => name)).toEqual(['electron']);
  expect(script).not.toMatch(/^\s*(import|export)\s/m);
});
