import { describe, expect, it } from 'vitest';
import type { EpochRecord, RunEvent, RunSummary } from '../../src-main/contract/run.ts';
import { trainingPlan } from '../../src-main/contract/plan.ts';
import { tasks } from '../../src-main/contract/task/index.ts';
import {
  behindSeries,
  curveOption,
  curveTable,
  lossSeries,
  lowerEnd,
  scoreSeries,
} from '../../src-renderer/ui/curves.ts';
import { afterEvent, idle, isStepping, recordAfterEvent, shareDone } from '../../src-renderer/features/runs/live.ts';

const epoch = (number: number, auroc: number | null = 0.9): EpochRecord => ({
  epoch: number,
  stage: 'fine-tuning',
  trainLoss: 1 / number,
  validationLoss: 2 / number,
  validationAuroc: auroc,
  validationAuprc: auroc,
  validationAccuracy: 0.8,
  validationBalancedAccuracy: 0.5,
  learningRate: 1e-4,
  seconds: 3,
  liveTensors: 10,
});
const run: RunSummary = {
  id: 'r',
  status: 'running',
  createdAt: '2026-01-01T00:00:00Z',
  finishedAt: null,
  plan: trainingPlan.parse({ data: { folder: '/d' }, backbone: 'resnet18', epochs: 4 }),
  classes: ['a', 'b'],
  parameters: 1,
  macs: 1,
  engine: 'wasm',
  split: null,
  epochs: [epoch(1), epoch(2)],
  bestEpoch: 2,
  test: null,
  error: null,
  comparison: null,
  ...{ study: null, name: null, note: '', starred: false, testOpened: null, sealed: false },
};
const step = {
  kind: 'step',
  epoch: 3,
  step: 5,
  steps: 10,
  loss: 1,
  imagesPerSecond: 1,
  remainingSeconds: 1,
  memory: 1e9,
} as const;

describe('a run on screen', () => {
  it('keeps one point per epoch when an epoch is repeated after a resume', () => {
    const event: RunEvent = { kind: 'epoch', record: { ...epoch(2), trainLoss: 9 }, bestEpoch: 1 };
    const after = recordAfterEvent(run, event);
    expect(after.epochs.map(({ epoch: number, trainLoss }) => [number, trainLoss])).toEqual([
      [1, 1],
      [2, 9],
    ]);
    expect(after.bestEpoch).toBe(1);
  });

  it('says once that it goes on with smaller batches, also where the event comes again', () => {
    const found = { epoch: 2, step: 3, batch: 8, before: 16 };
    const event: RunEvent = { kind: 'smallerBatch', ...found };
    const after = recordAfterEvent(recordAfterEvent(run, event), event);
    expect(after.smallerBatches).toEqual([found]);
    const smaller = recordAfterEvent(after, { ...event, step: 4, batch: 4, before: 8 });
    expect(smaller.smallerBatches?.map(({ batch }) => batch)).toEqual([8, 4]);
  });

  it('is half of the way through the third of four epochs', () => {
    expect(shareDone(run, afterEvent(idle, step))).toBeCloseTo(2.5 / 4);
    expect(shareDone(run, idle)).toBe(0.5);
  });

  it('is not over before the SVM is fitted that comes after fine-tuning', () => {
    const svm = { ...run, plan: trainingPlan.parse({ ...run.plan, classifier: 'svm', epochs: 2 }) };
    expect(shareDone(svm, idle)).toBeCloseTo(2 / 3);
  });

  it('shows the steps of an epoch only while it trains, and nothing when the run ends', () => {
    const reading = afterEvent(idle, { kind: 'reading', done: 1, total: 2 });
    const training = afterEvent(reading, { kind: 'stage', stage: 'training', message: 'Training' });
    expect(training.reading).toBeNull();
    const stepping = afterEvent(training, step);
    expect(isStepping(stepping)).toBe(true);
    const validating = afterEvent(stepping, { kind: 'stage', stage: 'validating', message: 'Validating' });
    expect(isStepping(validating)).toBe(false);
    const fitting = afterEvent(validating, { kind: 'stage', stage: 'fitting', message: 'Fitting' });
    expect(isStepping(fitting)).toBe(false);
    expect(validating.step?.remainingSeconds).toBe(1);
    expect(afterEvent(afterEvent(training, step), { kind: 'status', status: 'paused' })).toEqual(idle);
  });
});

const colours = {
  ...{ text: '#000', muted: '#555', line: '#ccc', surface: '#fff', accent: '#00f', second: '#f80', good: '#0a0' },
  ...{ attention: '#a50', critical: '#a00', ground: '#eee', font: 12, series: ['#00f', '#f80'] },
};

describe('the curves', () => {
  it('leave out epochs whose metric the data do not define', () => {
    expect(scoreSeries([epoch(1, null), epoch(2, 0.7)], tasks.classification.curves)[0]!.points).toEqual([[2, 0.7]]);
  });

  it('begin at chance where all values lie above it, otherwise below the smallest', () => {
    expect(lowerEnd([0.8, 0.9])).toBe(0.5);
    expect(lowerEnd([0.43, 0.9])).toBe(0.4);
    expect(lowerEnd([])).toBe(0.5);
  });

  it('mark the best epoch by a line that the axis names, and show the epochs still to come', () => {
    const options = { series: lossSeries(run.epochs), epochs: 4, bestEpoch: 2, range: 'positive' } as const;
    const option = curveOption(options, { ...colours, series: ['#00f', '#f80'] });
    expect(option.xAxis).toMatchObject({ min: 1, max: 4, name: 'epoch; dashed line: the best, 2' });
    expect(option.series).toMatchObject([
      { name: 'Training', markLine: { label: { show: false }, data: [{ xAxis: 2 }] } },
      {},
    ]);
    expect(curveOption({ ...options, bestEpoch: null }, colours).xAxis).toMatchObject({ name: 'epoch' });
  });

  it('of other runs lie behind, thinner and without points', () => {
    const behind = behindSeries('earlier', { epochs: run.epochs });
    const { series } = curveOption(
      {
        series: [...scoreSeries(run.epochs, tasks.classification.curves), behind],
        epochs: 4,
        bestEpoch: null,
        range: 'share',
      },
      colours,
    );
    expect(series).toMatchObject([
      { showSymbol: true },
      {},
      { name: 'earlier', showSymbol: false, lineStyle: { width: 1 } },
    ]);
    expect(curveTable([behind])[1]).toEqual(['earlier', 1, run.epochs[0]!.validationAuroc]);
  });
});
