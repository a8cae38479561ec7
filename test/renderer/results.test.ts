import { describe, expect, it } from 'vitest';
import type { Evaluation } from '../../src-main/contract/evaluation.ts';
import { metricRows, recall, rejection } from '../../src-renderer/features/results/results.ts';

const matrix = [
  [50, 10],
  [5, 35],
];
const evaluation: Evaluation = {
  run: 'r',
  on: 'test',
  images: 100,
  groups: 40,
  grouping: 'patient',
  classes: ['NORMAL', 'PNEUMONIA'],
  problems: [],
  metrics: {
    auroc: 0.9,
    auprc: null,
    accuracy: 0.85,
    balancedAccuracy: 0.854,
    sensitivity: 0.875,
    specificity: 50 / 60,
    loss: 0.4,
    perClass: [],
    confusionMatrix: matrix,
  },
};
const row = (name: string) => metricRows(evaluation).find((each) => each.name === name)!;

describe('each metric says what it was measured on', () => {
  it('AUROC: images and patients', () => expect(row('AUROC').on).toBe('100 images of 40 patients'));
  it('accuracy: 50 + 35 of 100', () => expect(row('Accuracy').on).toBe('85 of 100 images'));
  it('sensitivity: 35 of the 40 that are positive', () =>
    expect(row('Sensitivity of ‘PNEUMONIA’').on).toBe('35 of 40 images that are ‘PNEUMONIA’'));
  it('specificity: 50 of the 60 that are not', () =>
    expect(row('Specificity of ‘PNEUMONIA’').on).toBe('50 of 60 images that are not'));

  it('the counts agree with the shares', () => {
    const found = recall(matrix, 1);
    const left = rejection(matrix, 1);
    expect(found.correct / found.all).toBeCloseTo(evaluation.metrics.sensitivity!);
    expect(left.correct / left.all).toBeCloseTo(evaluation.metrics.specificity!);
  });
});
