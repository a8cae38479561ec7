import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { ChangeEvent } from '../../src-main/contract/changes.ts';
import { CutpointError } from '../../src-main/contract/errors.ts';
import { contract } from '../../src-main/contract/index.ts';
import { method, type HandlersOf } from '../../src-main/contract/method.ts';
import { Followers } from '../../src-main/engine/jobs/followers.ts';

/** Why the handler's signal aborted, for the far side of a transport: a code, written into the folder of the call. */
export const ABORTED = 'aborted';

/** How far `changes.watch` counts, whoever listens. */
export const COUNTED = 60;
let counting = { followers: new Followers<ChangeEvent>(), ended: Promise.resolve() };

async function count(followers: Followers<ChangeEvent>): Promise<void> {
  for (let number = 1; number <= COUNTED; number++) {
    await delay(2);
    followers.tell({ kind: 'run', ids: [String(number)] });
  }
}

/** The contract, and a method that takes whatever a message may carry. */
export const methods = {
  ...contract,
  'test.echo': method({
    input: z.object({ value: z.unknown() }),
    progress: z.unknown(),
    output: z.object({ value: z.unknown(), seen: z.unknown() }),
  }),
};
export type Methods = typeof methods;

/** What can be told of a value that arrived, in text: bytes with the size of the buffer that they lie in. */
export function described(value: unknown): unknown {
  if (value instanceof Uint8Array)
    return `${value.constructor.name} ${sha256(value)} in ${value.byteOffset}+${value.buffer.byteLength}`;
  if (Array.isArray(value)) return value.map(described);
  if (typeof value !== 'object' || value === null) return `${typeof value} ${String(value)}`;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, described(item)]));
}

/**
 * A few real handlers, enough for every rule of the channel: they read and write files, report progress, take their
 * time and notice when nobody waits for them.
 */
export const handlers: Partial<HandlersOf<Methods>> = {
  /** Gives the value back, by progress and in the answer, and says what it saw. */
  'test.echo': ({ value }, { progress }) => {
    progress(value);
    return { value, seen: described(value) };
  },

  'system.doctor': () => ({
    version: '0.0.0',
    node: process.version,
    platform: process.platform,
    cores: cpus().length,
    memoryBytes: totalmem(),
    limits: { threads: 1, memoryBytes: null },
    workspace: String(process.pid),
    freeDiskBytes: null,
    engines: [],
    chosen: null,
  }),

  /** The file's bytes as they are: large payloads. */
  'data.preview': async ({ folder, file }) => {
    const bytes = await readFile(join(folder, file)).catch((cause: unknown) => {
      throw new CutpointError('FILE_NOT_READABLE', `The file ${file} cannot be read.`, {
        remedy: 'Check that the file exists.',
        details: { file },
        cause,
      });
    });
    return { png: new Uint8Array(bytes), width: 1, height: 1, notes: [] };
  },

  /** Writes files, a progress event after each, until cancelled. */
  'data.sample': async ({ folder }, { signal, progress }) => {
    await mkdir(folder, { recursive: true });
    const total = 40;
    for (let done = 1; done <= total; done++) {
      await writeFile(join(folder, `${done}.txt`), String(done));
      progress({ done, total });
      if (signal.aborted) {
        await writeFile(join(folder, ABORTED), CutpointError.from(signal.reason).code);
        // A late event, which nobody must hear.
        progress({ done: total, total });
        throw new Error('the way out of a cancelled call');
      }
      await delay(5);
    }
    return { folder, images: (await readdir(folder)).length, patients: 1, labels: 'none' };
  },

  /** Answers after as many milliseconds as the id says. */
  'run.get': async ({ id }, { signal }) => {
    await delay(Number(id), undefined, { signal });
    throw new CutpointError('RUN_UNKNOWN', `There is no run ${id}.`);
  },

  /** Does not keep to the contract. */
  'backbone.list': () => [{ name: 'half a row' }] as never,

  /** Counts; what was counted while nobody listened is heard by who comes back. */
  'changes.watch': async ({ after }, { signal, progress }) => {
    if (after === undefined) {
      const followers = new Followers<ChangeEvent>();
      counting = { followers, ended: count(followers) };
    }
    const { followers, ended } = counting;
    await followers.follow(progress, { ended, signal, after });
    return null;
  },

  'source.list': () => {
    throw new TypeError('undefined is not a function');
  },

  /** Progress that does not keep to the contract. */
  'data.audit': (_input, { progress }) => {
    progress({ done: 'one' } as never);
    throw new Error('not reached');
  },
};

export const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
