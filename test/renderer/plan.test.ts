import { describe, expect, it } from 'vitest';
import { trainingPlan } from '../../src-main/contract/plan.ts';
import { STRATEGIES } from '../../src-main/contract/strategies.ts';
import { droppedUrl, withoutCommonRoot } from '../../src-renderer/features/data/dropped.ts';
import {
  defaultSettings,
  isRepeatable,
  optimiserOf,
  planNow,
  scheduleOf,
  settingIssues,
  settingsOf,
  testSelection,
} from '../../src-renderer/features/train/plan.ts';

const plan = { data: { folder: '/d' }, backbone: 'resnet18', ...defaultSettings() };

describe('the settings of a run', () => {
  it('start from the defaults of the contract', () => {
    expect(settingIssues(plan)).toEqual({});
    expect(trainingPlan.parse(plan)).toEqual(trainingPlan.parse({ data: { folder: '/d' }, backbone: 'resnet18' }));
  });

  it('name the setting that is not allowed', () => {
    expect(Object.keys(settingIssues({ ...plan, epochs: 0 }))).toEqual(['epochs']);
    expect(Object.keys(settingIssues({ ...plan, batch: Number.NaN }))).toEqual(['batch']);
    expect(Object.keys(settingIssues({ ...plan, split: { validation: 0.5, test: 0.45 } }))).toEqual(['split.test']);
  });

  it('take the defaults of another schedule and optimiser', () => {
    expect(scheduleOf('step')).toEqual({ kind: 'step', every: 10, factor: 0.1 });
    expect(scheduleOf('plateau')).toEqual(plan.schedule);
    expect(optimiserOf('sgd')).toEqual({ kind: 'sgd', momentum: 0.9, nesterov: true });
  });

  it('read a test set in the way of the data, from its own folder and label file', () => {
    const labels = { csv: '/d/l.csv', fileColumn: 'file', labelColumn: 'label', groupColumn: 'patient' };
    expect(testSelection({ folder: '/d', labels }, { folder: ' /t ', csv: '/t/l.csv' })).toEqual({
      folder: '/t',
      labels: { ...labels, csv: '/t/l.csv' },
    });
    expect(testSelection({ folder: '/d', groupPattern: '^(P)' }, { folder: '/t', csv: '' })).toEqual({
      folder: '/t',
      groupPattern: '^(P)',
    });
  });

  it('can be taken over from a run whose folders were moved, with the new ones', () => {
    const run = { plan: trainingPlan.parse({ ...plan, data: { folder: '/d', groupPattern: '(p)' } }) };
    expect(planNow(run)).toEqual(run.plan);
    const tested = { plan: { ...run.plan, test: { folder: '/t' } } };
    expect(planNow({ ...tested, moved: { data: '/e' } })).toEqual({
      ...tested.plan,
      data: { folder: '/e', groupPattern: '(p)' },
    });
    expect(planNow({ ...tested, moved: { test: '/u' } }).test).toEqual({ folder: '/u' });
  });

  it('are those of every strategy; what only a command can say is not repeated', () => {
    const earlier = (changes: object) => trainingPlan.parse({ ...plan, ...changes });
    for (const { plan: own } of Object.values(STRATEGIES)) {
      expect(isRepeatable(earlier({ ...own, cut: 'layer3.1' }))).toBe(true);
    }
    expect(isRepeatable(earlier({ trainShare: 0.5 }))).toBe(false);
    expect(isRepeatable(earlier({ strategy: 'layerwise', cut: 'layer3.1', frozenVariants: 2 }))).toBe(true);
  });

  it('can be taken over from an earlier run without data, network and cut', () => {
    const earlier = trainingPlan.parse({ ...plan, source: 'imagenet', cut: 'layer3.1', seed: 7 });
    expect(settingsOf(earlier)).toEqual({ ...defaultSettings(), seed: 7 });
  });
});

describe('a dropped folder', () => {
  it('loses its own name, so that the folders below it are the classes', () => {
    expect(withoutCommonRoot(['study/a/1.png', 'study/b/2.png'])).toEqual(['a/1.png', 'b/2.png']);
    expect(withoutCommonRoot(['a/1.png', 'b/2.png'])).toEqual(['a/1.png', 'b/2.png']);
    expect(withoutCommonRoot(['1.png'])).toEqual(['1.png']);
  });

  it('keeps unusual names intact on the way', () => {
    expect(droppedUrl('d1', 'müller #2/50 %.png')).toBe('/dropped/d1/m%C3%BCller%20%232/50%20%25.png');
  });
});
