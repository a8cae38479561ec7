import { cohortOf } from '../../../src-main/contract/groups.ts';
import type { Evaluation } from '../../../src-main/contract/evaluation.ts';
import { counted, percent } from '../../logic/format.ts';

/** One line of the results: a metric, what it was measured on, and what it means. */
export interface MetricRow {
  name: string;
  value: number | null;
  /** The denominator in words. */
  on: string;
  meaning: string;
}

/** ` of ‘PNEUMONIA’`, the positive one of two classes; nothing for several. */
export const ofPositive = (classes: readonly string[]): string => (classes.length === 2 ? ` of ‘${classes[1]}’` : '');

/** Correct and all images whose true class is `index`. */
export function recall(matrix: readonly (readonly number[])[], index: number): { correct: number; all: number } {
  const row = matrix[index] ?? [];
  return { correct: row[index] ?? 0, all: row.reduce((sum, value) => sum + value, 0) };
}

/** Images that are not of class `index`, and how many of them were not taken for it. */
export function rejection(matrix: readonly (readonly number[])[], index: number): { correct: number; all: number } {
  let all = 0;
  let correct = 0;
  matrix.forEach((row, actual) => {
    if (actual === index) return;
    row.forEach((value, predicted) => {
      all += value;
      if (predicted !== index) correct += value;
    });
  });
  return { correct, all };
}

export function metricRows({ metrics, classes, images, groups, grouping }: Evaluation): MetricRow[] {
  const all = cohortOf({ images, groups }, grouping);
  const correct = metrics.confusionMatrix.reduce((sum, row, index) => sum + (row[index] ?? 0), 0);
  const positive = classes[1] ?? '';
  const two = classes.length === 2;
  const sensitive = recall(metrics.confusionMatrix, 1);
  const specific = rejection(metrics.confusionMatrix, 1);
  const macro = `mean over ${classes.length} classes, ${all}`;
  return [
    {
      name: 'AUROC',
      value: metrics.auroc,
      on: two ? all : macro,
      meaning: two
        ? `How often a ‘${positive}’ image is ranked above a ‘${classes[0]}’ image.`
        : 'Ranking of each class against the rest, averaged.',
    },
    {
      name: `AUPRC${ofPositive(classes)}`,
      value: metrics.auprc,
      on: two ? all : macro,
      meaning: two
        ? `Average precision of ‘${positive}’; chance is its share, ${percent(sensitive.all / Math.max(1, images))}.`
        : 'Average precision of each class against the rest, averaged.',
    },
    {
      name: 'Accuracy',
      value: metrics.accuracy,
      on: `${correct} of ${counted(images, 'image')}`,
      meaning: 'Images whose most probable class is the true one.',
    },
    {
      name: 'Balanced accuracy',
      value: metrics.balancedAccuracy,
      on: `mean over ${classes.length} classes`,
      meaning: 'Accuracy within each class, averaged: a frequent class counts no more than a rare one.',
    },
    {
      name: `Sensitivity${ofPositive(classes)}`,
      value: metrics.sensitivity,
      on: two ? `${sensitive.correct} of ${counted(sensitive.all, 'image')} that are ‘${positive}’` : macro,
      meaning: two
        ? `Of the images that are ‘${positive}’, the share that was found.`
        : 'Of each class, the share that was found, averaged.',
    },
    {
      name: `Specificity${ofPositive(classes)}`,
      value: metrics.specificity,
      on: two ? `${specific.correct} of ${counted(specific.all, 'image')} that are not` : macro,
      meaning: two
        ? `Of the images that are not ‘${positive}’, the share that was correctly excluded.`
        : 'Of the images not of a class, the share correctly excluded, averaged.',
    },
  ];
}
