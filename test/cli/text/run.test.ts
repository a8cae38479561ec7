import { expect, test } from 'vitest';
import { describeRun } from '../../../src-main/cli/text/run.ts';
import { runSummary, type RunSummary } from '../../../src-main/contract/run.ts';
import { trainingPlan } from '../../../src-main/contract/plan.ts';

const part = { images: 40, groups: 20 };
const run = ({ aurocs, trainShare }: { aurocs: number[]; trainShare: number }): RunSummary =>
  runSummary.parse({
    id: 'R1',
    status: 'completed',
    createdAt: '2026-11-21T10:00:00.000Z',
    finishedAt: null,
    plan: trainingPlan.parse({ data: { folder: '/study' }, backbone: 'mobilenet_v2', strategy: 'full', trainShare }),
    classes: ['a', 'b'],
    parameters: 1000,
    macs: 1000,
    engine: 'wasm',
    split: { train: part, validation: part, test: part },
    epochs: aurocs.map((validationAuroc, index) => ({
      epoch: index + 1,
      stage: 'fine-tuning',
      trainLoss: 1,
      validationLoss: 1,
      validationAuroc,
      validationAuprc: 0.5,
      validationAccuracy: 0.5,
      learningRate: 1e-3,
      seconds: 30,
      liveTensors: 0,
    })),
    bestEpoch: 1,
    test: null,
    error: null,
    comparison: null,
    ...{ study: null, name: null, note: '', starred: false, testOpened: null, sealed: false },
    grouping: 'patient',
  });

test('a run whose test set is sealed says last how it is opened', () => {
  const text = describeRun({ ...run({ aurocs: [0.5], trainShare: 1 }), sealed: true }, []);
  expect(text.split('\n').at(-1)).toBe('Test set: sealed; `cutpoint open-test R1 --reason "…"` opens it.');
});

test('where no patient is known, a run speaks of images, and of what the audit found', () => {
  const findings = [{ code: 'LOST_CLASS', message: 'The class "c" is lost.', grave: true }];
  const text = describeRun({ ...run({ aurocs: [], trainShare: 0.1 }), grouping: 'image', findings }, []);
  expect(text).toMatch(/Training +40 images, of which 10 % of the images of each class are trained on$/m);
  expect(text).toContain('  The class "c" is lost. [LOST_CLASS, accepted]');
  expect(text).not.toContain('patient');
});

test('a test folder whose patients are not known is not of patients, whatever the training images are of', () => {
  const text = describeRun({ ...run({ aurocs: [], trainShare: 1 }), testGrouping: 'image' }, []);
  expect(text).toMatch(/^Validation +40 images of 20 patients$/m);
  expect(text).toMatch(/^Test +40 images$/m);
});

test('where images were moved to is said with where they were', () => {
  const moved = run({ aurocs: [], trainShare: 1 });
  const plan = { ...moved.plan, test: { folder: '/t' } };
  const text = describeRun({ ...moved, plan, moved: { data: '/new' } }, []);
  expect(text).toContain(`/new, moved from ${plan.data.folder}\n`);
  expect(text).toMatch(/^Test data +\/t$/m);
});

test('a run says when it converged, and on which share of the patients it was trained', () => {
  const text = describeRun(run({ aurocs: [0.5, 0.88, 0.9], trainShare: 0.1 }), []);
  expect(text).toContain('Converged (95 % of the best validation AUROC) after 2 epochs, 1 min 00 s.');
  expect(text).toContain('40 images of 20 patients, of which 10 % of the patients of each class are trained on');
});

test('an epoch that stands for an SVM is the only one of extracted features and comes after those of fine-tuning', () => {
  const tuned = run({ aurocs: [0.5, 0.9, 0.95], trainShare: 1 });
  const last = { ...tuned.epochs[2]!, stage: 'svm' as const, learningRate: 0 };
  const plan = trainingPlan.parse({ ...tuned.plan, classifier: 'svm', epochs: 2 });
  const text = describeRun({ ...tuned, plan, epochs: [...tuned.epochs.slice(0, 2), last] }, []);
  expect(text).toMatch(/^ *2 of 3 .* 1\.00e-3 /m);
  expect(text).toMatch(/^ *3 of 3 .* SVM /m);
  const extracted = { ...tuned, plan: { ...plan, strategy: 'features' as const }, epochs: [{ ...last, epoch: 1 }] };
  expect(describeRun(extracted, [])).toMatch(/^ *1 of 1 .* SVM /m);
});

test('a run on all patients that has no epoch yet says neither', () => {
  const text = describeRun(run({ aurocs: [], trainShare: 1 }), []);
  expect(text).not.toContain('Converged');
  expect(text).toMatch(/Training +40 images of 20 patients$/m);
});
