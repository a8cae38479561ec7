import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../support/folder.ts';
import { smallStudy } from '../../support/pictures.ts';
import { randomWeightsFile } from '../../support/weights.ts';
import { numbersOf, services, tinyPlan } from './inProcess.ts';
import type { TrainingPlanInput } from '../../../src-main/contract/plan.ts';
import type { RunEvent, RunSummary } from '../../../src-main/contract/run.ts';
import { rowsOf } from '../../../src-main/contract/table.ts';

function mkdirOf(folder: string, name: string): string {
  mkdirSync(join(folder, name), { recursive: true });
  return join(folder, name);
}

async function setUp() {
  const folder = temporaryFolder();
  const study = join(folder, 'study');
  await smallStudy(study, { patients: 16, each: 3 });
  return { study, workspace: join(folder, 'workspace') };
}

describe('a run', () => {
  it('paused, stopped by closing and resumed by the next engine gives the numbers of a run left alone, bit for bit', async () => {
    const { study, workspace } = await setUp();
    const first = await services(workspace);
    const alone = await first.opened(await (await first.train(tinyPlan(study))).end);
    expect(alone).toMatchObject({ status: 'completed', error: null });

    const run = await first.train(tinyPlan(study));
    await run.until((event) => event.kind === 'step' && event.epoch === 2);
    await first.call('run.pause', { id: run.id });
    await run.until((event) => event.kind === 'status' && event.status === 'paused');
    const quiet = run.events.length;
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(run.events.length).toBe(quiet);
    expect((await first.call('run.get', { id: run.id })).status).toBe('paused');
    await first.call('run.resume', { id: run.id });
    await run.until((event) => event.kind === 'epoch' && event.record.epoch === 2);
    await first.close();
    expect((await run.end).status).toBe('interrupted');

    const second = await services(workspace);
    expect((await second.call('run.get', { id: run.id })).epochs.length).toBeGreaterThanOrEqual(2);
    const resumed = await second.follow(await second.call('run.resume', { id: run.id })).end;
    expect(resumed.status).toBe('completed');
    expect(numbersOf(await second.opened(resumed))).toEqual(numbersOf(alone));
    await second.close();
  });

  it('trained in bfloat16 says so wherever it is told of, is measured in float32, and is resumed in what it began with', async () => {
    const { study, workspace } = await setUp();
    const { train, follow, opened, call, close } = await services(workspace);
    // A network of whole convolutions: those of single channels stay in float32.
    const plan = tinyPlan(study, { backbone: 'resnet18', cut: 'layer1.0', epochs: 2 });
    const exact = await opened(await (await train(plan)).end);
    // What this machine does not do faster is not what automatic precision takes; what it took is in the plan from then on.
    expect(['float32', 'bfloat16']).toContain(exact.plan.precision);
    const alone = await opened(await (await train({ ...plan, precision: 'bfloat16' })).end);
    expect(alone).toMatchObject({ status: 'completed', plan: { precision: 'bfloat16' } });
    const inFloat32 = await opened(await (await train({ ...plan, precision: 'float32' })).end);
    expect(numbersOf(alone).epochs).not.toEqual(numbersOf(inFloat32).epochs);
    for (const [i, { validationLoss }] of alone.epochs.entries())
      expect(Math.abs(validationLoss - inFloat32.epochs[i]!.validationLoss)).toBeLessThan(0.3);

    const run = await train({ ...plan, precision: 'bfloat16' });
    await run.until((event) => event.kind === 'epoch' && event.record.epoch === 1);
    await call('run.stop', { id: run.id });
    const resumed = await opened(await follow(await call('run.resume', { id: run.id })).end);
    expect(numbersOf(resumed)).toEqual(numbersOf(alone));

    // Predicted anew, which is always done in float32, the figures are those of the run.
    const again = await call('run.evaluate', { id: alone.id, again: true });
    expect(again.metrics.auroc).toBeCloseTo(alone.test!.metrics.auroc!, 6);
    const out = join(temporaryFolder(), 'model.onnx');
    await call('model.export', { id: alone.id, format: 'onnx', out, latency: false });
    expect(readFileSync(`${out}.card.md`, 'utf8')).toContain('were trained in bfloat16');
    const certificate = JSON.parse(readFileSync(`${out}.certificate.json`, 'utf8')) as { model: { trainedIn: string } };
    expect(certificate.model.trainedIn).toBe('bfloat16');
    await close();
  });

  it('stopped keeps and tests its best epoch, and can go on later', async () => {
    const { study, workspace } = await setUp();
    const { train, follow, opened, call, close } = await services(workspace);
    const run = await train(tinyPlan(study, { epochs: 50, earlyStopping: null }));
    await run.until((event) => event.kind === 'epoch' && event.record.epoch === 2);
    const stopped = await call('run.stop', { id: run.id });
    expect(stopped.status).toBe('stopped');
    expect(stopped.epochs.length).toBeLessThan(50);
    expect((await opened(stopped)).test!.images).toBe(stopped.split!.test.images);
    const again = follow(await call('run.resume', { id: run.id }));
    await again.until((event) => event.kind === 'epoch' && event.record.epoch === stopped.epochs.length + 1);
    await call('run.stop', { id: run.id });
    await close();
  });

  it('tells a follower who comes late what happened before', async () => {
    const { study, workspace } = await setUp();
    const { train, follow, call, close } = await services(workspace);
    const run = await train(tinyPlan(study, { epochs: 2 }));
    await run.end;
    const late = follow(await call('run.get', { id: run.id }));
    await late.end;
    expect(late.events.flatMap((event) => (event.kind === 'epoch' ? [event.record.epoch] : []))).toEqual([1, 2]);
    // Who lost the connection and comes back after the end hears the rest; what another engine told is not known.
    const middle = run.events.findIndex((event) => event.kind === 'epoch');
    const rest: RunEvent[] = [];
    await call('run.watch', { id: run.id, after: run.events[middle]!.id }, (event) => rest.push(event));
    expect(rest).toEqual(run.events.slice(middle + 1));
    const anew: RunEvent[] = [];
    await call('run.watch', { id: run.id, after: 'another-1' }, (event) => anew.push(event));
    expect(anew).toEqual(late.events);
    await close();
  });

  it('tells a follower who comes in the middle what it does just now', async () => {
    const { study, workspace } = await setUp();
    const { train, follow, call, close } = await services(workspace);
    const run = await train(tinyPlan(study, { epochs: 1000 }));
    await run.until(({ kind }) => kind === 'step');
    await call('run.pause', { id: run.id });
    await run.until((event) => event.kind === 'status' && event.status === 'paused');
    const late = follow(await call('run.get', { id: run.id }));
    const kinds = late.events.map(({ kind }) => kind);
    expect(kinds.slice(kinds.indexOf('status'))).toEqual(['status', 'stage', 'step']);
    await close();
    await late.end;
  });

  it('stops on what makes a study worthless until it is accepted, and tells it with its numbers', async () => {
    const { study, workspace } = await setUp();
    for (let index = 0; index < 4; index++) writeFileSync(join(mkdirOf(study, 'c'), `p${index}_0.png`), 'no image');
    const { train, opened, call, close } = await services(workspace);
    const plan = tinyPlan(study, { epochs: 1 });
    await expect(call('run.start', plan)).rejects.toMatchObject({
      code: 'DATA_DOUBTFUL',
      message: expect.stringContaining('The class "c" is lost: none of its 4 files can be read.'),
      details: { codes: ['LOST_CLASS'] },
    });
    await expect(call('run.start', { ...plan, accept: ['IMBALANCE'] })).rejects.toMatchObject({
      code: 'DATA_DOUBTFUL',
    });
    const run = await opened(await (await train({ ...plan, accept: ['all'] })).end);
    expect(run.plan.accept).toEqual(['LOST_CLASS']);
    expect(run).toMatchObject({ grouping: 'patient', findings: [{ code: 'LOST_CLASS', grave: true }] });
    expect(run.test).toMatchObject({ grouping: 'patient' });
    await close();
  });

  it('counts the classes so that the positive one is the second, and refuses one that is not there', async () => {
    const { study, workspace } = await setUp();
    const { train, opened, call, close } = await services(workspace);
    const run = await opened(await (await train(tinyPlan(study, { epochs: 1, positive: 'a' }))).end);
    expect(run.classes).toEqual(['b', 'a']);
    const { metrics, classes } = run.test!;
    expect(classes).toEqual(['b', 'a']);
    expect(metrics.sensitivity).toBe(metrics.perClass[1]!.sensitivity);
    expect(metrics.perClass.map(({ name }) => name)).toEqual(['b', 'a']);
    const evaluation = await call('run.evaluate', { id: run.id, data: { folder: study, groupPattern: '(p\\d+)_' } });
    expect(evaluation.metrics.perClass[1]).toMatchObject({ name: 'a', images: 24 });
    expect([run.test!.warnings, evaluation.warnings?.map(({ code }) => code)]).toEqual([
      undefined,
      ['SEEN_IN_TRAINING'],
    ]);
    const answer = await call('model.predict', { model: run.id, files: [join(study, 'a/p0_0.png')] });
    expect(answer.positive).toBe('a');
    await expect(call('run.start', tinyPlan(study, { positive: 'c' }))).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    });
    await close();
  });

  it('early stopping ends it before its last epoch', async () => {
    const { study, workspace } = await setUp();
    const { train, close } = await services(workspace);
    const plan = tinyPlan(study, { epochs: 40, earlyStopping: 1, learningRate: 1e-9 });
    const { status, epochs, bestEpoch } = await (await train(plan)).end;
    expect(status).toBe('completed');
    expect(epochs.length).toBe(bestEpoch! + 1);
    await close();
  });

  it('the flattened head, and each optimiser and schedule, train and export', async () => {
    const { study, workspace } = await setUp();
    const { train, call, close } = await services(workspace);
    const variants = [
      { pooling: 'flatten', schedule: { kind: 'cosine' } },
      { optimiser: { kind: 'sgd' }, schedule: { kind: 'step', every: 1 }, classWeights: 'none', weightDecay: 1e-4 },
      { strategy: 'full', cut: undefined, backbone: 'resnet18', schedule: { kind: 'constant' }, fit: 'stretch' },
    ] as const;
    for (const [index, variant] of variants.entries()) {
      const run = await (await train(tinyPlan(study, { epochs: 2, ...variant }))).end;
      expect(run, JSON.stringify(variant)).toMatchObject({ status: 'completed', error: null });
      const out = join(workspace, `model-${index}.onnx`);
      const { parity } = await call('model.export', { id: run.id, format: 'onnx', out, latency: false });
      expect(parity.largestDifference).toBeLessThanOrEqual(1e-4);
    }
    await close();
  });

  it('takes the preprocessing that its source expects, and keeps it', async () => {
    const { study, workspace } = await setUp();
    const { train, call, close } = await services(workspace);
    const file = await randomWeightsFile(workspace, 'mobilenet_v2_keras');
    const preprocessing = { mean: [0, 0, 0], std: [1, 0.5, 0.25] } satisfies TrainingPlanInput['preprocessing'];
    const add = { file, backbone: 'mobilenet_v2_keras' };
    await call('source.add', { ...add, name: 'own', preprocessing });
    await call('source.add', { ...add, name: 'published' });
    const lossesWith = async (source: string) => {
      const run = await (await train(tinyPlan(study, { source, epochs: 1 }))).end;
      return { plan: run.plan.preprocessing, losses: run.epochs.map(({ trainLoss }) => trainLoss) };
    };
    const [own, published] = [await lossesWith('own'), await lossesWith('published')];
    expect([own.plan, published.plan]).toEqual([preprocessing, undefined]);
    expect(own.losses).not.toEqual(published.losses);
    await close();
  });
});

describe('an export whose times are being measured', () => {
  it('can be cancelled: file, certificate and record stay; what belongs to another is not overwritten', async () => {
    const { study, workspace } = await setUp();
    const { train, call, close } = await services(workspace);
    const run = await (await train(tinyPlan(study, { epochs: 1 }))).end;
    const out = join(workspace, 'model.onnx');
    const cancel = new AbortController();
    const cancelAtMeasuring = ({ message }: { message: string }) => {
      if (message.startsWith('Measuring')) cancel.abort(new Error('enough'));
    };
    const request = { id: run.id, format: 'onnx', out } as const;
    await expect(call('model.export', request, cancelAtMeasuring, cancel.signal)).rejects.toMatchObject({
      code: 'CANCELLED',
    });
    const [record] = await call('model.exports', { id: run.id });
    expect(record).toMatchObject({ path: out, latency: null, parity: { changedDecisions: 0 } });
    const certificate = readFileSync(record!.certificate!, 'utf8');
    expect(JSON.parse(certificate)).toMatchObject({ file: { sha256: record!.sha256 }, latency: null });

    writeFileSync(join(workspace, 'other.onnx.card.md'), 'mine');
    const other = { ...request, out: join(workspace, 'other.onnx'), latency: false };
    await expect(call('model.export', other)).rejects.toMatchObject({ code: 'EXPORT_WRITE_FAILED' });
    expect(existsSync(other.out)).toBe(false);
    await close();
  });
});

describe('the queue', () => {
  it('takes one run after another, lets one leave, and those that wait are interrupted with the engine', async () => {
    const { study, workspace } = await setUp();
    const { train, call, close } = await services(workspace);
    const long = tinyPlan(study, { epochs: 200, earlyStopping: null });
    const first = await train(long);
    const second = await train(tinyPlan(study, { epochs: 1 }));
    const [third, fourth] = [await call('run.start', long), await call('run.start', long)];
    const statusOf = async (id: string) => (await call('run.get', { id })).status;
    expect(await Promise.all([second.id, third.id, fourth.id].map(statusOf))).toEqual(['queued', 'queued', 'queued']);
    await expect(call('run.pause', { id: third.id })).rejects.toMatchObject({ code: 'RUN_STATE' });
    expect(await call('run.stop', { id: third.id })).toMatchObject({ status: 'interrupted', error: null, epochs: [] });
    await expect(call('storage.remove', { kind: 'run', ids: [fourth.id] })).rejects.toMatchObject({ code: 'IN_USE' });
    await expect(call('storage.erase', { workspace })).rejects.toMatchObject({ code: 'IN_USE' });
    await first.until(({ kind }) => kind === 'epoch');
    await call('run.stop', { id: first.id });
    expect(await second.end).toMatchObject({ status: 'completed' });
    expect(second.events.flatMap((event) => (event.kind === 'status' ? event.status : []))).toEqual(
      expect.arrayContaining(['queued', 'running', 'completed']),
    );
    const last = await call('run.resume', { id: third.id });
    expect(last.status).toBe('queued');
    await close();

    const after = await services(workspace);
    for (const id of [third.id, fourth.id])
      expect(await after.call('run.get', { id })).toMatchObject({ status: 'interrupted' });
    await after.close();
  });
});

describe('the order of the queue', () => {
  it('can be changed, and a run that was put first trains first', async () => {
    const { study, workspace } = await setUp();
    const { train, call, close } = await services(workspace);
    const first = await train(tinyPlan(study, { epochs: 200, earlyStopping: null }));
    const [second, third] = [await train(tinyPlan(study, { epochs: 1 })), await train(tinyPlan(study, { epochs: 1 }))];
    const fourth = await call('run.start', tinyPlan(study, { epochs: 200 }));
    const ids = async () => (await call('queue.list', {})).map(({ id }) => id);
    expect(await call('queue.list', {})).toEqual([
      { kind: 'run', id: first.id, status: 'running' },
      ...[second, third, fourth].map(({ id }) => ({ kind: 'run', id, status: 'queued' })),
    ]);
    const moved = await call('queue.move', { id: third.id, to: 1 });
    expect(moved.map(({ id }) => id)).toEqual([first.id, third.id, second.id, fourth.id]);
    await call('queue.move', { id: second.id, to: 99 });
    expect(await ids()).toEqual([first.id, third.id, fourth.id, second.id]);
    await expect(call('queue.move', { id: first.id, to: 2 })).rejects.toMatchObject({ code: 'RUN_STATE' });

    // One that leaves holds nobody up.
    await call('run.stop', { id: fourth.id });
    expect(await ids()).toEqual([first.id, third.id, second.id]);
    await call('run.stop', { id: first.id });
    const [early, late] = [await third.end, await second.end];
    expect([early.status, late.status]).toEqual(['completed', 'completed']);
    expect(Date.parse(early.finishedAt!)).toBeLessThan(Date.parse(late.finishedAt!));
    expect(await ids()).toEqual([]);

    // Their curves in one call; who is gone is left out.
    const curves = await call('run.curves', { ids: [late.id, 'nobody', early.id] });
    const scores = (run: RunSummary) =>
      run.epochs.map(
        ({ validationAccuracy: _a, validationBalancedAccuracy: _b, liveTensors: _t, ...record }) => record,
      );
    expect(curves).toEqual([late, early].map((run) => ({ id: run.id, bestEpoch: 1, epochs: scores(run) })));
    const held = first.events.flatMap((event) => (event.kind === 'step' ? event.memory : []));
    // The program alone holds more than 100 MB, and these networks little.
    for (const bytes of held) expect(bytes).toBeGreaterThan(1e8);
    for (const bytes of held) expect(bytes).toBeLessThan(totalmem());
    await close();
  });
});

describe('refused with a code', () => {
  it('steering a run that is not training', async () => {
    const { study, workspace } = await setUp();
    const { train, call, close } = await services(workspace);
    const run = await train(tinyPlan(study, { epochs: 30, earlyStopping: null }));
    await call('run.stop', { id: run.id });
    await expect(call('run.pause', { id: run.id })).rejects.toMatchObject({ code: 'RUN_STATE' });
    await expect(call('run.stop', { id: 'nobody' })).rejects.toMatchObject({ code: 'RUN_UNKNOWN' });
    await close();
  });

  it.each([
    [{ backbone: 'resnet51' }, 'BACKBONE_UNKNOWN', /resnet50/],
    [{ cut: 'block_99_add' }, 'CUT_UNKNOWN', /block_2_add/],
    [{ cut: undefined }, 'INPUT_INVALID', /block_2_add/],
    [{ source: 'imagenet' }, 'SOURCE_UNKNOWN', /./],
  ])('plan with %o: %s', async (changes, code, remedy) => {
    const { study, workspace } = await setUp();
    const { call, close } = await services(workspace);
    const error = await call('run.start', tinyPlan(study, changes)).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code, remedy: expect.stringMatching(remedy) });
    expect(rowsOf(await call('run.list', {}))).toEqual([]);
    await close();
  });

  it('a source of another backbone, before a run is stored', async () => {
    const { study, workspace } = await setUp();
    const { call, close } = await services(workspace);
    const file = await randomWeightsFile(workspace, 'resnet18');
    await call('source.add', { file, backbone: 'resnet18', name: 'other' });
    const start = call('run.start', tinyPlan(study, { source: 'other' }));
    await expect(start).rejects.toMatchObject({ code: 'WEIGHTS_MISMATCH', remedy: expect.stringMatching(/resnet18/) });
    expect(rowsOf(await call('run.list', {}))).toEqual([]);
    await close();
  });

  it('a loss that is no number: the run fails and says what to do', async () => {
    const { study, workspace } = await setUp();
    const { train, close } = await services(workspace);
    const plan = tinyPlan(study, { learningRate: 10, weightDecay: 10, optimiser: { kind: 'sgd' } });
    const run = await (await train(plan)).end;
    expect(run).toMatchObject({
      status: 'failed',
      error: { code: 'TRAINING_DIVERGED', remedy: expect.stringMatching(/learning rate/) },
    });
    await close();
  });

  it('classes that the model does not know, on evaluation', async () => {
    const { study, workspace } = await setUp();
    const other = temporaryFolder();
    await smallStudy(join(other, 'x'), { patients: 6 });
    await smallStudy(join(other, 'y'), { patients: 6 });
    const { train, call, close } = await services(workspace);
    const run = await train(tinyPlan(study, { epochs: 1 }));
    await run.end;
    const evaluate = call('run.evaluate', { id: run.id, data: { folder: other } });
    await expect(evaluate).rejects.toMatchObject({ code: 'CLASSES_DIFFER', details: { unknown: ['x', 'y'] } });
    await close();
  });
});

const canMount =
  spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' }).status === 0;

describe('a full disk while a checkpoint is written', () => {
  it.skipIf(!canMount)(
    'fails the run, keeps what was stored, and resumes to the same numbers once there is space',
    async () => {
      const { study, workspace } = await setUp();
      const checkpoints = join(workspace, 'checkpoints');
      mkdirSync(checkpoints, { recursive: true });
      const script = join(import.meta.dirname, 'fixtures/fullDisk.ts');
      const mount = 'mount -t tmpfs -o size=600k tmpfs "$1"; exec "$2" "$3" "$4" "$5" "$1"';
      const args = ['-rm', 'sh', '-ec', mount, 'sh', checkpoints, process.execPath, script, workspace, study];
      const { stdout, stderr, status } = spawnSync('unshare', args, { encoding: 'utf8' });
      expect(status, stderr).toBe(0);
      const { failed, resumed, alone } = JSON.parse(stdout.trim().split('\n').at(-1)!);
      expect(failed).toMatchObject({ status: 'failed', error: { code: 'DISK_FULL' }, files: [] });
      expect(resumed.status).toBe('completed');
      expect(resumed.numbers).toEqual(alone);
    },
  );

  it.skipIf(!canMount)('of the whole workspace: who follows the run is told, and the engine lives on', async () => {
    const { study, workspace } = await setUp();
    mkdirSync(workspace);
    const script = join(import.meta.dirname, 'fixtures/fullWorkspace.ts');
    const mount = 'mount -t tmpfs -o size=8m tmpfs "$1"; exec "$2" "$3" "$1" "$4"';
    const args = ['-rm', 'sh', '-ec', mount, 'sh', workspace, process.execPath, script, study];
    const { stdout, stderr, status } = spawnSync('unshare', args, { encoding: 'utf8' });
    expect(status, stderr).toBe(0);
    const { heard, resumed, alone, ...end } = JSON.parse(stdout.trim().split('\n').at(-1)!);
    expect(heard).toBe('DISK_FULL');
    expect(end.status).toBe('completed');
    expect(resumed).toEqual(alone);
  });
});
