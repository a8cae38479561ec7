import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countsAt } from '../../../src-main/contract/operating.ts';
import type { CutpointError } from '../../../src-main/contract/errors.ts';
import { folderForFile } from '../../support/folder.ts';
import { smallStudy } from '../../support/pictures.ts';
import { services, tinyPlan } from './inProcess.ts';

const folder = folderForFile();
const study = join(folder, 'study');
let engine: Awaited<ReturnType<typeof services>>;
let id: string;

beforeAll(async () => {
  await smallStudy(study, { patients: 40, each: 2 });
  engine = await services(join(folder, 'workspace'));
  id = (await (await engine.train(tinyPlan(study, { epochs: 2 }))).end).id;
});
afterAll(() => engine.close());

const refusal = async (promise: Promise<unknown>) =>
  promise.then(
    () => expect.unreachable(),
    (thrown: unknown) => thrown as CutpointError,
  );

describe('a threshold', () => {
  it('is chosen on the validation images, with the counts that they have there', async () => {
    const { call } = engine;
    const evaluation = await call('run.evaluate', { id, part: 'validation' });
    const found = await call('run.operating', { id, rule: { kind: 'fixed', threshold: 0.5 } });
    const [negatives, positives] = evaluation.metrics.confusionMatrix as [number[], number[]];
    expect(found).toMatchObject({ positive: evaluation.classes[1], threshold: 0.5, kept: null, part: null });
    const counts = { trueNegatives: negatives[0], falsePositives: negatives[1], falseNegatives: positives[0], truePositives: positives[1] }; // prettier-ignore
    expect(found.validation).toMatchObject({ counts, groups: evaluation.groups, images: evaluation.images });
    expect(found.validation!.sensitivity.method).toBe('bootstrap');
    expect(countsAt(found.cutoffs, 0.5)).toEqual(counts);
  });

  it('is frozen when it is kept, and only then looked at elsewhere', async () => {
    const { call } = engine;
    expect(await refusal(call('run.operating', { id, part: 'test' }))).toMatchObject({ code: 'INPUT_INVALID' });
    const rule = { kind: 'sensitivity', target: 0.75 } as const;
    const kept = await call('run.operate', { id, rule });
    expect(kept.validation!.sensitivity.value).toBeGreaterThanOrEqual(0.75);
    expect(kept.kept).toMatchObject({ afterTest: false });
    const { positive, threshold } = kept;
    expect(await call('run.choices', { id })).toEqual({
      calibration: 'none',
      labelPoints: [],
      operatingPoint: { rule, positive, threshold },
    });
    await call('run.openTest', { id });
    const tested = await call('run.operating', { id, part: 'test' });
    expect(tested).toMatchObject({ rule, threshold: kept.threshold, kept: kept.kept });
    expect(tested.part).toMatchObject({ on: 'test', images: (await call('run.get', { id })).test!.images });
    // Another rule is looked at on the validation images alone.
    expect(await refusal(call('run.operating', { id, part: 'test', rule: { kind: 'youden' } }))).toMatchObject({
      code: 'INPUT_INVALID',
    });
    expect((await call('run.operating', { id, rule: { kind: 'youden' } })).kept).toBeNull();
  });

  it('that was kept after the test figures were looked at says so, and can be taken back', async () => {
    const { call } = engine;
    await call('run.openTest', { id });
    const kept = await call('run.operate', { id, rule: { kind: 'fixed', threshold: 0.25 } });
    expect(kept.kept).toMatchObject({ afterTest: true });
    expect((await call('run.operate', { id, rule: null })).kept).toBeNull();
    expect((await call('run.operating', { id })).rule).toEqual({ kind: 'youden' });
  });

  it('of two classes is one of the positive class', async () => {
    const { classes } = await engine.call('run.get', { id });
    const asked = engine.call('run.operating', { id, rule: { kind: 'youden' }, positive: classes[0]! });
    expect((await refusal(asked)).message).toContain(`'${classes[1]}'`);
  });
});

describe('a decision curve', () => {
  it('begins near treating all and ends at treating none', async () => {
    const found = await engine.call('run.decisionCurve', { id, from: 0.001, to: 0.999, step: 0.001 });
    const { positives, images, thresholds, model, all } = found;
    expect([thresholds[0], thresholds.at(-1), thresholds.length]).toEqual([0.001, 0.999, 999]);
    expect(model[0]).toBeCloseTo(all[0]!, 3);
    expect(found.prevalence).toBe(positives / images);
    expect(found.standardised[10]).toBeCloseTo(model[10]! / (positives / images), 12);
  });

  it('refuses a range that ends before it begins', async () => {
    expect((await refusal(engine.call('run.decisionCurve', { id, from: 0.5, to: 0.4 }))).code).toBe('INPUT_INVALID');
  });
});

describe('prediction sets', () => {
  it('are refused where too few patients calibrate them, which is said', async () => {
    const found = await engine.call('run.conformal', { id, alpha: 0.02 });
    expect(found).toMatchObject({ least: 49, needed: 57, sizes: null, handed: null });
    expect(found.refused).toMatch(/takes 57 validation patients of each class .* has \d+\.$/);
    expect(found.classes.map(({ threshold, coverage }) => [threshold, coverage])).toEqual([[null, null], [null, null]]); // prettier-ignore
  });

  it('cover the patients that they are calibrated on as often as their rank says', async () => {
    const found = await engine.call('run.conformal', { id, alpha: 0.4 });
    expect(found.refused).toBeNull();
    for (const { calibration, coverage } of found.classes) {
      // Patients with equal probabilities aside, exactly the first k of n.
      expect(coverage).toMatchObject({ count: Math.ceil((calibration.groups + 1) * 0.6 - 1e-9), of: calibration.groups }); // prettier-ignore
    }
    const { none, one, several } = found.sizes!;
    expect(none + one + several).toBe(found.images);
    expect(found.handed!.images).toMatchObject({ count: none + several, of: found.images });
  });
});
