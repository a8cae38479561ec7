// @vitest-environment happy-dom
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ChangeEvent } from '../../src-main/contract/changes.ts';
import { CutpointError } from '../../src-main/contract/errors.ts';
import type { Handlers } from '../../src-main/contract/index.ts';
import { RUN_FIELDS, type RunEvent, type RunSummary } from '../../src-main/contract/run.ts';
import { rowOfRun } from '../../src-main/contract/runRow.ts';
import { toTable } from '../../src-main/contract/table.ts';
import { Followers } from '../../src-main/engine/jobs/followers.ts';
import { connect } from '../../src-main/rpc/client.ts';
import { serve } from '../../src-main/rpc/server.ts';
import { memoryPair } from '../../src-main/rpc/transports/memory.ts';
import { paced, useChanges } from '../../src-renderer/engine/changesStore.ts';
import { useConnection } from '../../src-renderer/engine/connectionStore.ts';
import { useNetwork } from '../../src-renderer/features/network/networkStore.ts';
import { useRuns } from '../../src-renderer/features/runs/runsStore.ts';
import { arrived, later, windowWith } from '../support/windowClient.ts';
import { runOf } from '../support/runsEngine.ts';

const run = (id: string, status: RunSummary['status'] = 'completed'): RunSummary => runOf(id, { status });

describe('what is read again', () => {
  it('is read at once, and what changes meanwhile together, one reading after the other', async () => {
    const asked: (readonly string[])[] = [];
    const reading = [later<void>(), later<void>()];
    const note = paced((ids) => reading[asked.push(ids) - 1]?.promise, 1);
    note(['a']);
    note(['b']);
    note(['b', 'c']);
    expect(asked).toEqual([['a']]);
    reading[0]!.resolve();
    await arrived();
    expect(asked).toEqual([['a'], ['b', 'c']]);
    note(['d']);
    note([]);
    note(['e']);
    reading[1]!.resolve();
    await arrived();
    expect(asked).toEqual([['a'], ['b', 'c'], []]);
  });

  it('is read after a reading that failed, too', async () => {
    let asked = 0;
    const note = paced(() => {
      asked++;
      throw new Error('no');
    }, 1);
    note(['a']);
    await arrived();
    note(['b']);
    await arrived();
    expect(asked).toBe(2);
  });
});

/** A window that listens, and how often its lists were read. */
function listening(more: Partial<Handlers> = {}) {
  const changes = new Followers<ChangeEvent>();
  const state = { runs: [run('a')], lists: 0, sources: 0, asked: [] as (string | undefined)[] };
  const handlers: Partial<Handlers> = {
    'changes.watch': async ({ after }, { signal, progress }) => {
      state.asked.push(after);
      await changes.follow(progress, { signal, after, picture: () => [{ kind: 'all', ids: [] }] });
      return null;
    },
    'run.list': () => {
      state.lists++;
      return toTable(RUN_FIELDS, state.runs.map(rowOfRun));
    },
    'run.get': ({ id }) => state.runs.find((each) => each.id === id)!,
    'source.list': () => {
      state.sources++;
      return [];
    },
    'catalogue.list': () => [],
    'storage.damaged': () => [],
    ...more,
  };
  windowWith(handlers);
  const [runs, network] = [useRuns(), useNetwork()];
  void useChanges().listen();
  return { changes, state, runs, network, handlers };
}

const soon = { timeout: 3000, interval: 10 };

describe('a window', () => {
  it('reads its lists once, and each again when, and only when, something of it changed', async () => {
    const { changes, state, runs } = listening();
    await expect.poll(() => runs.list.map(({ id }) => id), soon).toEqual(['a']);
    await expect.poll(() => [state.lists, state.sources], soon).toEqual([1, 1]);
    state.runs = [run('b'), run('a')];
    changes.tell({ kind: 'run', ids: ['b'] });
    await expect.poll(() => runs.list.map(({ id }) => id), soon).toEqual(['b', 'a']);
    expect([state.lists, state.sources]).toEqual([2, 1]);
    changes.tell({ kind: 'export', ids: ['a'] });
    changes.tell({ kind: 'source', ids: ['imagenet'] });
    await expect.poll(() => state.sources, soon).toBe(2);
    expect(state.lists).toBe(2);
  });

  it('reads for a room that is opened later, too', async () => {
    const { changes, runs } = listening();
    await expect.poll(() => runs.list.length, soon).toBe(1);
    const heard: (readonly string[])[] = [];
    useChanges().onChange(['job'], (ids) => heard.push(ids));
    expect(heard).toEqual([[]]);
    changes.tell({ kind: 'job', ids: ['j'] });
    await expect.poll(() => heard, soon).toEqual([[], ['j']]);
  });

  it('takes off the screen what another window removed, and shows what another changed of the run on it', async () => {
    const { changes, state, runs } = listening();
    await expect.poll(() => runs.list.length, soon).toBe(1);
    await runs.select('a');
    state.runs = [run('a', 'stopped')];
    changes.tell({ kind: 'run', ids: ['a'] });
    await expect.poll(() => runs.selected?.status, soon).toBe('stopped');
    state.runs = [];
    changes.tell({ kind: 'run', ids: ['a'] });
    await expect.poll(() => runs.selected, soon).toBeNull();
  });

  it('whose connection was lost goes on after what it heard, with its lists and the run that it follows', async () => {
    const followers = new Followers<RunEvent>();
    const over = later<void>();
    const steps: number[] = [];
    const { changes, state, runs, handlers } = listening({
      'run.watch': async ({ after }, { signal, progress }) => {
        await followers.follow(progress, { ended: over.promise, signal, after });
        return run('a');
      },
    });
    state.runs = [run('a', 'running')];
    const step = (number: number): RunEvent => ({
      ...{
        kind: 'step',
        epoch: 1,
        step: number,
        steps: 9,
        loss: 1,
        imagesPerSecond: 1,
        remainingSeconds: 1,
        memory: 1e9,
      },
    });
    const reconnect = () => {
      const [near, far] = memoryPair();
      const served = serve(far, handlers);
      useConnection().connection = { client: connect(near) };
      return served;
    };
    const first = reconnect();
    await expect.poll(() => runs.list.length, soon).toBe(1);
    await runs.select('a');
    const stop = runs.$subscribe(
      () => {
        const now = runs.live.step?.step;
        if (now !== undefined && now !== steps.at(-1)) steps.push(now);
      },
      { flush: 'sync' },
    );
    onTestFinished(stop);
    await arrived();
    followers.tell(step(1));
    await expect.poll(() => steps, soon).toEqual([1]);
    const heard = state.asked.length;
    first.close();
    followers.tell(step(2));
    changes.tell({ kind: 'run', ids: ['b'] });
    state.runs = [run('b'), run('a', 'running')];
    reconnect();
    await expect.poll(() => runs.list.map(({ id }) => id), soon).toEqual(['b', 'a']);
    followers.tell(step(3));
    await expect.poll(() => steps, soon).toEqual([1, 2, 3]);
    expect(state.asked.slice(heard).every((after) => after !== undefined)).toBe(true);
    expect(runs.error).toBeNull();
    over.resolve();
    await expect.poll(() => runs.selected?.status, soon).toBe('completed');
  });

  it('listens to the next engine where one that closes sent it away', async () => {
    const { state, runs } = listening({
      'changes.watch': async (_input, { signal, progress }) => {
        if (state.asked.push(undefined) === 1) throw new CutpointError('CANCELLED', 'Cutpoint is closing.');
        progress({ kind: 'all', ids: [] });
        await new Promise((done) => signal.addEventListener('abort', done));
        return null;
      },
    });
    await expect.poll(() => runs.list.length, soon).toBe(1);
    expect(state.asked).toHaveLength(2);
  });

  it('does not say of a run that it failed because the engine ended', async () => {
    let lives = 0;
    const { runs } = listening({
      'run.watch': () => {
        if (lives++ === 0) throw new CutpointError('ENGINE_CRASHED', 'The engine ended.');
        return run('a', 'interrupted');
      },
      'run.list': () => toTable(RUN_FIELDS, [rowOfRun(run('a', 'running'))]),
      'run.get': () => run('a', 'running'),
    });
    await expect.poll(() => runs.detailsOf('a')?.status, soon).toBe('interrupted');
    expect(lives).toBe(2);
    expect(runs.error).toBeNull();
  });
});
