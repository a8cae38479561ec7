import type { Figures, MeasuredFigure } from '../../../src-main/contract/figures.ts';
import type { ReportFigures, StudyReport } from '../../../src-main/contract/report.ts';
import { trainingPlan } from '../../../src-main/contract/plan.ts';

/** A name that would be markup if it were not escaped. */
export const NASTY = `<script>alert("x")</script> & 'so on'`;

const interval = (value: number) => ({ value, low: value - 0.1, high: value + 0.05, method: 'delong' as const, undefinedResamples: 0 }); // prettier-ignore

const share = (count: number, of: number) => ({ count, of, low: 0.2, high: 0.9 });

/** All figures of some classes: one with an interval, a share, and one that the images do not define. */
export function measured(classes: readonly string[]): Figures {
  const own = (): MeasuredFigure[] => [
    { name: 'auroc', value: 0.9, intervals: [{ method: 'bca', low: 0.8, high: 0.95 }], undefinedResamples: 0 },
    { name: 'sensitivity', value: 0.7, share: { count: 14, of: 20 }, intervals: [{ method: 'wilson', low: 0.48, high: 0.85 }], undefinedResamples: 0 },
    { name: 'ppv', value: null, reason: { code: 'NEVER_PREDICTED', message: 'The class was never predicted.' }, reasonOf: NASTY, intervals: [], undefinedResamples: 0 },
  ]; // prettier-ignore
  const accuracy = { name: 'accuracy', value: 1, share: { count: 40, of: 40 }, intervals: [], noInterval: { code: 'NO_VARIANCE', message: 'There is no variance to be seen.' }, undefinedResamples: 0 }; // prettier-ignore
  const several = classes.length > 2 ? own() : [];
  const images = {
    ...{ cases: 40, drawn: 20, whole: [accuracy], macro: several, weighted: several },
    perClass: classes.map((name) => ({ name, cases: 20, figures: own() })),
  };
  const order = { classes: null, by: 'unknown' as const };
  return {
    confidence: 0.95,
    resamples: 2000,
    order,
    images,
    groups: { mixed: 2, sets: [{ ...images, aggregation: 'mean' }] },
  };
}

const perClass = (name: string) => ({ name, images: 20, auroc: 0.9, auprc: 0.8, sensitivity: 0.7, specificity: 0.95 });

export const figures = (on: ReportFigures['on'] = 'validation'): ReportFigures => ({
  ...{ on, images: 40, groups: 20, grouping: 'patient', classes: ['benign', NASTY] },
  metrics: {
    ...{
      auroc: 0.9,
      auprc: 0.8,
      accuracy: 0.85,
      balancedAccuracy: 0.84,
      sensitivity: 0.7,
      specificity: 0.95,
      loss: 0.4,
    },
    ...{ perClass: [perClass('benign'), perClass(NASTY)], confusionMatrix: [[19, 1], [6, 14]] }, // prettier-ignore
  },
  figures: measured(['benign', NASTY]),
  curves: [
    {
      class: NASTY,
      roc: { threshold: [null, 0.5, 0], falsePositiveRate: [0, 0.05, 1], truePositiveRate: [0, 0.7, 1] },
      precisionRecall: { threshold: [0.5, 0], recall: [0.7, 1], precision: [0.93, 0.5] },
    },
  ],
  histograms: [{ class: NASTY, own: [2, 4, 4, 10], others: [15, 4, 1, 0] }],
});

/** The report of a small run of two classes that was tested. */
export function madeUp(changes: Partial<StudyReport> = {}): StudyReport {
  const { data: _, test: __, accept: ___, ...settings } = trainingPlan.parse({ data: { folder: '/d' }, backbone: 'b' });
  const classes = [
    { name: 'benign', images: 100, groups: 50 },
    { name: NASTY, images: 80, groups: 40 },
  ];
  const part = (name: 'train' | 'validation' | 'test') => ({ part: name, images: 60, groups: 30, grouping: 'patient' as const, classes }); // prettier-ignore
  return {
    ...{ kind: 'cutpoint-report', version: 1, producer: '0.1.0', createdAt: '2026-11-29T12:00:00.000Z' },
    subject: { kind: 'run', id: 'r1', title: `Telling apart ${NASTY}`, status: 'completed', startedAt: '2026-11-28T12:00:00.000Z', run: 'r1' }, // prettier-ignore
    ...{ hasTest: true, testOpened: { at: '2026-11-29T10:00:00.000Z', times: 1 } },
    cohort: {
      ...{ fingerprint: 'f00', grouping: 'patient', files: 190, withoutFile: 1, images: 180, groups: 90, classes },
      ...{ excluded: [{ reason: 'damaged or incomplete files', files: 10 }], parts: [part('train'), part('validation'), part('test')] }, // prettier-ignore
      ...{ ownTestFolder: false, formats: [{ format: 'PNG', images: 180 }], grey: 3, dicom: null },
      sizes: { smallest: [10, 10], median: [20, 20], largest: [30, 30] },
      findings: [{ code: 'IMBALANCE', message: `The classes are unequal: ${NASTY}.`, grave: true, accepted: true }],
    },
    approach: {
      network: {
        ...{ backbone: 'b', title: 'Net', paper: 'A. Author 2020', transfer: 'cut after l3', cut: 'l3' },
        ...{ parameters: 1000, macs: 2000, full: { parameters: 4000, macs: 8000 } },
      },
      source: { name: 'imagenet', sha256: 'abc', catalogue: null, licence: null },
      ...{ settings, labels: 'table', greyScale: 'the whole depth of each file' },
      preprocessing: { mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] },
      ...{ selection: 'AUPRC', seeds: [0], folds: null },
    },
    figures: [figures('test'), figures('validation')],
    training: {
      epochs: [1, 2].map((epoch) => ({
        ...{ epoch, stage: 'fine-tuning', trainLoss: 0.5, validationLoss: 0.6, validationAuroc: 0.8 },
        ...{ validationAuprc: null, validationAccuracy: 0.7, validationBalancedAccuracy: null },
        ...{ learningRate: 1e-3, seconds: 2, liveTensors: 5 },
      })),
      bestEpoch: 2,
    },
    demographics: [],
    subgroups: [],
    ...{ calibration: null, operating: null, decisionCurve: null, conformal: null },
    failures: {
      ...{ on: 'test', images: 40, wrong: 7 },
      confusions: [{ class: NASTY, predicted: 'benign', images: 6 }],
      worst: [{ image: 0, class: NASTY, predicted: 'benign', probability: 0.99 }],
    },
    saliency: { missing: 'No weights are kept.' },
    comparison: null,
    latency: null,
    environment: { node: '24', platform: 'linux', processor: 'A processor', threads: 2, engine: 'tensorflow' },
    weights: { sha256: 'fed' },
    ...changes,
  };
}

const operatingShare = { count: 14, of: 20, value: 0.7, low: 0.5, high: 0.9, method: 'wilson' as const };
const at = (on: 'validation' | 'test') => ({
  ...{ on, images: 40, groups: 20, grouping: 'patient' as const, confidence: 0.95, resamples: 0 },
  counts: { truePositives: 14, falsePositives: 1, falseNegatives: 6, trueNegatives: 19 },
  ...{ sensitivity: operatingShare, specificity: operatingShare, ppv: operatingShare, accuracy: operatingShare },
  npv: { ...operatingShare, value: null, low: null, high: null },
  ...{ inversePositiveRatio: null, negativeRatio: null },
});

const defined = { value: 0.9, interval: { low: 0.5, high: 1.3 }, why: null };
const undefinedFigure = { value: null, interval: null, why: 'There is one class.' };
function calibrated(): NonNullable<NonNullable<StudyReport['calibration']>['methods'][number]['measured']> {
  const bin = { from: 0, to: 0.5, count: 20, mean: 0.2, observed: 0.25, low: 0.1, high: 0.5 };
  return {
    ...{ brier: defined, logLoss: undefinedFigure, topLabel: null },
    classes: [
      {
        ...{ class: NASTY, images: 20, bins: [bin], ece: 0.05, chance: null, debiased: null, eceWhy: null },
        ...{ slope: undefinedFigure, intercept: defined, observedExpected: defined, brier: defined },
        decomposition: { miscalibration: 0.01, discrimination: 0.1, uncertainty: 0.25 },
        curve: { knots: [0.1], points: [{ predicted: 0.2, observed: 0.3, low: null, high: null }] },
        ...{ curveWhy: null, histogram: [20, 20] },
      },
    ],
  };
}

/** What follows from probabilities. */
export const decided: Pick<StudyReport, 'calibration' | 'operating' | 'decisionCurve' | 'conformal'> = {
  calibration: {
    ...{ images: 40, groups: 20, grouping: 'patient', classes: ['benign', NASTY], confidence: 0.95, resamples: 1000 },
    ...{ zeros: 0, kept: 'temperature', fittedOn: { images: 30, groups: 15 } },
    methods: [
      { method: 'none', scaling: null, why: null, measured: calibrated() },
      { method: 'temperature', scaling: { method: 'temperature', temperature: 2 }, why: null, measured: calibrated() },
      { method: 'platt', scaling: null, why: 'Too few images.', measured: null },
    ],
  },
  operating: {
    ...{ classes: ['benign', NASTY], positive: NASTY, rule: { kind: 'sensitivity', target: 0.9 }, threshold: 0.31 },
    ...{ why: null, kept: { at: '2026-11-29T09:00:00.000Z', afterTest: true } },
    ...{ validation: at('validation'), part: at('test') },
  },
  decisionCurve: {
    ...{ on: 'test', images: 40, groups: 20, grouping: 'patient', positive: NASTY, positives: 20, prevalence: 0.5 },
    ...{ assumed: false, thresholds: [0.1, 0.5, 0.9], model: [0.45, 0.3, 0.05], low: [0.4, 0.2, null] },
    ...{ high: [0.5, 0.4, null], all: [0.44, 0, -4], standardised: [0.9, 0.6, 0.1], better: [{ from: 0.1, to: 0.8 }] },
    ...{ confidence: 0.95, resamples: 2000, why: null },
  },
  conformal: {
    ...{ on: 'test', images: 40, groups: 20, grouping: 'patient', alpha: 0.1, least: 9, needed: 19, confidence: 0.95 },
    ...{ refused: null, sizes: { none: 1, one: 30, several: 9 } },
    handed: { images: share(10, 40), groups: share(6, 20) },
    classes: ['benign', NASTY].map((name, label) => ({
      ...{ class: name, calibration: { groups: 25, images: 30 }, threshold: 0.2, imageCoverage: { count: 18, of: 20 } },
      ...{ coverage: label === 0 ? null : share(9, 10), decided: { images: 15, right: 14 } },
    })),
  },
};

export const bySex: StudyReport['subgroups'][number] = {
  ...{ by: 'sex', classes: ['benign', NASTY], images: 40, groups: 20, grouping: 'patient', bands: null, least: 10 },
  ...{ unknown: { images: 1, groups: 1 }, confidence: 0.95, resamples: 2000 },
  subgroups: ['female', NASTY].map((value) => ({
    ...{ value, images: 20, groups: 10, perClass: [10, 10] },
    figures: [{ measure: 'auroc' as const, value: 0.9, interval: interval(0.9), share: null, missing: null }],
  })),
  gaps: [
    {
      ...{ measure: 'auroc', highest: 'female', lowest: NASTY, difference: interval(0.2) },
      chance: { typical: 0.1, ninetyFive: 0.25, p: 0.3, draws: 1000 },
    },
  ],
};

/** A report of images of which each may have several labels, the first of which has a name that would be markup. */
export function madeUpLabels(count: number, changes: Partial<StudyReport> = {}): StudyReport {
  const names = Array.from({ length: count }, (_, at) => (at === 0 ? NASTY : `Finding ${at} of the lower lobe`));
  const { approach, cohort } = madeUp();
  const classes = names.map((name) => ({ name, images: 30, groups: 20, unknown: 20 }));
  const of = (on: ReportFigures['on']): ReportFigures => {
    const one = figures(on);
    const all = measured(names);
    const known = (set: Figures['images']) => ({
      ...set,
      perClass: set.perClass.map((each) => ({ ...each, known: 38 })),
    });
    const labelled = known({ ...all.images, macro: all.images.perClass[0]!.figures, weighted: all.images.perClass[0]!.figures }); // prettier-ignore
    return {
      ...{ ...one, classes: names, several: true },
      metrics: {
        ...one.metrics,
        confusionMatrix: [],
        perClass: names.map((name) => ({ ...perClass(name), known: 38 })),
      },
      figures: { ...all, images: labelled, groups: { mixed: 1, sets: [{ ...labelled, aggregation: 'mean' }] } },
      curves: names.map((name) => ({ ...one.curves![0]!, class: name })),
      histograms: names.map((name) => ({ ...one.histograms[0]!, class: name })),
    };
  };
  const row = [names[0]!, '?Finding 1 of the lower lobe'].join('|');
  const shown = { image: 0, class: row, predicted: '(none)', probability: 0.04, label: names[0]! };
  return madeUp({
    approach: { ...approach, settings: { ...approach.settings, task: 'multi-label' } },
    cohort: {
      ...{ ...cohort, classes, parts: cohort.parts.map((part) => ({ ...part, classes })) },
      several: { none: 1, most: 3, emptyCellIsNone: false, policies: names.map((label) => ({ label, uncertain: 'ignore', empty: 'zeros' })) }, // prettier-ignore
    },
    figures: [of('test'), of('validation')],
    failures: {
      ...{ on: 'test', images: 40, wrong: 7, confusions: [], worst: [shown] },
      labels: names.map((label) => ({ label, has: 20, missed: 3, hasNot: 18, alarms: 4 })),
    },
    ...changes,
  });
}

/** A threshold that is kept of the first of several labels. */
export const labelPoints: NonNullable<StudyReport['labelPoints']> = [{ ...decided.operating!, classes: [NASTY, 'b'] }];
