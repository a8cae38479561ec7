import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { EpochRecord } from '../../../src-main/contract/run.ts';
import {
  curvesOf,
  SELECTION_NAMES,
  selectionOf,
  tasks,
  type SelectionName,
  type TaskDescription,
} from '../../../src-main/contract/task/index.ts';
import { classification } from '../../../src-main/engine/task/classification.ts';
import type { Task } from '../../../src-main/engine/task/task.ts';
import { loadEngine } from '../../../src-main/engine/tensor/engines.ts';
import { compileErrors } from '../../support/compiled.ts';

const images = { labels: [0, 0, 0, 1, 1], classes: ['a', 'b'] };

describe('classification', () => {
  beforeAll(() => loadEngine('wasm'));

  test('weighs the classes of the training images by their frequency, as scikit-learn does, or not at all', () => {
    const train = [0, 1, 2, 3];
    const logits = tf.tensor2d([
      [0, 0],
      [0, Math.log(3)],
    ]);
    const lossOf = (classWeights: 'balanced' | 'none') => {
      const { loss, gradient } = classification.targets({ ...images, train }, { classWeights })([0, 4])(logits);
      gradient.dispose();
      return loss;
    };
    // Losses log 2 and log 4/3; weights 4 / (2 · 3) and 4 / (2 · 1).
    expect(lossOf('none')).toBeCloseTo((Math.log(2) + Math.log(4 / 3)) / 2, 6);
    expect(lossOf('balanced')).toBeCloseTo(((2 / 3) * Math.log(2) + 2 * Math.log(4 / 3)) / (2 / 3 + 2), 6);
    logits.dispose();
  });

  test('measures the images that were predicted, keeps of it what an epoch has', () => {
    const figures = classification.scores(images, [0, 1, 4], Float32Array.of(0.9, 0.1, 0.4, 0.6, 0.3, 0.7));
    expect(figures).toMatchObject({ auroc: 1, auprc: 1, confusionMatrix: [[1, 1], [0, 1]] }); // prettier-ignore
    const epoch = classification.epoch(figures);
    expect(epoch).toEqual({
      ...{ validationLoss: figures.loss, validationAuroc: 1, validationAuprc: 1 },
      validationAccuracy: figures.accuracy,
      validationBalancedAccuracy: figures.balancedAccuracy,
    });
    const { scores } = tasks.classification;
    const record = { ...epoch, validationAuroc: 0.7 } as EpochRecord;
    expect(scores.map(({ title, of }) => [title, of(record)])).toEqual([
      ['AUROC', 0.7],
      ['AUPRC', 1],
      ['accuracy', figures.accuracy],
      ['balanced accuracy', figures.balancedAccuracy],
    ]);
  });
});

test('by every figure that it offers the better epoch is chosen, and its row reads that figure of a record', () => {
  const figures = { ...classification.scores(images, [0, 1, 4], Float32Array.of(0.9, 0.1, 0.4, 0.6, 0.3, 0.7)) };
  const known = { ...figures, auprc: 0.5, auroc: 0.625, loss: 0.75, balancedAccuracy: 0.875 };
  const record = classification.epoch(known) as EpochRecord;
  const { selections } = tasks.classification;
  expect(selections.map(({ name }) => name)).toEqual(SELECTION_NAMES);
  for (const { name, better, of } of selections) {
    const { score, loss } = classification.selection(known, name);
    expect([Math.abs(score), loss, score > 0]).toEqual([of(record), 0.75, better === 'higher']);
  }
  // One class alone has no precision to speak of, and nothing to rank.
  const none = { ...known, auprc: null, auroc: null };
  expect([classification.selection(none, 'auprc').score, classification.selection(none, 'auroc').score]).toEqual([
    0, 0,
  ]);
});

test('what is chosen by is drawn, once; a loss has a chart of its own', () => {
  const drawn = (selection: SelectionName) => curvesOf({ task: 'classification', selection }).map(({ title }) => title);
  expect(drawn('auprc')).toEqual(['AUROC', 'AUPRC']);
  expect(drawn('loss')).toEqual(['AUROC', 'AUPRC']);
  expect(drawn('balanced-accuracy')).toEqual(['AUROC', 'AUPRC', 'balanced accuracy']);
  expect(SELECTION_NAMES.map((selection) => selectionOf({ task: 'classification', selection }).name)).toEqual(
    SELECTION_NAMES,
  );
});

test('the compiler refuses a task that lacks a part, and names it; and one that is described but not there', () => {
  const functions = ['describe', 'targets', 'scores', 'epoch', 'selection'] as const satisfies (keyof Task)[];
  const words = [
    'title',
    'head',
    'outputs',
    'scores',
    'curves',
    'selections',
    'figures',
  ] as const satisfies (keyof TaskDescription)[];
  const source = (type: string, from: string, parts: readonly string[], without?: string) => `
    import type { ${type} } from './src-main/${from}';
    declare const part: never;
    export const made: ${type} = { ${parts.filter((name) => name !== without).map((name) => `${name}: part`).join(', ')} };
  `; // prettier-ignore
  const task = (without?: string) => source('Task', 'engine/task/task.ts', functions, without);
  const described = (without?: string) => source('TaskDescription', 'contract/task/index.ts', words, without);
  const errors = compileErrors({
    task: task(),
    described: described(),
    ...Object.fromEntries(functions.map((name) => [`task ${name}`, task(name)])),
    ...Object.fromEntries(words.map((name) => [`described ${name}`, described(name)])),
    absent: `
      import type { TaskName } from './src-main/contract/task/index.ts';
      import type { Task } from './src-main/engine/task/task.ts';
      import { classification } from './src-main/engine/task/classification.ts';
      import { multiLabel } from './src-main/engine/task/multiLabel.ts';
      export const tasks: { readonly [K in TaskName | 'counting']: Task } = { classification, 'multi-label': multiLabel };
    `,
  });
  expect([errors.task, errors.described]).toEqual([[], []]);
  for (const name of functions)
    expect(errors[`task ${name}`]).toEqual([expect.stringContaining(`'${name}' is missing`)]);
  for (const name of words)
    expect(errors[`described ${name}`]).toEqual([expect.stringContaining(`'${name}' is missing`)]);
  expect(errors.absent).toEqual([expect.stringContaining("'counting' is missing")]);
}, 60_000);
