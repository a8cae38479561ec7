import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism, getPriority } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { CutpointError } from '../../../src-main/contract/errors.ts';
import { type PoolOptions, runAll, usualSize, WorkerPool } from '../../../src-main/engine/data/pool.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { put, smallPng } from '../../support/pictures.ts';

function openPool(options: PoolOptions): WorkerPool {
  const pool = new WorkerPool(options);
  onTestFinished(() => pool.close());
  return pool;
}

/** A thread that obeys the path: `hang` never ends, `exit` ends the thread, `throw` fails outside of a task. */
const UNRULY = new URL('./fixtures/unrulyWorker.ts', import.meta.url);

/** Threads of this process that let others go first. */
function behindOthers(): string[] {
  const folder = '/proc/self/task';
  // After the name in brackets: the state, and 15 numbers on the niceness (proc(5)).
  const niceOf = (thread: string): number => {
    const line = readFileSync(join(folder, thread, 'stat'), 'latin1');
    return Number(line.slice(line.lastIndexOf(')') + 2).split(' ')[16]);
  };
  return readdirSync(folder).filter((thread) => niceOf(thread) > getPriority());
}

describe('reader threads', () => {
  it('read files; the errors of readers arrive with their code', async () => {
    const folder = temporaryFolder();
    const pool = openPool({ size: 1 });
    const probe = await pool.run('probe', { path: put(folder, 'x.png', await smallPng(1)) });
    expect(probe).toMatchObject({ format: 'PNG', width: 24, height: 24, notes: [] });
    await expect(pool.run('probe', { path: put(folder, 'y.png', '') })).rejects.toMatchObject({ code: 'IMAGE_EMPTY' });
  });

  it.each(['hang', 'exit', 'throw'])(
    'a file that makes its thread %s fails alone; the next ones are read',
    async (path) => {
      const pool = openPool({ size: 2, timeLimit: 1500, script: UNRULY });
      const outcomes = await Promise.all(
        ['a', path, 'b', path, 'c'].map((name) =>
          pool.run('probe', { path: name }).then(
            (value) => value,
            (error: CutpointError) => error.code,
          ),
        ),
      );
      expect(outcomes).toEqual(['a', 'IMAGE_CORRUPT', 'b', 'IMAGE_CORRUPT', 'c']);
    },
  );

  it('a file that fills the memory of its thread fails alone, with a code of its own', async () => {
    const pool = openPool({ size: 1, heap: 32, script: UNRULY });
    await expect(pool.run('probe', { path: 'fill' })).rejects.toMatchObject({ code: 'IMAGE_TOO_LARGE' });
    expect(await pool.run('probe', { path: 'a' })).toBe('a');
  });

  it('JPEG-LS that is cut off is refused, and does not decode for ever', async () => {
    const path = join(import.meta.dirname, '../../golden/data/dicom_headers.json');
    const { cases } = JSON.parse(readFileSync(path, 'utf8')) as { cases: { name: string; file: string }[] };
    const { file } = cases.find(({ name }) => name === 'JPEG-LS, 8 bits with a sign')!;
    const whole = gunzipSync(Buffer.from(file, 'base64'));
    const end = whole.lastIndexOf(Buffer.from([0xff, 0xd9]));
    const from = Math.floor((whole.lastIndexOf(Buffer.from([0xff, 0xda])) + 10 + end) / 2);
    const cut = Buffer.from(whole).fill(0, from, end + 2);
    const folder = temporaryFolder();
    const pool = openPool({ size: 1 });
    const read = (name: string, bytes: Buffer) => pool.run('probe', { path: put(folder, name, bytes) });
    await expect(read('cut.dcm', cut)).rejects.toThrow('JPEG-LS data end early');
    cut.set([0xff, 0xd9], from);
    await expect(read('hidden.dcm', cut)).rejects.toThrow('cannot be decoded');
    expect(await read('whole.dcm', whole)).toMatchObject({ format: 'DICOM' });
  });

  it('a thread that does not come up is a defect, not a damaged file', async () => {
    const pool = openPool({ size: 1, script: new URL('./fixtures/missingWorker.ts', import.meta.url) });
    await expect(pool.run('probe', { path: 'a' })).rejects.toMatchObject({ code: 'DEFECT' });
  });

  it.runIf(process.platform === 'linux' && getPriority() < 10)(
    'of many files let others go first; those a person waits for do not',
    async () => {
      const folder = temporaryFolder();
      const path = put(folder, 'x.png', await smallPng(1));
      const before = getPriority();
      const threadsOf = async (lowered?: () => boolean): Promise<string[]> => {
        let behind: string[] = [];
        await runAll('probe', [{ path }], { size: 1, lowered, done: () => void (behind = behindOthers()) });
        return behind;
      };
      expect(await threadsOf()).toEqual([]);
      expect(await threadsOf(() => false)).toEqual([]);
      expect(await threadsOf(() => true)).toHaveLength(1);
      expect(getPriority()).toBe(before);
    },
  );

  it('cancelling ends what runs and what waits', async () => {
    const control = new AbortController();
    const work = runAll('probe', [{ path: 'hang' }, { path: 'hang' }, { path: 'a' }], {
      script: UNRULY,
      signal: control.signal,
      done: () => undefined,
    });
    setTimeout(() => control.abort(), 200);
    await expect(work).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});

it('an audit reads on all cores that are allowed; other readers leave one to the engine', () => {
  vi.stubEnv('CUTPOINT_THREADS', '');
  expect(usualSize(0)).toBeGreaterThanOrEqual(usualSize());
  expect(usualSize(0)).toBeLessThanOrEqual(availableParallelism());
  expect(usualSize()).toBeLessThanOrEqual(Math.max(1, availableParallelism() - 1));
  vi.stubEnv('CUTPOINT_THREADS', '1');
  expect(usualSize(0)).toBe(1);
  vi.unstubAllEnvs();
});
