import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import {
  contract,
  type Handlers,
  type InputOf,
  type MethodName,
  type OutputOf,
} from '../../../src-main/contract/index.ts';
import { openServices } from '../../../src-main/engine/services/index.ts';
import { folderForFile } from '../../support/folder.ts';
import { tinyPlan } from './inProcess.ts';

const folder = folderForFile();
const cores = availableParallelism();
/** With processes of their own, as a person has them. */
let engine: Awaited<ReturnType<typeof openServices>>;
beforeAll(async () => {
  // Not with the one thread that the tests have.
  vi.stubEnv('CUTPOINT_THREADS', '');
  engine = await openServices({ workspace: folder });
});
afterAll(() => engine.close());

async function call<M extends MethodName>(
  method: M,
  input: InputOf<M>,
  progress: () => void = () => {},
): Promise<OutputOf<M>> {
  const handler = (engine.handlers as Handlers)[method] as (
    input: unknown,
    call: { signal: AbortSignal; progress(): void },
  ) => Promise<OutputOf<M>>;
  return handler(contract[method].input.parse(input), { signal: new AbortController().signal, progress });
}

/** Names of the threads of the process that computes. */
function threadsOfCompute(): string[] {
  const isIt = (pid: string): boolean => {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
      return command.includes(folder) && command.includes('compute');
    } catch {
      return false;
    }
  };
  const pid = readdirSync('/proc').find((name) => /^\d+$/.test(name) && isIt(name))!;
  return readdirSync(`/proc/${pid}/task`).map((id) => readFileSync(`/proc/${pid}/task/${id}/comm`, 'utf8').trim());
}

it('is all of the machine at first; so many threads compute as are allowed', async () => {
  expect(await call('preferences.get', {})).toMatchObject({ threads: null, memoryBytes: null });
  expect((await call('system.doctor', {})).limits).toEqual({ threads: cores, memoryBytes: null });
  await call('preferences.set', { threads: 1 });
  const { limits, engines } = await call('system.doctor', {});
  expect(limits).toEqual({ threads: 1, memoryBytes: null });
  const [tensorflow] = engines;
  if (!tensorflow!.available || tensorflow!.device === 'NVIDIA GPU') return;
  expect(tensorflow!.device).toBe('CPU, 1 thread');
  if (process.platform === 'linux') expect(threadsOfCompute().filter((name) => name === 'tf_Compute')).toHaveLength(1);
});

it('training is refused beyond the memory that is allowed, whatever there is', async () => {
  await call('preferences.set', { memoryBytes: 1e9 });
  const plan = tinyPlan('/nowhere', { backbone: 'resnet50', strategy: 'full', input: 512, batch: 64 });
  expect(await call('run.memory', plan)).toMatchObject({ room: 1e9, limit: 1e9, fits: false });
  await expect(call('run.start', plan)).rejects.toMatchObject({
    code: 'OUT_OF_MEMORY',
    message: expect.stringMatching(/and Cutpoint may take 1\.0 GB of this machine's \d+\.\d GB\.$/),
    remedy: expect.stringContaining('in the settings'),
  });
});

it('what computes goes on as it began, and the next has what is allowed then', async () => {
  const { promise: begun, resolve } = Promise.withResolvers<void>();
  const busy = call('backbone.latency', { backbone: 'resnet18', cuts: ['layer1.1'], input: 64 }, resolve);
  await begun;
  await call('preferences.set', { threads: null, memoryBytes: null });
  expect((await call('system.doctor', {})).limits).toEqual({ threads: 1, memoryBytes: 1e9 });
  expect((await busy).threads).toBe(1);
  expect((await call('system.doctor', {})).limits).toEqual({ threads: cores, memoryBytes: null });
});

it('more than the machine has is refused, and nothing changes', async () => {
  await expect(call('preferences.set', { threads: cores + 1 })).rejects.toMatchObject({
    code: 'INPUT_INVALID',
    message: `A limit of ${cores + 1} threads is more than this machine has.`,
  });
  await expect(call('preferences.set', { memoryBytes: 2 ** 50 })).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  expect(await call('preferences.get', {})).toMatchObject({ threads: null, memoryBytes: null });
});
