import { Command } from 'commander';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { addTrainOptions, planOf } from '../../src-main/cli/options/train.ts';
import { PLAN_OPTIONS } from '../../src-main/cli/options/plan.ts';
import { presetSettings } from '../../src-main/contract/presets.ts';
import { trainingPlan, type TrainingPlan } from '../../src-main/contract/plan.ts';

/** The plan of `cutpoint train ARGS`. */
function plan(...args: string[]): TrainingPlan {
  const command = addTrainOptions(new Command('train').exitOverride().configureOutput({ writeErr: () => {} }));
  command.parse(['--data', 'study', '--backbone', 'resnet18', ...args], { from: 'user' });
  return planOf(command);
}

test('what is not named has the default of the schema', () => {
  expect(plan()).toEqual(trainingPlan.parse({ data: { folder: resolve('study') }, backbone: 'resnet18' }));
});

test('one detail of a group leaves the others at their defaults', () => {
  expect(plan('--schedule-factor', '0.3').schedule).toEqual({
    kind: 'plateau',
    factor: 0.3,
    patience: 3,
    minimum: 1e-6,
    ...{ threshold: 0, thresholdMode: 'rel', atMinimum: 'stay' },
  });
  expect(plan('--rotation', '0').augmentation).toMatchObject({ rotation: 0, flipVertical: false, crop: 0.1 });
  expect(plan('--split-test', '0.3').split).toEqual({ validation: 0.15, test: 0.3 });
  expect(plan('--optimiser', 'sgd').optimiser).toEqual({ kind: 'sgd', momentum: 0.9, nesterov: true });
});

test('what is tested can be said in place of a share', () => {
  const shares = { validation: 0.15, test: 0.2 };
  const split = (...args: string[]) => plan('--labels', 'l.csv', ...args).split;
  expect(split('--part-column', 'fold')).toEqual({ ...shares, rule: { by: 'given' } });
  expect(plan('--labels', 'l.csv', '--part-column', 'fold').data.labels).toMatchObject({ partColumn: 'fold' });
  expect(plan('--split-given').split).toEqual({ ...shares, rule: { by: 'given' } });
  expect(split('--split-column', 'site', '--test-values', 'B', 'C', '--split-validation', '0.3')).toEqual({
    ...{ validation: 0.3, test: 0.2 },
    rule: { by: 'column', column: 'site', test: ['B', 'C'] },
  });
  expect(split('--split-date', 'taken', '--test-from', '31.05.2019', '--strata', 'sex', 'age')).toEqual({
    ...shares,
    rule: { by: 'date', column: 'taken', from: '31.05.2019' },
    strata: ['sex', 'age'],
  });
});

test.each([
  [['--split-column', 'site'], '--split-column and --test-values belong together.'],
  [['--test-values', 'B'], '--split-column and --test-values belong together.'],
  [['--split-date', 'taken'], '--split-date and --test-from belong together.'],
  [['--validation-values', 'B'], '--validation-values are those of a column.'],
  [
    ['--split-given', '--split-date', 'a', '--test-from', '2019-01-01'],
    'Parts are given, or said by a column, or by a date.',
  ],
])('%j is refused', (args, message) => {
  expect(() => plan(...args)).toThrow(message);
});

test('a day that is none is refused', () => {
  expect(() => plan('--split-date', 'taken', '--test-from', '05/31/2019')).toThrow('not a day');
});

test('mirroring left and right is decided by the images, unless it is named', () => {
  const mirrored = (...args: string[]) => plan(...args).augmentation.flipHorizontal;
  expect(mirrored()).toBeUndefined();
  expect(mirrored('--rotation', '0')).toBeUndefined();
  expect(mirrored('--flip-horizontal')).toBe(true);
  expect(mirrored('--no-flip-horizontal')).toBe(false);
  expect(mirrored('--no-augment')).toBe(false);
  expect(mirrored('--no-augment', '--flip-horizontal')).toBe(true);
  expect(mirrored('--preset', 'thorough')).toBe(false);
});

test('a preset is what is not named besides', () => {
  const preset = presetSettings('paper-protocol');
  expect(plan('--preset', 'paper-protocol')).toMatchObject(preset);
  const named = plan('--preset', 'paper-protocol', '--epochs', '3', '--schedule-patience', '2', '--crop', '0.2');
  expect(named).toMatchObject({
    ...preset,
    epochs: 3,
    schedule: { ...preset.schedule, patience: 2 },
    augmentation: { ...preset.augmentation, crop: 0.2 },
  });
  const other = plan('--preset', 'paper-protocol', '--schedule', 'cosine', '--optimiser', 'sgd', '--no-augment');
  expect(other).toMatchObject({
    schedule: { kind: 'cosine', minimum: 0 },
    optimiser: { kind: 'sgd', momentum: 0.9 },
    augmentation: { crop: 0, rotation: 0 },
    batch: preset.batch,
  });
});

test('a test set of its own has its own table with the same columns, or class folders', () => {
  const columns = ['--labels', 'a.csv', '--label-column', 'finding', '--group-column', 'patient'];
  const { data, test: separate } = plan(...columns, '--test-data', 'other', '--test-labels', 'b.csv');
  expect(data.labels).toEqual({
    csv: resolve('a.csv'),
    fileColumn: 'file',
    labelColumn: 'finding',
    groupColumn: 'patient',
  });
  expect(separate).toEqual({ folder: resolve('other'), labels: { ...data.labels, csv: resolve('b.csv') } });
  expect(plan(...columns, '--test-data', 'other').test).toEqual({ folder: resolve('other') });
  expect(plan(...columns, '--test-labels', 'b.csv').test).toMatchObject({ folder: resolve('study') });
  expect(plan(...columns).test).toBeUndefined();
});

test('grey is one channel', () => {
  expect([plan('--grey').channels, plan().channels]).toEqual([1, 3]);
});

test('the best epoch is chosen by a figure of the task, which schedule and early stopping watch', () => {
  expect([plan().selection, plan('--selection', 'auroc').selection]).toEqual(['auprc', 'auroc']);
  expect(() => plan('--selection', 'dice')).toThrow(/Allowed choices are auprc, auroc, loss, balanced-accuracy/);
  expect(plan('--schedule-threshold', '0.0001', '--schedule-at-minimum', 'end').schedule).toMatchObject({
    ...{ kind: 'plateau', threshold: 1e-4, thresholdMode: 'rel', atMinimum: 'end' },
  });
  expect(() => plan('--schedule', 'cosine', '--schedule-threshold', '0.1')).toThrow(
    '--schedule-threshold has no meaning with --schedule cosine.',
  );
  const helps = PLAN_OPTIONS.filter(({ help }) => help.includes('--selection')).map(({ path }) => path.join('.'));
  expect(helps).toEqual(['schedule.kind', 'earlyStopping']);
  expect(PLAN_OPTIONS.find(({ path: [name] }) => name === 'selection')!.help).toContain(
    'for classification auprc, auroc, loss, balanced-accuracy',
  );
});

test('every setting of the plan can be named, but what the source says of itself', () => {
  const leaves = Object.keys(trainingPlan.shape).filter((name) => !['data', 'test', 'preprocessing'].includes(name));
  expect([...new Set(PLAN_OPTIONS.map(({ path }) => path[0]))].sort()).toEqual(leaves.sort());
});
