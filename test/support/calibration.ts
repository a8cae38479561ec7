import type { CalibrationReport, ClassCalibration } from '../../src-main/contract/calibration.ts';

const figure = (value: number) => ({ value, interval: { low: value - 0.1, high: value + 0.1 }, why: null });
const none = (why: string) => ({ value: null, interval: null, why });

const own: ClassCalibration = {
  class: 'ill',
  images: 30,
  slope: figure(0.7),
  intercept: figure(-0.2),
  observedExpected: figure(0.9),
  brier: figure(0.2),
  decomposition: { miscalibration: 0.02, discrimination: 0.07, uncertainty: 0.25 },
  bins: [
    { from: 0.1, to: 0.5, count: 30, mean: 0.3, observed: 0.2, low: 0.1, high: 0.37 },
    { from: 0.5, to: 0.9, count: 30, mean: 0.7, observed: 0.8, low: 0.63, high: 0.9 },
  ],
  ece: 0.1,
  chance: { mean: 0.06, high: 0.1 },
  debiased: 0.05,
  eceWhy: null,
  curve: {
    knots: [0.2, 0.5, 0.8],
    points: [
      { predicted: 0.1, observed: 0.05, low: 0.01, high: 0.2 },
      { predicted: 0.9, observed: 0.95, low: null, high: null },
    ],
  },
  curveWhy: null,
  histogram: Array.from({ length: 20 }, () => 3),
};

/** A report of two classes: temperature scaling separates nothing, Platt scaling is not offered. */
export const calibrationReport: CalibrationReport = {
  ...{ run: 'r', part: 'validation', images: 60, groups: 20, grouping: 'patient', classes: ['well', 'ill'] },
  ...{ confidence: 0.95, resamples: 1000, zeros: 1, kept: 'temperature', fittedOn: { images: 60, groups: 20 } },
  methods: [
    {
      ...{ method: 'none', scaling: null, why: null },
      measured: { brier: figure(0.2), logLoss: figure(0.6), topLabel: null, classes: [own] },
    },
    {
      ...{ method: 'temperature', scaling: { method: 'temperature', temperature: 1.25 }, why: null },
      measured: {
        ...{ brier: figure(0.18), logLoss: figure(0.5), topLabel: null },
        classes: [{ ...own, slope: none("All images are of the class 'ill'."), curve: null, curveWhy: 'Too few.' }],
      },
    },
    { ...{ method: 'platt', scaling: null, measured: null }, why: 'It asks for 5 validation images of each class.' },
  ],
};
