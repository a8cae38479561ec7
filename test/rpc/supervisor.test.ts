import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CutpointError } from '../../src-main/contract/errors.ts';
import { forkEngine } from '../../src-main/engine/host/engineProcess.ts';
import { superviseEngine, type Supervisor } from '../../src-main/engine/host/supervisor.ts';
import type { EngineState } from '../../src-main/rpc/messages.ts';

const ENTRY = join(import.meta.dirname, 'fixtures/engine.ts');

describe('the supervisor of a real engine process', () => {
  let workspace: string;
  let engine: Supervisor;
  let states: EngineState[];

  function start(): void {
    engine = superviseEngine({ workspace, spawn: (folder) => forkEngine(folder, ENTRY), backOff: 20 });
    states = [];
    engine.onState((state) => states.push(state));
  }
  const pid = async () => Number((await engine.client.call('system.doctor', {})).workspace);

  beforeEach(async () => {
    workspace = await mkdtemp(join(tmpdir(), 'cutpoint-supervisor-'));
  });
  afterEach(async () => {
    await engine.close();
    await rm(workspace, { recursive: true, force: true });
  });

  it.each(['SIGKILL', 'SIGSEGV'] as const)(
    'survives %s in the middle of a call: the caller hears of it within 2 s, the next call works',
    async (signal) => {
      start();
      const first = await pid();
      const call = engine.client.call('run.get', { id: '60000' });
      const watched = call.catch((error: CutpointError) => error);
      await new Promise((resolve) => setTimeout(resolve, 100));
      const killedAt = performance.now();
      process.kill(first, signal);
      const error = (await watched) as CutpointError;
      expect(performance.now() - killedAt).toBeLessThan(2000);
      expect(error).toMatchObject({
        code: 'ENGINE_CRASHED',
        message: expect.stringMatching(signal === 'SIGKILL' ? /SIGKILL.*memory/ : /SIGSEGV\)\.$/),
        remedy: expect.stringContaining('resume the run'),
      });
      expect(await pid()).not.toBe(first);
      console.log(`next call answered ${Math.round(performance.now() - killedAt)} ms after ${signal}`);
      expect(states.map(({ state }) => state)).toEqual(['ready', 'crashed', 'starting', 'ready']);
      expect(states[1]?.error?.code).toBe('ENGINE_CRASHED');
    },
    20_000,
  );

  it('starts an engine again that ends in order to begin anew, and calls it no crash', async () => {
    start();
    const first = await pid();
    expect(await engine.client.call('storage.erase', { workspace })).toMatchObject({ workspace });
    await expect.poll(() => states.map(({ state }) => state)).toEqual(['ready', 'starting', 'starting', 'ready']);
    expect(await pid()).not.toBe(first);
    expect(existsSync(join(workspace, 'closed'))).toBe(true);
  }, 20_000);

  it('reports a startup error with its code, does not try again by itself, and does when asked', async () => {
    await writeFile(join(workspace, 'startup-error'), 'WORKSPACE_LOCKED');
    start();
    await expect(engine.ready()).rejects.toMatchObject({ code: 'WORKSPACE_LOCKED', remedy: 'Mend it.' });
    await expect(engine.client.call('system.doctor', {})).rejects.toMatchObject({ code: 'WORKSPACE_LOCKED' });
    expect(states.map(({ state }) => state)).toEqual(['failed']);
    await rm(join(workspace, 'startup-error'));
    engine.retry();
    expect(await pid()).toBeGreaterThan(0);
  }, 20_000);

  it('gives up on an engine that crashes again and again, with the last lines of its log but no path of data', async () => {
    await writeFile(join(workspace, 'startup-crash'), '');
    start();
    await expect(engine.ready()).rejects.toMatchObject({
      code: 'ENGINE_CRASHED',
      remedy: expect.stringContaining('several times'),
      details: { signal: 'SIGSEGV', lastLines: expect.arrayContaining([expect.stringContaining('crash on <path>')]) },
    });
    expect(states.filter(({ state }) => state === 'starting')).toHaveLength(4);
    const log = await readFile(join(workspace, 'logs/engine.log'), 'utf8');
    expect(log).toContain('engine ended: signal SIGSEGV');
    expect(log).not.toContain('DOE');
  }, 30_000);

  it('logs where a defect arose, without its sentence', async () => {
    start();
    const call = engine.client.call('source.list', {});
    await expect(call).rejects.toThrow('undefined is not a function');
    const log = () => readFile(join(workspace, 'logs/engine.log'), 'utf8');
    await expect.poll(log).toMatch(/DEFECT in source.list: TypeError\n.* at .*test\/contract\/handlers\.ts/);
    expect(await log()).not.toContain('undefined is not a function');
  });

  it('lets the engine close its services in order', async () => {
    start();
    const pending = engine.client.call('run.get', { id: '60000' }).catch((error: CutpointError) => error.code);
    await engine.ready();
    await engine.close();
    expect(existsSync(join(workspace, 'closed'))).toBe(true);
    expect(await pending).toBe('CANCELLED');
    await expect(engine.client.call('system.doctor', {})).rejects.toMatchObject({ code: 'CANCELLED' });
  }, 20_000);

  it('lets the engine close its services in order on SIGTERM', async () => {
    start();
    process.kill(await pid(), 'SIGTERM');
    await expect.poll(() => existsSync(join(workspace, 'closed')), { timeout: 3000 }).toBe(true);
  }, 20_000);

  it('cancels a call that waits for the engine to start', async () => {
    start();
    const abort = new AbortController();
    const call = engine.client.call('system.doctor', {}, { signal: abort.signal });
    abort.abort();
    await expect(call).rejects.toMatchObject({ code: 'CANCELLED' });
  }, 20_000);
});
