import { describe, expect, test } from 'vitest';
import { bandNames, bandOf, bandsFor } from '../../../src-main/engine/subgroups/bands.ts';
import { subgroupReport } from '../../../src-main/engine/subgroups/report.ts';
import { generator } from '../../../src-main/engine/random.ts';

const classes = ['benign', 'malignant'];

/** So many patients with one image each, or two. */
function study(patients: number, each = 1) {
  const random = generator(3, 'report');
  const images = Array.from({ length: patients * each }, (_, image) => ({
    label: image % 2,
    patient: `p${image % patients}`,
  }));
  const scores = images.map(({ label }) =>
    Math.min(0.95, Math.max(0.05, 0.5 + (label - 0.5) * 0.4 + (random() - 0.5) * 0.8)),
  );
  return {
    labels: images.map(({ label }) => label),
    probabilities: Float32Array.from(scores.flatMap((score) => [1 - score, score])),
    groups: images.map(({ patient }) => patient),
  };
}
const options = { column: 'sex', least: 10, classes, resamples: 200 };

describe('bands', () => {
  test('of ages, of other numbers in thirds, of what a person gives; a few numbers are names', () => {
    expect(bandsFor('Age', ['75', '5'])).toEqual({ edges: [18, 40, 65], from: 'age' });
    expect(bandsFor('dose', ['1', '2', '3'])).toBe(null);
    expect(
      bandsFor(
        'dose',
        Array.from({ length: 31 }, (_, at) => String(at)),
      ),
    ).toEqual({ edges: [10, 20], from: 'thirds' });
    expect(bandsFor('sex', ['m', '1'])).toBe(null);
    const bands = bandsFor('dose', ['1'], [2, 4])!;
    expect(bandNames(bands)).toEqual(['under 2', '2 to under 4', '4 and over']);
    expect(['1.9', '2', '3.99', '4', 'x'].map((value) => bandOf(value, bands))).toEqual([
      ...['under 2', '2 to under 4', '2 to under 4', '4 and over', null],
    ]);
  });
});

describe('the report', () => {
  test('counts every image once, and tells nothing of subgroups with few patients', async () => {
    const predictions = study(60);
    const values = predictions.labels.map((_, image) => (image < 6 ? 'x' : image < 30 ? 'f' : image < 55 ? 'm' : null));
    const report = await subgroupReport(predictions, values, options);
    expect(report.subgroups.map(({ value, images, groups }) => [value, images, groups])).toEqual([
      ['f', 24, 24],
      ['m', 25, 25],
      ['x', 6, 6],
    ]);
    expect(report.unknown).toEqual({ images: 5, groups: 5 });
    for (const { perClass, images } of report.subgroups) expect(perClass[0]! + perClass[1]!).toBe(images);
    for (const figure of report.subgroups[2]!.figures) expect(figure).toMatchObject({ value: null, missing: 'few' });
    for (const { highest, lowest } of report.gaps) expect([highest, lowest]).not.toContain('x');
    const [auroc, sensitivity] = report.subgroups[0]!.figures;
    expect(auroc).toMatchObject({ measure: 'auroc', interval: { method: 'delong' }, share: null });
    expect(sensitivity!.share!.of).toBe(report.subgroups[0]!.perClass[1]);
    expect(sensitivity!.share!.count / sensitivity!.share!.of).toBeCloseTo(sensitivity!.value!, 12);
  });

  test('of patients with several images it draws patients', async () => {
    const predictions = study(40, 2);
    const values = predictions.groups.map((group) => (Number(group.slice(1)) < 20 ? 'a' : 'b'));
    const report = await subgroupReport(predictions, values, options);
    expect(report.subgroups[0]).toMatchObject({ images: 40, groups: 20 });
    for (const { interval, share } of report.subgroups[0]!.figures) {
      expect(share).toBe(null);
      expect(interval?.method ?? 'bootstrap').toBe('bootstrap');
    }
  });

  test('a subgroup without one of the classes has a dash and its reason, and never a NaN', async () => {
    const predictions = study(60);
    const values = predictions.labels.map((label, image) => (image < 40 ? 'mixed' : label === 0 ? 'healthy' : 'mixed'));
    const report = await subgroupReport(predictions, values, options);
    const healthy = report.subgroups.find(({ value }) => value === 'healthy')!;
    const missing = Object.fromEntries(healthy.figures.map(({ measure, missing }) => [measure, missing]));
    expect(missing).toEqual({ auroc: 'class', sensitivity: 'class', specificity: null, accuracy: null });
    expect(JSON.stringify(report)).not.toContain('NaN');
    expect(report.gaps.map(({ measure }) => measure)).toEqual(['specificity', 'accuracy']);
  });

  test.each<[string, (image: number, label: number) => string | null, RegExp]>([
    ['no value', () => null, /No image has a value/],
    ['one value', () => 'm', /have the same: m/],
    ['the label itself', (_, label) => classes[label]!, /it says the class/],
    ['a column of one class', (image, label) => (label === 0 ? null : `v${image % 4}`), /are of the class ‘malignant’/],
    ['a value for each image', (image) => `v${image}`, /60 values/],
  ])('%s is refused in a sentence', async (_, value, sentence) => {
    const predictions = study(60);
    const values = predictions.labels.map((label, image) => value(image, label));
    await expect(subgroupReport(predictions, values, options)).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      message: expect.stringMatching(sentence),
    });
  });
});
