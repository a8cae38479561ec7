import { describe, expect, it } from 'vitest';
import { CutpointError } from '../../src-main/contract/errors.ts';
import type { OutputOf } from '../../src-main/contract/index.ts';
import { trainingPlan } from '../../src-main/contract/plan.ts';
import { useConnection } from '../../src-renderer/engine/connectionStore.ts';
import { useRuns } from '../../src-renderer/features/runs/runsStore.ts';
import { epochOf, runOf, runsEngine } from '../support/runsEngine.ts';
import { arrived, connectTo, later, windowWith } from '../support/windowClient.ts';

/** A window on an engine with these runs, as it is once it has asked for them. */
async function windowOn(engine: ReturnType<typeof runsEngine>) {
  windowWith(engine.handlers);
  const runs = useRuns();
  await runs.refresh();
  await arrived();
  return runs;
}
const plan = trainingPlan.parse({ data: { folder: '/d' }, backbone: 'resnet18', cut: 'layer2.1', epochs: 4 });
const ids = (runs: ReturnType<typeof useRuns>) => runs.list.map(({ id }) => id);

describe('the list of runs', () => {
  it('has those that can be read, in the order of the engine, and names the others', async () => {
    const engine = runsEngine(runOf('b'), runOf('lost'), runOf('a'));
    engine.damaged.push({ kind: 'run', id: 'lost', code: 'STORE_CORRUPT', message: 'It is damaged.' });
    const runs = await windowOn(engine);
    expect(ids(runs)).toEqual(['b', 'a']);
    expect(runs.damaged.map(({ id }) => id)).toEqual(['lost']);
    expect(runs.selected).toBeNull();
  });

  it('that cannot be had says why, and is there at the next look', async () => {
    const engine = runsEngine(runOf('a'));
    let full = true;
    windowWith({
      ...engine.handlers,
      'run.list': (...call) => {
        if (full) throw new CutpointError('STORE_CORRUPT', 'The results are damaged.');
        return engine.handlers['run.list']!(...call);
      },
    });
    const runs = useRuns();
    await runs.refresh();
    expect(runs.listing.error?.code).toBe('STORE_CORRUPT');
    expect(ids(runs)).toEqual([]);
    full = false;
    await runs.refresh();
    expect(runs.listing.error).toBeNull();
    expect(ids(runs)).toEqual(['a']);
  });

  it('tells the one that trains, and the one that was interrupted', async () => {
    const engine = runsEngine(runOf('t', { status: 'running' }), runOf('i', { status: 'interrupted' }), runOf('c'));
    const runs = await windowOn(engine);
    expect([runs.training?.id, runs.interrupted?.id]).toEqual(['t', 'i']);
  });
});

describe('a run that is chosen', () => {
  it('is shown with all that is stored of it', async () => {
    const runs = await windowOn(runsEngine(runOf('a', { epochs: [epochOf(1)], bestEpoch: 1 }), runOf('b')));
    await runs.select('a');
    expect(runs.selected).toMatchObject({ id: 'a', epochs: [{ epoch: 1 }] });
    await runs.select(null);
    expect(runs.selected).toBeNull();
  });

  it('is the one chosen last, whichever answer comes first', async () => {
    const engine = runsEngine(runOf('slow'), runOf('fast'));
    const slow = later<OutputOf<'run.get'>>();
    windowWith({ ...engine.handlers, 'run.get': ({ id }) => (id === 'slow' ? slow.promise : runOf(id)) });
    const runs = useRuns();
    await runs.refresh();
    const first = runs.select('slow');
    await runs.select('fast');
    slow.resolve(runOf('slow'));
    await first;
    expect(runs.selected?.id).toBe('fast');
  });

  it('but can no longer be had leaves the one before it on the screen, and says why', async () => {
    const runs = await windowOn(runsEngine(runOf('a')));
    await runs.select('a');
    await runs.select('gone');
    expect(runs.selected?.id).toBe('a');
    expect(runs.error?.code).toBe('RUN_UNKNOWN');
    await runs.select('a');
    expect(runs.error).toBeNull();
  });
});

describe('a run that is started', () => {
  it('is on the screen, goes on there epoch by epoch, and ends', async () => {
    const engine = runsEngine(runOf('old'));
    const runs = await windowOn(engine);
    await runs.start(plan);
    await arrived();
    expect(engine.asked).toEqual([['run.start', plan]]);
    expect(runs).toMatchObject({ busy: null, error: null, selectedId: 'new', training: { id: 'new' } });
    expect(engine.followed()).toEqual(['new']);

    engine.report('new', { kind: 'reading', done: 3, total: 8 });
    await arrived();
    expect(runs.live.reading).toMatchObject({ done: 3, total: 8 });
    engine.report('new', { kind: 'epoch', record: epochOf(1), bestEpoch: 1 });
    await arrived();
    expect(runs.selected).toMatchObject({ epochs: [{ epoch: 1 }], bestEpoch: 1 });
    expect(runs.list[0]).toMatchObject({ id: 'new', epochs: 1 });

    engine.end('new', { status: 'completed', epochs: [epochOf(1), epochOf(2)], bestEpoch: 2 });
    await arrived();
    expect(runs.selected).toMatchObject({ status: 'completed', bestEpoch: 2 });
    expect(runs.training).toBeNull();
    expect(runs.live.step).toBeNull();
  });

  it('shows how far the check before it is, and ends it when told to', async () => {
    const engine = runsEngine();
    windowWith({
      ...engine.handlers,
      'run.start': (_, { signal, progress }) => {
        progress({ done: 2, total: 9 });
        return new Promise((_done, refuse) => signal.addEventListener('abort', () => refuse(signal.reason as Error)));
      },
    });
    const runs = useRuns();
    const started = runs.start(plan);
    await arrived();
    expect(runs).toMatchObject({ busy: 'run.start', reading: { done: 2, total: 9 } });
    runs.cancelStart();
    await started;
    expect(runs).toMatchObject({ busy: null, reading: null, selected: null, error: { code: 'CANCELLED' } });
  });

  it('but refused says why, and nothing is on the screen', async () => {
    windowWith({
      ...runsEngine().handlers,
      'run.start': () => {
        throw new CutpointError('OUT_OF_MEMORY', 'It does not fit.', { remedy: 'Take a smaller batch.' });
      },
    });
    const runs = useRuns();
    await runs.start(plan);
    expect(runs).toMatchObject({ busy: null, selected: null, error: { code: 'OUT_OF_MEMORY' } });
    expect(runs.list).toEqual([]);
  });
});

describe('a run that goes on', () => {
  it('is followed by a window that is opened, wherever it was started, and shown where that is asked for', async () => {
    const engine = runsEngine(runOf('c'), runOf('t', { status: 'running' }));
    const runs = await windowOn(engine);
    expect(runs.selected).toBeNull();
    expect(engine.followed()).toEqual(['t']);
    engine.report('t', { kind: 'epoch', record: epochOf(1), bestEpoch: 1 });
    await arrived();
    expect(runs.detailsOf('t')?.epochs).toHaveLength(1);
    await runs.select('t');
    expect(runs.selected?.id).toBe('t');
    expect(engine.followed()).toEqual(['t']);
  });

  it('is shown as it goes when it is part of a comparison, too, and so is the next one of it', async () => {
    const engine = runsEngine(runOf('s1', { status: 'running', comparison: 'comparison' }));
    const runs = await windowOn(engine);
    await runs.select('s1');
    expect(runs.selected).toMatchObject({ id: 's1', comparison: 'comparison' });
    engine.report('s1', { kind: 'epoch', record: epochOf(1), bestEpoch: 1 });
    await arrived();
    expect(runs.list[0]).toMatchObject({ epochs: 1 });
    engine.end('s1', { status: 'completed' });
    await arrived();
    expect(runs.training).toBeNull();
    await engine.handlers['run.start']!(plan, { signal: new AbortController().signal, progress: () => {} });
    await runs.refresh();
    await runs.select('new');
    await arrived();
    expect(engine.followed()).toEqual(['new']);
    engine.report('new', { kind: 'epoch', record: epochOf(1), bestEpoch: 1 });
    await arrived();
    expect(runs.selected).toMatchObject({ id: 'new', epochs: [{ epoch: 1 }] });
  });

  it('is paused, resumed and stopped by its id, and shown as what it then is', async () => {
    const engine = runsEngine(runOf('t', { status: 'running' }));
    const runs = await windowOn(engine);
    const statuses = [];
    for (const command of ['run.pause', 'run.resume', 'run.stop'] as const) {
      await runs.command(command, 't');
      statuses.push(runs.selected?.status);
    }
    expect(engine.asked).toEqual(['run.pause', 'run.resume', 'run.stop'].map((method) => [method, { id: 't' }]));
    expect(statuses).toEqual(['paused', 'running', 'stopped']);
    expect(runs.canResume(runs.selected!.status)).toBe(true);
    await runs.resumeWith('t', 2);
    expect(engine.asked.at(-1)).toEqual(['run.resume', { id: 't', batch: 2 }]);
  });

  it('stays as it was where a command is refused, with the reason', async () => {
    const engine = runsEngine(runOf('t', { status: 'running' }));
    windowWith({
      ...engine.handlers,
      'run.pause': () => {
        throw new CutpointError('RUN_STATE', 'It has just ended.');
      },
    });
    const runs = useRuns();
    await runs.refresh();
    await runs.select('t');
    await runs.command('run.pause', 't');
    expect(runs).toMatchObject({ busy: null, error: { code: 'RUN_STATE' }, selected: { status: 'running' } });
  });

  it('and fails is shown as failed, with the reason', async () => {
    const engine = runsEngine(runOf('t', { status: 'running' }));
    const runs = await windowOn(engine);
    await runs.select('t');
    engine.end('t', { status: 'failed', error: { code: 'DIVERGED', message: 'The loss is no number.' } });
    await arrived();
    expect(runs.selected).toMatchObject({ status: 'failed', error: { code: 'DIVERGED' } });
    expect(runs.list[0]?.error).toBe('The loss is no number.');
    expect(runs.training).toBeNull();
  });
});

describe('a connection that is lost', () => {
  it('takes nothing off the screen, is the banner’s to tell, and once it is back the run goes on there', async () => {
    const engine = runsEngine(runOf('t', { status: 'running' }), runOf('c'));
    windowWith({});
    const cut = connectTo(engine.handlers);
    const runs = useRuns();
    await runs.refresh();
    await runs.select('t');
    await arrived();
    engine.report('t', { kind: 'epoch', record: epochOf(1), bestEpoch: 1 });
    await arrived();
    cut();
    await arrived();
    expect(runs.error).toBeNull();
    expect(ids(runs)).toEqual(['t', 'c']);
    expect(runs.selected).toMatchObject({ id: 't', epochs: [{ epoch: 1 }] });
    expect(engine.followed()).toEqual([]);

    // Meanwhile it went on.
    engine.end('t', { status: 'running', epochs: [epochOf(1), epochOf(2)], bestEpoch: 2 });
    connectTo(engine.handlers);
    expect(useConnection().engine.state).toBe('ready');
    await runs.refresh();
    await arrived();
    expect(runs.selected).toMatchObject({ id: 't', bestEpoch: 2 });
    await expect.poll(() => engine.followed()).toEqual(['t']);
    engine.report('t', { kind: 'epoch', record: epochOf(3), bestEpoch: 3 });
    await arrived();
    expect(runs.selected?.epochs).toHaveLength(3);
  });

  it('is told where somebody asked for something', async () => {
    windowWith({});
    const cut = connectTo(runsEngine(runOf('t', { status: 'running' })).handlers);
    const runs = useRuns();
    await runs.refresh();
    cut();
    await arrived();
    await runs.command('run.pause', 't');
    expect(runs).toMatchObject({ busy: null, error: { code: 'CONNECTION_LOST' } });
  });
});
