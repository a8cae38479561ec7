import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { reactive } from 'vue';
import type { ChangeEvent } from '../../src-main/contract/changes.ts';
import { CutpointError, type ErrorCode } from '../../src-main/contract/errors.ts';
import type { MethodName } from '../../src-main/contract/index.ts';
import type { ClientOf } from '../../src-main/contract/method.ts';
import { takeUp } from '../../src-main/rpc/takeUp.ts';
import { ABORTED, COUNTED, described, sha256, type Methods } from './handlers.ts';

export interface Setup {
  client: ClientOf<Methods>;
  /** Whether the caller is a window, whose values may be reactive. */
  window?: boolean;
  /** Cuts the connection from the handlers' side, as a dying process does. */
  cut(): void | Promise<void>;
  dispose(): void | Promise<void>;
}

const DEPTH_16 = Int16Array.of(-32768, -1, 0, 1, 32767);
/** Three bytes of a larger buffer. */
const PART = new Uint8Array(new ArrayBuffer(1000), 501, 3).fill(7);

/** What a message may carry, and as what it arrives where that is something else. */
const CARRIED: [value: unknown, arrives?: unknown][] = [
  [new Uint8Array()],
  [new Uint8Array(randomBytes(2 ** 20))],
  [new Uint8Array(DEPTH_16.buffer)],
  [PART, Uint8Array.of(7, 7, 7)],
  // It lies in a pool with others.
  [Buffer.from('png'), new Uint8Array([...'png'].map((letter) => letter.charCodeAt(0)))],
  [{ list: [{ png: PART }, null] }, { list: [{ png: Uint8Array.of(7, 7, 7) }, null] }],
  [[NaN, Infinity, -Infinity, 0.1, 2 ** 40, -(2 ** 31), Number.MAX_VALUE]],
  [{ a: undefined, b: { c: undefined, d: null } }, { b: { d: null } }],
  [['', 'Müller 王小明 🩻', '\0', true, { constructor: 'b' }]],
];

/** The rules of the channel; every transport passes them. `open` gives a client of `handlers` over that transport. */
export function contractSuite(transport: string, open: () => Promise<Setup>): void {
  describe(`the contract over ${transport}`, () => {
    let setup: Setup;
    let client: ClientOf<Methods>;
    let folder: string;

    beforeEach(async () => {
      setup = await open();
      client = setup.client;
      folder = await mkdtemp(join(tmpdir(), 'cutpoint-contract-'));
    });
    afterEach(async () => {
      await setup.dispose();
      await rm(folder, { recursive: true, force: true });
    });

    /** Waits until the handler of `data.sample` has noticed. */
    const abortedWith = (code: ErrorCode) =>
      vi.waitFor(() => expect(readFileSync(join(folder, ABORTED), 'utf8')).toBe(code), 10_000);

    it('brings back the result', async () => {
      expect(await client.call('system.doctor', {})).toMatchObject({ node: process.version, chosen: null });
    });

    it('keeps code, sentence, remedy and details of an error', async () => {
      await expect(client.call('data.preview', { folder, file: 'absent.png', size: 16 })).rejects.toMatchObject({
        name: 'CutpointError',
        code: 'FILE_NOT_READABLE',
        message: 'The file absent.png cannot be read.',
        remedy: 'Check that the file exists.',
        details: { file: 'absent.png' },
      });
    });

    it('reports progress in order, all of it before the result', async () => {
      const heard: number[] = [];
      const call = client.call('data.sample', { folder }, { onProgress: ({ done }) => heard.push(done) });
      expect((await call).images).toBe(40);
      expect(heard).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
    });

    it('cancels: the caller hears CANCELLED at once, the handler stops, late progress is not heard', async () => {
      const abort = new AbortController();
      const heard: number[] = [];
      const onProgress = ({ done }: { done: number }) => {
        heard.push(done);
        if (done === 3) abort.abort();
      };
      const call = client.call('data.sample', { folder }, { signal: abort.signal, onProgress });
      await expect(call).rejects.toMatchObject({ code: 'CANCELLED' });
      await abortedWith('CANCELLED');
      expect(await client.call('system.doctor', {})).toBeDefined();
      expect(heard).toEqual([1, 2, 3]);
      expect(existsSync(join(folder, '40.txt'))).toBe(false);
    });

    it('does not begin a call whose signal is already aborted', async () => {
      const call = client.call('data.sample', { folder }, { signal: AbortSignal.abort() });
      await expect(call).rejects.toMatchObject({ code: 'CANCELLED' });
      await client.call('system.doctor', {});
      expect(existsSync(join(folder, '1.txt'))).toBe(false);
    });

    it.each(['no.such', 'constructor', 'run.list'])('refuses the method %s', async (method) => {
      const call = client.call(method as MethodName, {} as never);
      await expect(call).rejects.toMatchObject({ code: 'METHOD_UNKNOWN', details: { method } });
    });

    it('refuses invalid input and names the fields', async () => {
      const call = client.call('data.preview', { folder: 7, file: 'a', size: 2 } as never);
      await expect(call).rejects.toMatchObject({ code: 'INPUT_INVALID', details: { method: 'data.preview' } });
      await expect(call).rejects.toThrow(/folder \(.*size \(/);
    });

    it('reports answers and progress that break the contract as defects', async () => {
      await expect(client.call('backbone.list', {})).rejects.toMatchObject({ code: 'DEFECT' });
      await expect(client.call('data.audit', { folder })).rejects.toThrow(/progress of 'data.audit'/);
    });

    it('reports an unexpected error as a defect', async () => {
      await expect(client.call('source.list', {})).rejects.toMatchObject({
        code: 'DEFECT',
        message: expect.stringContaining('undefined is not a function'),
      });
    });

    it('carries 5 MB unharmed', async () => {
      const bytes = randomBytes(5_000_000);
      await writeFile(join(folder, 'large.png'), bytes);
      const { png } = await client.call('data.preview', { folder, file: 'large.png', size: 16 });
      expect(sha256(png)).toBe(sha256(bytes));
    });

    it('carries bytes, numbers and texts as input, as progress and as output', async () => {
      for (const [value, arrives = value] of CARRIED) {
        const heard: unknown[] = [];
        const answer = await client.call('test.echo', { value }, { onProgress: (event) => heard.push(event) });
        expect([answer.seen, described(heard), described(answer.value)]).toEqual([
          described(arrives),
          described([arrives]),
          described(arrives),
        ]);
      }
    });

    it('brings bytes that can be read as samples of any size', async () => {
      const samples = new Uint8Array([0, ...new Uint8Array(DEPTH_16.buffer)]).subarray(1);
      const { value } = await client.call('test.echo', { value: { text: 'x', samples } });
      const { samples: found } = value as { samples: Uint8Array };
      expect(new Int16Array(found.buffer, found.byteOffset, 5)).toEqual(DEPTH_16);
    });

    it('says so where a message cannot be carried, and goes on', async () => {
      await expect(client.call('test.echo', { value: () => 1 })).rejects.toMatchObject({ code: 'DEFECT' });
      expect(await client.call('system.doctor', {})).toBeDefined();
    });

    it('answers concurrent calls, each its own', async () => {
      const slow = client.call('run.get', { id: '150' }).catch((error: Error) => error.message);
      const fast = client.call('run.get', { id: '10' }).catch((error: Error) => error.message);
      const many = Array.from({ length: 50 }, () => client.call('system.doctor', {}));
      expect(await Promise.race([slow, fast])).toBe('There is no run 10.');
      expect(await slow).toBe('There is no run 150.');
      expect(await Promise.all(many)).toHaveLength(50);
    });

    it('takes reactive proxies of a window for what they stand for', async ({ skip }) => {
      if (!setup.window) skip();
      const value = reactive({ plan: { rates: [1e-3, NaN], seen: PART, left: undefined }, cuts: ['a', { name: 'b' }] });
      const { seen } = await client.call('test.echo', { value });
      const plan = { rates: [1e-3, NaN], seen: Uint8Array.of(7, 7, 7) };
      expect(seen).toEqual(described({ plan, cuts: ['a', { name: 'b' }] }));
    });

    it('rejects every pending and later call when the connection is lost', async () => {
      const pending = [
        client.call('run.get', { id: '20000' }),
        client.call('run.get', { id: '30000' }, { signal: new AbortController().signal }),
      ].map((call) => call.catch((error: { code: string }) => error.code));
      await client.call('system.doctor', {});
      await setup.cut();
      expect(await Promise.all(pending)).toEqual(['CONNECTION_LOST', 'CONNECTION_LOST']);
      await expect(client.call('system.doctor', {})).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
    });

    it('tells the handlers of a caller that goes away that nobody cancelled', async () => {
      const call = client.call('data.sample', { folder }, { onProgress: () => client.close() });
      await expect(call).rejects.toMatchObject({ code: 'CANCELLED' });
      await abortedWith('CONNECTION_LOST');
    });

    it('a stream is taken up again after the last event heard: none is lost, none told twice', async () => {
      const heard: number[] = [];
      let abort = new AbortController();
      let losses = 0;
      const ended = await takeUp<ChangeEvent, null>(
        (after, onProgress) => client.call('changes.watch', { after }, { signal: abort.signal, onProgress }),
        ({ ids }) => {
          heard.push(...ids.map(Number));
          if (heard.length % 9 === 0) abort.abort(new CutpointError('CONNECTION_LOST', 'The window was closed.'));
        },
        async () => {
          losses++;
          await delay(10);
          abort = new AbortController();
        },
      );
      expect(ended).toBeNull();
      expect(heard).toEqual(Array.from({ length: COUNTED }, (_, index) => index + 1));
      expect(losses).toBe(6);
    });

    it('passes on that whoever asked the caller is gone', async () => {
      const abort = new AbortController();
      const onProgress = () => abort.abort(new CutpointError('CONNECTION_LOST', 'The window was closed.'));
      const call = client.call('data.sample', { folder }, { signal: abort.signal, onProgress });
      await expect(call).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
      await abortedWith('CONNECTION_LOST');
    });
  });
}
