import { describe, expect, test } from 'vitest';
import { intervals as intervalsSchema } from '../../../src-main/contract/evaluation.ts';
import { figures as schema, type FigureSet, type MeasuredFigure } from '../../../src-main/contract/figures.ts';
import { multiLabelFigures } from '../../../src-main/contract/task/multiLabelFigures.ts';
import { perPatient } from '../../../src-main/engine/metrics/aggregate.ts';
import { figuresOf } from '../../../src-main/engine/metrics/figures.ts';
import { computeLabelMetrics } from '../../../src-main/engine/metrics/labelMetrics.ts';
import { labelView } from '../../../src-main/engine/metrics/labels.ts';
import golden from '../../golden/labelFigures.json' with { type: 'json' };
import { drawnLabels, type LabelRecipe } from './drawnLabels.ts';

interface Expected {
  value: number;
  undefined: number;
  percentile?: number[];
  bca?: number[];
}

/** Parts of a set by the names that the golden has for them. */
const partsOf = ({ whole, perClass, macro, weighted }: FigureSet): Record<string, MeasuredFigure[]> => ({
  ...Object.fromEntries(perClass.map(({ name, figures }) => [name, figures] as const)),
  ...{ macro, weighted, whole },
});

function expectSet(set: FigureSet, golden: object): void {
  const expected = golden as Record<string, Record<string, Expected | null>>;
  const parts = partsOf(set);
  expect(Object.keys(parts)).toEqual(Object.keys(expected));
  for (const [part, figures] of Object.entries(parts)) {
    expect(figures.map(({ name }) => name)).toEqual(Object.keys(expected[part]!));
    for (const figure of figures) expectFigure(figure, expected[part]![figure.name]!, `${part}, ${figure.name}`);
  }
}

function expectFigure(figure: MeasuredFigure, expected: Expected | null, what: string): void {
  if (expected === null) {
    expect(figure, what).toMatchObject({ value: null, reason: { message: expect.any(String) }, intervals: [] });
    return;
  }
  const tolerance = figure.name === 'logLoss' ? golden.lossTolerance : golden.tolerance;
  const close = (got: number | undefined, value: number) =>
    expect(Math.abs(got! - value), `${what}: ${got} for ${value}`).toBeLessThanOrEqual(tolerance);
  close(figure.value!, expected.value);
  for (const method of ['percentile', 'bca'] as const) {
    const found = figure.intervals.find((each) => each.method === method);
    const ends = expected[method];
    expect(found === undefined, `${what}: ${method}`).toBe(ends === undefined);
    ends?.forEach((end, at) => close(at === 0 ? found!.low : found!.high, end));
  }
  if (expected.percentile) expect(figure.undefinedResamples, what).toBe(expected.undefined);
  else expect(figure.noInterval, what).toMatchObject({ code: expect.stringMatching(/TOO_FEW|NO_VARIANCE/) });
}

describe('equal to scikit-learn, and intervals to scipy on the same draws', () => {
  test.each(golden.cases)('$name', async ({ recipe, cases, known, expected, patients }) => {
    const drawn = drawnLabels(recipe);
    const { figures, intervals } = await figuresOf(drawn, drawn.names, { resamples: golden.resamples });
    expect(schema.parse(JSON.parse(JSON.stringify(figures)))).toEqual(figures);
    expect(intervalsSchema.parse(JSON.parse(JSON.stringify(intervals)))).toEqual(intervals);
    expectSet(figures.images, expected);
    expect(figures.images.perClass.map((each) => [each.cases, each.known])).toEqual(cases.map((each, at) => [each, known[at]])); // prettier-ignore
    if (!patients) return expect(figures.groups).toBeNull();
    const mean = figures.groups!.sets.find(({ aggregation }) => aggregation === 'mean')!;
    expect([figures.groups!.mixed, mean.cases, mean.drawn]).toEqual([patients.mixed, patients.cases, patients.cases]);
    expect(mean.perClass.map((each) => each.known)).toEqual(patients.known);
    expectSet(mean, patients.expected);
  });
});

const recipe: LabelRecipe = { seed: 86, n: 90, priors: [0.5, 0.3], unknown: [0.1, 0.3], levels: 0, lift: 0.25, patients: 0 }; // prettier-ignore
const value = (of: readonly MeasuredFigure[], name: string) => of.find((each) => each.name === name)!.value;

test('they are the numbers of the metrics, and the list of the task names each of them', async () => {
  const drawn = drawnLabels(recipe);
  const metrics = computeLabelMetrics(drawn.several, drawn.probabilities, drawn.names);
  const { figures } = await figuresOf(drawn, drawn.names, { resamples: 20 });
  for (const name of ['auroc', 'auprc', 'sensitivity', 'specificity', 'balancedAccuracy'] as const)
    expect(value(figures.images.macro, name)).toBeCloseTo(metrics[name]!, 14);
  expect(value(figures.images.whole, 'accuracy')).toBe(metrics.accuracy);
  expect(value(figures.images.whole, 'logLoss')).toBeCloseTo(metrics.loss, 12);
  const named = (of: 'class' | 'whole') => multiLabelFigures.filter((each) => each.of === of).map(({ name }) => name);
  expect(figures.images.whole.map(({ name }) => name)).toEqual(named('whole'));
  expect(figures.images.perClass[1]!.figures.map(({ name }) => name)).toEqual(named('class'));
});

test('one label has the figures of two classes, without and with it, intervals and curves as well', async () => {
  const drawn = drawnLabels({ ...recipe, priors: [0.4], unknown: [0], patients: 40 });
  const own = await figuresOf(drawn, drawn.names, { resamples: 60 });
  const two = await figuresOf(labelView(drawn, 0), ['without', 'label 0'], { resamples: 60 });
  expect(own.curves).toEqual(two.curves);
  const sets = [
    [own.figures.images, two.figures.images],
    ...own.figures.groups!.sets.map((set, at) => [set, two.figures.groups!.sets[at]!] as const),
  ] as const;
  for (const [ours, theirs] of sets) {
    const [label] = ours.perClass;
    const positive = [...theirs.perClass[1]!.figures, ...theirs.whole];
    for (const figure of label!.figures) expect(figure).toEqual(positive.find(({ name }) => name === figure.name));
    for (const name of ['auroc', 'f1'])
      expect({ ...ours.macro.find((each) => each.name === name)! }).toMatchObject({ value: value(positive, name) });
  }
  expect(own.intervals.perClass).toEqual([two.intervals.perClass[1]]);
  expect(own.intervals).toMatchObject({ auroc: two.intervals.auroc, sensitivity: null });
});

test('which interval stands first: what is known of one image is not independent, nor are images of a patient', async () => {
  const methods = async (drawn: ReturnType<typeof drawnLabels>) => {
    const { images } = (await figuresOf(drawn, drawn.names, { resamples: 50 })).figures;
    const [accuracy, subset] = images.whole;
    const [auroc, , , sensitivity] = images.perClass[0]!.figures;
    return [accuracy, subset, auroc, sensitivity].map((each) => each!.intervals[0]!.method);
  };
  expect(await methods(drawnLabels(recipe))).toEqual(['bca', 'wilson', 'delong', 'wilson']);
  expect(await methods(drawnLabels({ ...recipe, patients: 40 }))).toEqual(['bca', 'bca', 'bca', 'bca']);
});

describe('bad input has a reason instead of a number', () => {
  const of = async (rows: number[][], probabilities: number[][], groups = rows.map((_, at) => `p${at}`)) => {
    const k = rows[0]!.length;
    const predictions = { labels: [], several: Int8Array.from(rows.flat()), probabilities: Float32Array.from(probabilities.flat()), groups }; // prettier-ignore
    const names = Array.from({ length: k }, (_, label) => String(label));
    const { figures } = await figuresOf(predictions, names, { resamples: 50 });
    expect(JSON.stringify(figures)).not.toMatch(/NaN|Infinity/);
    expect(schema.parse(JSON.parse(JSON.stringify(figures)))).toEqual(figures);
    return figures;
  };
  const codes = (figures: MeasuredFigure[]) =>
    Object.fromEntries(figures.flatMap(({ name, reason }) => (reason ? [[name, reason.code]] : [])));

  test('labels that all have and are called so, that none has, that are never known', async () => {
    const { images } = await of([[1, 0, -1], [1, 0, -1], [1, 0, -1]], [[0.9, 0.2, 0.5], [0.8, 0.4, 0.5], [0.7, 0.1, 0.5]]); // prettier-ignore
    const [all, none, never] = images.perClass.map(({ figures }) => codes(figures));
    const ranking = { auroc: 'LABEL_EVERYWHERE', auprc: 'LABEL_EVERYWHERE', auprcTrapezoidal: 'LABEL_EVERYWHERE' };
    expect(all).toEqual({
      ...ranking,
      specificity: 'LABEL_EVERYWHERE',
      npv: 'LABEL_ALWAYS_CALLED',
      mcc: 'LABEL_ALIKE',
    });
    expect(none).toMatchObject({ auroc: 'LABEL_ABSENT', sensitivity: 'LABEL_ABSENT', ppv: 'LABEL_NEVER_CALLED', f1: 'LABEL_ABSENT' }); // prettier-ignore
    expect(new Set(Object.values(never!))).toEqual(new Set(['LABEL_UNKNOWN']));
    expect(Object.keys(never!)).toHaveLength(images.perClass[2]!.figures.length);
    for (const part of ['macro', 'weighted'] as const)
      expect(new Set(Object.values(codes(images[part])))).toEqual(new Set(['NONE_JUDGED']));
    expect(images.macro[0]).not.toHaveProperty('reasonOf');
    expect(value(images.whole, 'labelRankingPrecision')).toBe(1);
  });

  test('a label never called, of which the averages say so; nothing to rank', async () => {
    const { images } = await of([[1, -1], [0, -1], [1, -1], [-1, 1], [-1, 0], [-1, 0]], [[0.9, 0], [0.2, 0], [0.4, 0], [0, 0.4], [0, 0.3], [0, 0.1]]); // prettier-ignore
    expect(images.macro.find(({ name }) => name === 'ppv')).toMatchObject({ value: null, reason: { code: 'LABEL_NEVER_CALLED' }, reasonOf: '1' }); // prettier-ignore
    expect(codes(images.whole)).toEqual({ labelRankingPrecision: 'NOTHING_TO_RANK' });
    expect(value(images.macro, 'sensitivity')).toBe(0.25);
  });

  test('patients who have every label both ways', async () => {
    const figures = await of([[1], [0], [0], [1]], [[0.9], [0.2], [0.6], [0.4]], ['p', 'p', 'q', 'q']);
    expect(figures.groups).toEqual({ mixed: 2, sets: [] });
  });
});

test('labels of a patient, each of the images of which it is known', () => {
  const several = Int8Array.of(1, 0, -1, 0, 1, 1, 0, -1);
  const probabilities = Float32Array.of(0.5, 0.25, 0.9, 0.75, 0.75, 0.5, 0.25, 0.5);
  const images = { labels: [], several, probabilities, groups: ['p', 'p', 'p', 'q'] };
  const combined = perPatient(images, 2, 'mean');
  expect(combined).toEqual({
    predictions: {
      ...{ labels: [], several: Int8Array.of(1, -1, 0, -1), groups: ['p', 'q'] },
      probabilities: Float32Array.of(0.625, 0, 0.25, 0),
    },
    mixed: 1,
  });
  expect([...perPatient(images, 2, 'max').predictions.probabilities]).toEqual([0.75, 0, 0.25, 0]);
  expect(perPatient(images, 2, 'noisy-or').predictions.probabilities[0]).toBeCloseTo(0.875, 7);
});
