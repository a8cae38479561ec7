import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { networkSize } from '../../../src-main/backbone/architecture.ts';
import { trainingPlan, type TrainingPlanInput } from '../../../src-main/contract/plan.ts';
import type { InputOf } from '../../../src-main/contract/index.ts';
import { folderForFile } from '../../support/folder.ts';
import { smallStudy } from '../../support/pictures.ts';
import { services, tinyPlan } from './inProcess.ts';

const folder = folderForFile();
const study = join(folder, 'study');
let engine: Awaited<ReturnType<typeof services>>;
beforeAll(async () => {
  await smallStudy(study, { patients: 20, each: 4 });
  engine = await services(join(folder, 'workspace'));
});
afterAll(() => engine.close());

/** Large enough that an epoch is made of steps, not of what is around them. */
const plan = (changes: Partial<TrainingPlanInput> = {}): TrainingPlanInput =>
  tinyPlan(study, { input: 128, batch: 8, cut: 'block_7_add', epochs: 4, earlyStopping: null, ...changes });

const NEUTRAL = { flipHorizontal: false, flipVertical: false, crop: 0, rotation: 0, brightness: 0 };

/** How far a run may be from what was said on a machine that others use; what is said itself is narrower. */
const FACTOR = 3;

describe('an estimate', () => {
  it.each([
    ['a truncated network', {}],
    ['frozen layers', { strategy: 'layerwise', cut: 'block_5_add' } as const],
  ])('of %s is near what a run takes, and reads the parts that the run will have', async (_what, changes) => {
    const estimate = await engine.call('run.estimate', { plan: plan(changes) });
    const run = await (await engine.train(plan(changes))).end;
    const { split, epochs } = run;
    const [train, validation, test] = [split!.train, split!.validation, split!.test].map(({ images }) => images);
    expect(estimate).toMatchObject({ runs: 1, more: false, basis: 'measured', images: { train, validation, test } });
    // The first epochs also send the images through what is frozen: the total counts on it.
    const total = epochs.reduce((sum, { seconds }) => sum + seconds, 0);
    expect(estimate.total!.value / total).toBeGreaterThan(1 / FACTOR);
    expect(estimate.total!.value / total).toBeLessThan(FACTOR);
    const { low, value, high } = estimate.epoch!;
    expect([low < value, value < high]).toEqual([true, true]);
    expect(estimate.memory!.fits).toBe(true);
  });

  it('takes the epochs of an earlier run of the same network, in proportion to its images', async () => {
    const { epochs } = (await (
      await engine.train(plan({ cut: 'block_2_add' }))
    ).end) as { epochs: { seconds: number }[] };
    const first = await engine.call('run.estimate', { plan: plan({ cut: 'block_2_add', epochs: 10 }) });
    const seconds = epochs.map((each) => each.seconds).sort((a, b) => a - b);
    expect(first).toMatchObject({ basis: 'earlier', reason: null });
    expect(first.epoch!.low).toBeCloseTo(seconds[0]!, 5);
    expect(first.epoch!.high).toBeCloseTo(seconds.at(-1)!, 5);
    expect(first.total!.value).toBeCloseTo(10 * first.epoch!.value, 5);
    const twice = { train: 2 * first.images.train, validation: 2 * first.images.validation, test: 0 };
    const more = await engine.call('run.estimate', { plan: plan({ cut: 'block_2_add' }), images: twice });
    expect(more.epoch!.value).toBeCloseTo(2 * first.epoch!.value, 5);
    // Another batch size is another thing.
    const other = await engine.call('run.estimate', { plan: plan({ cut: 'block_2_add', batch: 4 }) });
    expect(other.basis).toBe('measured');
  });

  it('counts on the earliest end by early stopping for the least', async () => {
    const images = { train: 80, validation: 16, test: 16 };
    const asked = { plan: plan({ epochs: 50, earlyStopping: 4 }), images };
    const { epoch, total } = await engine.call('run.estimate', asked);
    expect(total!.low).toBeGreaterThanOrEqual(5 * epoch!.low);
    expect(total!.low).toBeLessThan(6 * epoch!.low + epoch!.high);
    expect(total!.value).toBeGreaterThanOrEqual(50 * epoch!.value);
  });

  it('says what decoded images and checkpoints take', async () => {
    const images = { train: 100, validation: 20, test: 30 };
    const { disk } = await engine.call('run.estimate', { plan: plan(), images });
    expect(disk.cache).toBe(150 * 128 * 128 * 3);
    const { parameters } = networkSize(trainingPlan.parse(plan()), ['a', 'b']);
    // Adam keeps two values beside each parameter; the last and the best epoch stay.
    expect(disk.checkpoints).toBe(2 * 3 * 4 * parameters);
    expect(disk.free).toBeGreaterThan(0);
  });

  it('says what the frozen layers’ output takes: rounded to two bytes to train on, of what is measured four', async () => {
    const images = { train: 1000, validation: 20, test: 30 };
    const cacheOf = async (changes: Partial<TrainingPlanInput>) => {
      const frozen = plan({ strategy: 'layerwise', cut: 'block_5_add', epochs: 10, ...changes });
      const { disk } = await engine.call('run.estimate', { plan: frozen, images });
      return (disk.cache - 1050 * 128 * 128 * 3) / (16 * 16 * 32);
    };
    // Statistics are measured on 256 images.
    expect(await cacheOf({})).toBe(2 * 4 * 1000 + 4 * 306);
    expect(await cacheOf({ epochs: 3 })).toBe(2 * 3 * 1000 + 4 * 306);
    expect(await cacheOf({ augmentation: NEUTRAL })).toBe(2 * 1000 + 4 * 306);
    expect(await cacheOf({ classifier: 'svm' })).toBe(2 * 4 * 1000 + 4 * 1050);
  });

  it('of a comparison is that of all its runs', async () => {
    const images = { train: 60, validation: 20, test: 20 };
    const one = await engine.call('run.estimate', { plan: plan(), images: { train: 67, validation: 8, test: 25 } });
    const comparison: InputOf<'comparison.estimate'>['plan'] = {
      kind: 'tournament',
      base: plan({ cut: undefined, split: { validation: 0.1, test: 0.2 } }),
      strategies: ['truncated', 'scratch'],
      cuts: ['block_7_add'],
      reference: 'truncated',
      folds: { kind: 'groups', k: 4 },
    };
    const all = await engine.call('comparison.estimate', {
      plan: { ...comparison, strategies: ['truncated'] },
      images,
    });
    expect(all).toMatchObject({ runs: 4, more: false });
    expect(all.total!.value / one.total!.value).toBeCloseTo(4, 0);
    const both = await engine.call('comparison.estimate', { plan: comparison, images });
    expect(both.runs).toBe(8);
    expect(both.total!.value).toBeGreaterThan(all.total!.value);
  });

  it('gives no time that it does not know, and says why', async () => {
    const images = { train: 100, validation: 20, test: 30 };
    const huge = plan({ input: 1024, batch: 1024, backbone: 'resnet50', strategy: 'full', cut: undefined });
    expect(await engine.call('run.estimate', { plan: huge, images })).toMatchObject({
      epoch: null,
      total: null,
      basis: null,
      reason: 'memory',
      memory: { fits: false },
    });
    const search = { kind: 'search', method: 'fast', base: plan({ cut: undefined }) } as const;
    expect(await engine.call('comparison.estimate', { plan: search, images })).toMatchObject({
      runs: 0,
      more: true,
      total: null,
      reason: 'open',
    });
    const { id, until, end } = await engine.train(plan({ epochs: 500 }));
    await until(({ kind }) => kind === 'step');
    const beside = await engine.call('run.estimate', { plan: plan({ input: 64 }), images });
    await engine.call('run.stop', { id });
    await end;
    expect(beside).toMatchObject({ epoch: null, total: null, reason: 'busy' });
  });
});
