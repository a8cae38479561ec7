import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Evaluation } from '../../src-main/contract/evaluation.ts';
import type { FigureSet, MeasuredFigure } from '../../src-main/contract/figures.ts';
import { tasks } from '../../src-main/contract/task/index.ts';
import { basis, headline } from '../../src-renderer/features/results/figures/headline.ts';
import { countedOf } from '../../src-renderer/features/results/figures/view.ts';
import { intervalOf, methodOf, othersOf, scaleOf, valueOf } from '../../src-renderer/features/results/figures/words.ts';
import { MOST_FILLED } from '../../src-renderer/features/results/filled.ts';
import {
  chosenOf,
  chosenText,
  histogramOf,
  pickImages,
  predictedOf,
  type Predicted,
} from '../../src-renderer/features/results/predicted.ts';
import glossary from '../../src-renderer/text/en/glossary.ts';
import { partOf, partText } from '../../src-renderer/features/results/resultsStore.ts';

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
    confusionMatrix: [
      [50, 10],
      [5, 35],
    ],
  },
};
const noVariance = { code: 'NO_VARIANCE', message: 'There is no variance to be seen.' };
const figure = (name: string, value: number | null, more: Partial<MeasuredFigure> = {}): MeasuredFigure => ({
  ...{ name, value, intervals: [], undefinedResamples: 0 },
  ...more,
});
const shared = (name: string, count: number, of: number): MeasuredFigure =>
  figure(name, count / of, {
    share: { count, of },
    intervals: [
      { method: 'percentile', low: 0.7, high: 0.9 },
      { method: 'wilson', low: 0.72, high: 0.88 },
    ],
  });
const setOfTwo = (cases: number): FigureSet => ({
  ...{ cases, drawn: 40, macro: [], weighted: [] },
  whole: [shared('accuracy', 85, 100), figure('kappaLinear', null), figure('brier', 0.1), figure('mcc', -0.25)],
  perClass: [
    { name: 'NORMAL', cases: 60, figures: [] },
    {
      name: 'PNEUMONIA',
      cases: 40,
      figures: [
        figure('auroc', 0.9, { intervals: [{ method: 'delong', low: 0.8, high: 0.95 }], undefinedResamples: 3 }),
        figure('auprc', null, { reason: { code: 'ALONE', message: 'No other class occurs.' } }),
        shared('sensitivity', 35, 40),
        shared('specificity', 50, 60),
      ],
    },
  ],
});
const measured: Evaluation = {
  ...evaluation,
  figures: {
    ...{ confidence: 0.95, resamples: 2000, order: { classes: null, by: 'unknown' } },
    images: setOfTwo(100),
    groups: { mixed: 1, sets: [{ aggregation: 'max', ...setOfTwo(39) }] },
  },
};

describe('each figure says what it was measured on', () => {
  const of = (name: string, evaluation = measured) => headline(evaluation).find((each) => each.name === name)!;
  it('AUROC: images and patients', () => expect(of('AUROC').on).toBe('100 images of 40 patients'));
  it('AUPRC: what chance would be, and why there is none', () => {
    expect(of('AUPRC (average precision) of ‘PNEUMONIA’')).toMatchObject({
      ...{ on: 'chance 40 %', value: '–', interval: 'No other class occurs.' },
    });
  });
  it('accuracy: 50 + 35 of 100', () => expect(of('Accuracy').on).toBe('85 of 100 images'));
  it('sensitivity: 35 of the 40 that are positive', () =>
    expect(of('Sensitivity of ‘PNEUMONIA’')).toMatchObject({ on: '35 of 40 images', interval: '0.700 to 0.900' }));
  it('specificity: 50 of the 60 that are not', () =>
    expect(of('Specificity of ‘PNEUMONIA’').on).toBe('50 of 60 images'));

  it('of patients, where these are counted', () => {
    const found = headline(measured, 'max');
    expect(found.map(({ on }) => on)).toEqual([
      ...['39 patients', 'chance 103 %', '35 of 40 patients', '50 of 60 patients', '85 of 100 patients'],
    ]);
    expect([countedOf('max', measured), countedOf('mean', measured), countedOf('max', evaluation)]).toEqual(['max', 'images', 'images']); // prettier-ignore
  });

  it('of several classes: means, and no sensitivity, which each class has of its own', () => {
    const perClass = ['a', 'b', 'c'].map((name) => ({ ...{ name, images: 3, auroc: 0.5, auprc: 0.5 }, sensitivity: 1, specificity: 1 })); // prettier-ignore
    const three = { ...evaluation, classes: ['a', 'b', 'c'], metrics: { ...evaluation.metrics, perClass } };
    expect(headline(three).map(({ name }) => name)).toEqual([
      ...['AUROC', 'AUPRC (average precision)', 'Accuracy', 'Balanced accuracy'],
    ]);
  });

  it('balanced accuracy is a plain mean, however others are averaged', () => {
    const set = { ...setOfTwo(100), weighted: [figure('auroc', 0.8), figure('auprc', 0.7)] };
    const whole = [...set.whole, figure('balancedAccuracy', 0.75)];
    const perClass = [...set.perClass, { name: 'c', cases: 0, figures: [] }];
    const figures = { ...measured.figures!, images: { ...set, whole, perClass } };
    const three = { ...measured, classes: ['a', 'b', 'c'], figures };
    expect(headline(three, 'images', 'weighted').map(({ on }) => on)).toEqual([
      ...['weighted over 3 classes', 'weighted over 3 classes', '85 of 100 images', 'mean over 3 classes'],
    ]);
  });

  it('without stored predictions: what was stored of it, without intervals', () => {
    const { metrics } = evaluation;
    const own = { name: 'PNEUMONIA', images: 40, auroc: 0.9, auprc: 0.8, sensitivity: 0.875, specificity: 0.8 };
    const old = { ...evaluation, metrics: { ...metrics, perClass: [{ ...own, name: 'NORMAL', images: 60 }, own] } };
    expect(of('AUROC', old)).toMatchObject({ value: '0.900', interval: null });
    expect(basis(old)).toBeNull();
  });
});

describe('the table of all figures says', () => {
  const [auroc, auprc, sensitivity] = setOfTwo(100).perClass[1]!.figures as [MeasuredFigure, MeasuredFigure, MeasuredFigure]; // prettier-ignore
  it('every interval, how it was made, and what was left out', () => {
    expect([intervalOf(auroc), methodOf(auroc), othersOf(auroc)]).toEqual(['0.800 to 0.950', 'DeLong; 3 draws left out', '']); // prettier-ignore
    expect([methodOf(sensitivity), othersOf(sensitivity)]).toEqual(['bootstrap, percentiles', 'Wilson 0.720 to 0.880']); // prettier-ignore
    expect(methodOf({ ...sensitivity, noInterval: noVariance })).toContain('no variance');
    expect(basis(measured)).toMatch(/^Bootstrap: 2,000 draws of the patients/);
  });
  it('why there is none, and of which class', () => {
    expect([intervalOf(auprc), methodOf(auprc)]).toEqual(['No other class occurs.', '']);
    expect(intervalOf({ ...auprc, reasonOf: 'c' })).toBe('‘c’: No other class occurs.');
    expect(intervalOf(figure('brier', 0, { noInterval: noVariance }))).toBe('There is no variance to be seen.');
    expect(valueOf(figure('mcc', -0.25))).toBe('−0.250');
  });
  it('between what a figure lies, and which way is better', () => {
    const scale = (name: string, classes: number) =>
      scaleOf(
        tasks.classification.figures.find((each) => each.name === name)!,
        classes,
      );
    expect([scale('mcc', 2), scale('brier', 2), scale('brier', 3), scale('logLoss', 2)]).toEqual([
      ...['−1 to 1 ↑', '0 to 1 ↓', '0 to 2 ↓'],
      '0 and more ↓',
    ]);
  });
  it('every figure of the task in words', () => {
    for (const { name, title } of tasks.classification.figures) {
      expect(glossary).toHaveProperty(name);
      expect(title).not.toBe('');
    }
  });
});

describe('what was predicted of images', () => {
  const classes = ['a', 'b'];
  const image = (index: number, name: string, b: number): Predicted => {
    const predicted = b > 0.5 ? 'b' : 'a';
    const probabilities = Float32Array.of(1 - b, b);
    return {
      index,
      file: `${index}`,
      class: name,
      predicted,
      correct: predicted === name,
      group: index,
      probabilities,
    };
  };
  const images = [image(0, 'a', 0.7), image(1, 'b', 0.9), image(2, 'b', 0.05), image(3, 'a', 0.1), image(4, 'b', 1)];
  const picked = (chosen: Parameters<typeof pickImages>[2]['chosen'], descending = true) =>
    pickImages(images, classes, { chosen, label: 1, descending }).map(({ index }) => index);

  it('mistakes come with the surest first, others by their probability', () => {
    expect(picked('errors')).toEqual([2, 0]);
    expect(picked('all')).toEqual([4, 1, 0, 3, 2]);
    expect(picked('all', false)).toEqual([2, 3, 0, 1, 4]);
    expect(picked({ actual: 1, predicted: 1 })).toEqual([4, 1]);
    expect(picked({ actual: 0, predicted: 1 })).toEqual([0]);
  });

  it('the histogram counts each image once, 1 in the last bin', () => {
    expect(histogramOf(images, classes, 1, 4)).toEqual([[1, 0, 1, 0], [1, 0, 0, 2]]); // prettier-ignore
  });

  it('rows find their probabilities, wherever the bytes begin', () => {
    const values = Float32Array.of(0.25, 0.75, 0.5, 0.5);
    const padded = new Uint8Array(17);
    padded.set(new Uint8Array(values.buffer), 1);
    const read = predictedOf({
      ...{ run: 'r', classes, folder: '/d', greyScale: 'picture', grouping: 'image' },
      images: { file: ['x', 'y'], class: ['a', 'b'], predicted: ['b', 'a'], correct: [false, false], group: [0, 1] },
      probabilities: padded.subarray(1),
    });
    expect(read.map(({ index, probabilities }) => [index, ...probabilities])).toEqual([[0, 0.25, 0.75], [1, 0.5, 0.5]]); // prettier-ignore
  });

  it('what is chosen, and the part, survive an address', () => {
    for (const chosen of ['errors', 'all', { actual: 1, predicted: 0 }] as const)
      expect(chosenOf(chosenText(chosen))).toEqual(chosen);
    for (const part of ['validation', 'test', { dataset: 'abc' }] as const)
      expect(partOf(partText(part))).toEqual(part);
    expect([chosenOf(undefined), partOf(undefined)]).toEqual(['errors', 'validation']);
  });
});

describe('cells of the confusion matrix', () => {
  const css = readFileSync(new URL('../../src-renderer/styles/base.css', import.meta.url), 'utf8');
  const [light, dark] = css.split(":root[data-theme='dark']");
  const colour = (theme: string, name: string): number[] => {
    const hex = new RegExp(`${name}: #([0-9a-f]{6})`).exec(theme)![1]!;
    return [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16));
  };
  /** WCAG 2.2, relative luminance. */
  const luminance = (levels: number[]): number => {
    const [r, g, b] = levels.map((level) => {
      const share = level / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    }) as [number, number, number];
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a: number[], b: number[]): number => {
    const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
    return (high + 0.05) / (low + 0.05);
  };

  it.each([
    ['light', light!],
    ['dark', dark!],
  ])('are readable however full they are: %s', (_, theme) => {
    const [text, ground] = [colour(theme, '--text'), colour(theme, '--sunken')];
    for (const fill of ['--accent', '--second'])
      for (let share = 0; share <= 1; share += 0.05) {
        const mixed = colour(theme, fill).map(
          (level, at) => level * MOST_FILLED * share + ground[at]! * (1 - MOST_FILLED * share),
        );
        expect(contrast(text, mixed), `${fill} ${share}`).toBeGreaterThanOrEqual(4.5);
      }
  });
});
