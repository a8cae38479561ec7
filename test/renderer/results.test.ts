import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Evaluation } from '../../src-main/contract/evaluation.ts';
import { basis, headline } from '../../src-renderer/features/results/figures.ts';
import { MOST_FILLED } from '../../src-renderer/features/results/filled.ts';
import {
  chosenOf,
  chosenText,
  histogramOf,
  pickImages,
  predictedOf,
  type Predicted,
} from '../../src-renderer/features/results/predicted.ts';
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
const auroc = { value: 0.9, low: 0.8, high: 0.95, method: 'delong' as const, undefinedResamples: 0 };
const share = (count: number, of: number) => ({ count, of, low: 0.7, high: 0.9 });
const own = { auroc, auprc: null, sensitivity: share(35, 40), specificity: share(50, 60) };
const intervals = {
  ...own,
  confidence: 0.95,
  resamples: 2000,
  clustered: true,
  accuracy: share(85, 100),
  perClass: [],
};

describe('each figure says what it was measured on', () => {
  const figure = (name: string) => headline(evaluation).find((each) => each.name === name)!;
  it('AUROC: images and patients', () => expect(figure('AUROC').on).toBe('100 images of 40 patients'));
  it('AUPRC: what chance would be', () => {
    expect(figure('AUPRC of ‘PNEUMONIA’')).toMatchObject({ on: 'chance 40 %', value: 'not defined' });
  });
  it('accuracy: 50 + 35 of 100', () => expect(figure('Accuracy').on).toBe('85 of 100 images'));
  it('sensitivity: 35 of the 40 that are positive', () =>
    expect(figure('Sensitivity of ‘PNEUMONIA’').on).toBe('35 of 40 images'));
  it('specificity: 50 of the 60 that are not', () =>
    expect(figure('Specificity of ‘PNEUMONIA’').on).toBe('50 of 60 images'));

  it('and its interval, and how that was made', () => {
    const found = headline({ ...evaluation, intervals });
    expect(found.map(({ interval }) => interval)).toEqual([
      '0.800 to 0.950',
      'These images do not define it.',
      '0.700 to 0.900',
      '0.700 to 0.900',
      '0.700 to 0.900',
    ]);
    expect(basis({ ...evaluation, intervals })).toMatch(
      /^95 % intervals\. AUROC by DeLong, AUPRC by 2,000 draws of the patients; shares by Wilson, which .* too narrow\.$/,
    );
    expect(basis(evaluation)).toBeNull();
  });

  it('of several classes: means, and no sensitivity, which each class has of its own', () => {
    const three = { ...evaluation, classes: ['a', 'b', 'c'] };
    expect(headline(three).map(({ name }) => name)).toEqual(['AUROC', 'AUPRC', 'Accuracy', 'Balanced accuracy']);
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
