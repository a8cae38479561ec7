import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { type RunEvent } from '../../../src-main/contract/run.ts';
import { trainingPlan, type TrainingPlan, type TrainingPlanInput } from '../../../src-main/contract/plan.ts';
import { rowsOf } from '../../../src-main/contract/table.ts';
import { generator } from '../../../src-main/engine/random.ts';
import { requireSvm } from '../../../src-main/engine/train/requireSvm.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { put } from '../../support/pictures.ts';
import { numbersOf, services, tinyPlan } from './inProcess.ts';

/** Pictures of one colour each, red, green or blue by class, with much noise. */
async function colouredStudy(classes: readonly string[], { patients = 8, each = 2 } = {}) {
  const folder = temporaryFolder();
  const study = join(folder, 'study');
  for (const [channel, label] of classes.entries()) {
    for (let image = 0; image < patients * each; image++) {
      const random = generator('picture', label, image);
      const samples = Uint8Array.from(
        { length: 24 * 24 * 3 },
        (_, at) => 160 * random() + (at % 3 === channel ? 60 : 0),
      );
      const picture = sharp(samples, { raw: { width: 24, height: 24, channels: 3 } });
      const patient = channel * patients + Math.floor(image / each);
      put(study, `${label}/p${patient}_${image}.png`, await picture.png().toBuffer());
    }
  }
  return { study, workspace: join(folder, 'workspace') };
}

const FEATURES = { strategy: 'features', classifier: 'svm', batch: 8 } as const;
const FINE_TUNED = { classifier: 'svm', epochs: 2, batch: 8 } as const;

describe('an SVM is a model like any other', () => {
  it.each([
    ['two classes, pooled features', ['a', 'b'], FEATURES, 1],
    ['three classes, flattened features', ['a', 'b', 'c'], { ...FEATURES, pooling: 'flatten' }, 1],
    ['two classes, fine-tuned features', ['a', 'b'], FINE_TUNED, 3],
    ['three classes, fine-tuned features', ['a', 'b', 'c'], FINE_TUNED, 3],
  ] as const)('of %s', async (_, classes, plan, epochs) => {
    const { study, workspace } = await colouredStudy(classes);
    const { train, opened, call, close } = await services(workspace);
    const run = await opened(await (await train(tinyPlan(study, plan as Partial<TrainingPlanInput>))).end);
    expect(run).toMatchObject({ status: 'completed', error: null, bestEpoch: epochs });
    expect(run.epochs).toHaveLength(epochs);
    expect(run.epochs.at(-1)).toMatchObject({ epoch: epochs, stage: 'svm', learningRate: 0 });
    expect(run.epochs.slice(0, -1).map(({ stage }) => stage)).toEqual(Array(epochs - 1).fill('fine-tuning'));
    // Random weights keep enough of a colour to tell it by.
    expect(run.test!.metrics.auroc).toBeGreaterThan(0.9);
    expect(run.epochs.at(-1)!.trainLoss).toBeLessThan(Math.log(classes.length));

    const out = join(workspace, `${run.id}.onnx`);
    const { parity, card } = await call('model.export', { id: run.id, format: 'onnx', out, latency: false });
    expect(parity).toMatchObject({ changedDecisions: 0 });
    expect(parity.largestDifference).toBeLessThan(1e-5);
    expect(readFileSync(card!, 'utf8').split('\n')[0]).toMatch(/SVM/);
    const files = [join(study, 'a/p0_0.png'), join(study, 'b/p8_0.png')];
    const { predictions: own } = await call('model.predict', { model: run.id, files });
    const { predictions: exported } = await call('model.predict', { model: out, files });
    own.forEach(({ probabilities }, index) => {
      expect(probabilities.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
      probabilities.forEach((value, k) => expect(exported[index]!.probabilities[k]).toBeCloseTo(value, 5));
    });
    await close();
  });
});

const isFitting = (event: RunEvent): boolean =>
  event.kind === 'stage' && event.stage === 'fitting' && event.message.startsWith('Fitting a linear SVM');

describe('a run that ends in an SVM', () => {
  it('closed and stopped while the SVM is fitted goes on to the numbers of a run left alone; before, it has its softmax', async () => {
    const { study, workspace } = await colouredStudy(['a', 'b', 'c']);
    const first = await services(workspace);
    const plan = tinyPlan(study, FINE_TUNED);
    const alone = await first.opened(await (await first.train(plan)).end);
    expect(alone).toMatchObject({ status: 'completed', bestEpoch: 3 });

    const run = await first.train(plan);
    await run.until(isFitting);
    await first.close();
    expect(await run.end).toMatchObject({ status: 'interrupted', test: null });

    const second = await services(workspace);
    const between = await second.call('run.get', { id: run.id });
    expect(between.epochs).toHaveLength(2);
    // Three logits of a softmax read as SVMs' would be other probabilities.
    const out = join(workspace, 'softmax.onnx');
    const { parity } = await second.call('model.export', { id: run.id, format: 'onnx', out, latency: false });
    expect(parity.changedDecisions).toBe(0);

    const resumed = second.follow(await second.call('run.resume', { id: run.id }));
    await resumed.until(isFitting);
    const stopped = await second.call('run.stop', { id: run.id });
    expect(stopped).toMatchObject({ status: 'stopped', bestEpoch: between.bestEpoch });
    expect((await second.opened(stopped)).test!.images).toBe(stopped.split!.test.images);

    const ended = await second.follow(await second.call('run.resume', { id: run.id })).end;
    expect(ended.status).toBe('completed');
    expect(numbersOf(ended)).toEqual(numbersOf(alone));
    await second.close();
  });

  it('on features alone, closed and resumed, too; no tensor is left', async () => {
    const { study, workspace } = await colouredStudy(['a', 'b']);
    const first = await services(workspace);
    const alone = await first.opened(await (await first.train(tinyPlan(study, FEATURES))).end);
    const tensors = tf.memory().numTensors;
    const run = await first.train(tinyPlan(study, FEATURES));
    await run.until(isFitting);
    await first.close();
    expect(await run.end).toMatchObject({ status: 'interrupted', epochs: [] });
    const second = await services(workspace);
    const resumed = await second.follow(await second.call('run.resume', { id: run.id })).end;
    expect(resumed.status).toBe('completed');
    expect(numbersOf(await second.opened(resumed))).toEqual(numbersOf(alone));
    expect(tf.memory().numTensors).toBe(tensors);
    await second.close();
  });
});

describe('refused before anything is stored', () => {
  it.each([
    ['a softmax head that nothing trains', {}, { strategy: 'features' }, 'INPUT_INVALID', /svm.*layerwise/],
    ['one patient of a class to train on', { patients: 3 }, FEATURES, 'TOO_FEW_GROUPS', /softmax/],
    [
      'one patient of a class in a share of them',
      { patients: 10 },
      { ...FINE_TUNED, trainShare: 0.1 },
      'TOO_FEW_GROUPS',
      /larger share/,
    ],
    ['one patient of a class, for fine-tuning', { patients: 3 }, FINE_TUNED, 'TOO_FEW_GROUPS', /softmax/],
  ] as const)('%s', async (_, size, plan, code, remedy) => {
    const { study, workspace } = await colouredStudy(['a', 'b'], size);
    const { call, close } = await services(workspace);
    const start = call('run.start', tinyPlan(study, plan as Partial<TrainingPlanInput>));
    await expect(start).rejects.toMatchObject({ code, remedy: expect.stringMatching(remedy) });
    expect(rowsOf(await call('run.list', {}))).toEqual([]);
    await close();
  });

  it('features that would not fit into memory', () => {
    const plan = trainingPlan.parse(tinyPlan('/study', { ...FEATURES, pooling: 'flatten', input: 1024 }));
    const image = (index: number) => ({ label: `${index % 2}`, group: `${index}`, sha256: `${index}` });
    const images = Array.from({ length: 400 }, (_, index) => image(index));
    const split = images.map(() => 'train' as const);
    const check = (changes: Partial<TrainingPlan>) => () =>
      requireSvm({ ...plan, ...changes }, { images, classes: ['0', '1'] }, split);
    expect(check({})).toThrow(
      expect.objectContaining({ code: 'INPUT_INVALID', remedy: expect.stringMatching(/pooling/) }),
    );
    expect(check({ pooling: 'average' })).not.toThrow();
    expect(check({ strategy: 'truncated', classifier: 'softmax' })).not.toThrow();
  });

  it('a study one of whose runs could not be calibrated', async () => {
    const { study, workspace } = await colouredStudy(['a', 'b'], { patients: 4 });
    const { call, close } = await services(workspace);
    const start = call('comparison.start', {
      kind: 'tournament',
      base: tinyPlan(study),
      strategies: ['full', 'features-svm'],
      folds: { kind: 'groups', k: 2 },
    });
    await expect(start).rejects.toMatchObject({ code: 'TOO_FEW_GROUPS', message: expect.stringMatching(/SVM/) });
    await close();
  });
});
