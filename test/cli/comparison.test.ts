import { Command } from 'commander';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { addComparisonOptions, comparisonPlanOf } from '../../src-main/cli/options/comparison.ts';
import type { Output } from '../../src-main/cli/output.ts';
import { ComparisonProgress } from '../../src-main/cli/comparisonProgress.ts';
import { trainingPlan } from '../../src-main/contract/plan.ts';
import { type ComparisonKind } from '../../src-main/contract/comparison/index.ts';
import { learningCurvePlan } from '../../src-main/contract/comparison/learningCurve.ts';
import { searchPlan } from '../../src-main/contract/comparison/search.ts';
import { tournamentPlan } from '../../src-main/contract/comparison/tournament.ts';
import { type CellRecord, type ComparisonCell } from '../../src-main/contract/comparison/shared.ts';

const program = (kind: ComparisonKind) =>
  addComparisonOptions(new Command(kind).exitOverride().configureOutput({ writeErr: () => {} }), kind);

/** The comparison of `cutpoint KIND ARGS`. */
function plan(kind: ComparisonKind, ...args: string[]) {
  const command = program(kind);
  command.parse(['--data', 'study', '--backbone', 'resnet18', ...args], { from: 'user' });
  return comparisonPlanOf(command, kind);
}
const base = trainingPlan.parse({ data: { folder: resolve('study') }, backbone: 'resnet18' });

test('what is not named has the default of the schema', () => {
  expect(plan('tournament', '--strategies', 'full,truncated')).toEqual(
    tournamentPlan.parse({ kind: 'tournament', base, strategies: ['full', 'truncated'] }),
  );
  expect(plan('search', '--method', 'fast')).toEqual(searchPlan.parse({ kind: 'search', method: 'fast', base }));
  expect(plan('learning-curve')).toEqual(learningCurvePlan.parse({ kind: 'learning-curve', base }));
});

test('lists are names or numbers with commas between them; options of `train` go to what the runs share', () => {
  const args = [
    '--cuts',
    'layer2.1, layer3.1',
    '--sources',
    'a,b',
    '--seeds',
    '3,5',
    '--epochs',
    '7',
    '--rotation',
    '0',
  ];
  expect(plan('tournament', '--strategies', 'full', ...args)).toMatchObject({
    cuts: ['layer2.1', 'layer3.1'],
    sources: ['a', 'b'],
    seeds: [3, 5],
    base: { epochs: 7, augmentation: { rotation: 0 } },
  });
  expect(plan('learning-curve', '--shares', '0.1,1')).toMatchObject({ shares: [0.1, 1] });
  const folds = (value: string) => plan('tournament', '--strategies', 'full', '--folds', value);
  expect([folds('3'), folds('fixed')]).toMatchObject([
    { folds: { kind: 'groups', k: 3 } },
    { folds: { kind: 'fixed' } },
  ]);
});

test('every setting of a comparison can be named, and none of those that it decides itself', () => {
  const flags = (kind: ComparisonKind) => program(kind).options.map(({ long }) => long);
  for (const [kind, { shape }] of [
    ['tournament', tournamentPlan],
    ['search', searchPlan],
    ['learning-curve', learningCurvePlan],
  ] as const)
    for (const setting of Object.keys(shape).filter((name) => name !== 'kind' && name !== 'base'))
      expect(flags(kind)).toContain(`--${setting}`);
  for (const flag of ['--strategy', '--cut', '--seed', '--source']) expect(flags('tournament')).not.toContain(flag);
  expect(flags('search')).toContain('--source');
});

test('refusals name the option', () => {
  const strategies = ['--strategies', 'full'];
  expect(() => plan('tournament', ...strategies, '--margin', '0')).toThrow(
    '--margin must be a number above 0 and below 0.5',
  );
  expect(() => plan('tournament', '--strategies', 'full,best')).toThrow('--strategies (');
  expect(() => plan('tournament', ...strategies, '--folds', '1')).toThrow(
    '--folds must be a whole number from 2 to 20',
  );
  expect(() => plan('tournament', ...strategies, '--epochs', '0')).toThrow(
    '--epochs must be a whole number from 1 to 10000',
  );
  expect(() => plan('search')).toThrow('--method');
  expect(() => plan('learning-curve', '--shares', '0.1,x')).toThrow('--shares must be one or more numbers');
});

test('progress says which run of how many, how each ended without a test figure, and those of an earlier start without a number in all', () => {
  const lines: string[] = [];
  const say = (line: string) => void lines.push(line);
  const output: Output = { result: () => {}, error: () => {}, note: say, progress: say };
  const progress = new ComparisonProgress(output, {});
  const cell: ComparisonCell = {
    ...{ strategy: 'truncated', cut: 'layer2.1', source: 'imagenet', seed: 4, fold: 0, share: 1, epochs: 2 },
  };
  const record: CellRecord = {
    ...{ cell, status: 'completed', run: 'r', validationAuprc: 0.75, validationAuroc: 0.8, testAuroc: 0.9 },
    ...{ testAuprc: 0.9, parameters: 1, macs: 1, trainingSeconds: 60, epochs: 2, error: null },
  };
  progress.show({ kind: 'finished', record });
  progress.show({ kind: 'cell', cell: { ...cell, fold: 1 }, position: 2, planned: 3 });
  const step = { epoch: 1, step: 1, steps: 9, loss: 0.5, imagesPerSecond: 1, remainingSeconds: 30, memory: 1e9 };
  progress.show({ kind: 'run', run: 's', event: { kind: 'step', ...step } });
  const error = { code: 'TRAINING_DIVERGED', message: 'Training diverged.' };
  progress.show({ kind: 'finished', record: { ...record, cell: { ...cell, fold: 1 }, status: 'failed', error } });
  const title = 'Truncated layer2.1  from imagenet  seed 4';
  expect(lines.splice(0)).toEqual([
    `run 1  ${title}  fold 1  2 epochs  validation AUPRC 0.7500  1 min 00 s`,
    `run 2 of 3  ${title}  fold 2  2 epochs`,
    // 30 s of this run, and 60 s for the third.
    `run 2 of 3  ${title}  fold 2  2 epochs  epoch 1 of 2  loss 0.5000  about 1 min 30 s left`,
    `run 2 of 3  ${title}  fold 2  2 epochs  failed: Training diverged. [TRAINING_DIVERGED]`,
  ]);
});
