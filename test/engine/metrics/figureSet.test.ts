import { describe, expect, test } from 'vitest';
import { orderByNames } from '../../../src-main/contract/classOrder.ts';
import { figures as schema, type FigureSet, type MeasuredFigure } from '../../../src-main/contract/figures.ts';
import { tasks } from '../../../src-main/contract/task/index.ts';
import { perPatient } from '../../../src-main/engine/metrics/aggregate.ts';
import { accelerationOf, bcaEnds } from '../../../src-main/engine/metrics/bca.ts';
import { figuresOf } from '../../../src-main/engine/metrics/figures.ts';
import { computeMetrics } from '../../../src-main/engine/metrics/metrics.ts';
import { normalProbability } from '../../../src-main/engine/metrics/normal.ts';
import { resampleNumbers } from '../../../src-main/engine/metrics/resample.ts';
import { wilson } from '../../../src-main/engine/metrics/wilson.ts';
import golden from '../../golden/figures.json' with { type: 'json' };
import { drawnPredictions } from './drawn.ts';

const { tolerance } = golden;
interface Expected {
  value: number;
  undefined: number;
  percentile?: number[];
  bca?: number[];
}

/** Parts of a set by the names that the golden has for them. */
function partsOf({ whole, perClass, macro, weighted }: FigureSet): Record<string, MeasuredFigure[]> {
  const classes = perClass.map(({ figures }, label) => [`class ${label}`, figures] as const);
  return { whole, ...(macro.length > 0 && { macro, weighted }), ...Object.fromEntries(classes) };
}

function expectSet(set: FigureSet, golden: object): void {
  const expected = golden as Record<string, Record<string, Expected | null>>;
  const parts = partsOf(set);
  expect(Object.keys(parts).sort()).toEqual(Object.keys(expected).sort());
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
  test.each(golden.cases)('$name', async ({ run, order, resamples, groups, expected, sets }) => {
    const drawn = { ...drawnPredictions(run), groups };
    const known = { classes: order && order.map((label) => drawn.classes[label]!), by: 'person' as const };
    const { figures } = await figuresOf(drawn, drawn.classes, { resamples, order: known });
    expect(schema.parse(JSON.parse(JSON.stringify(figures)))).toEqual(figures);
    expectSet(figures.images, expected);
    expect(figures.groups?.sets.map(({ aggregation }) => aggregation) ?? []).toEqual(sets.map((each) => each.aggregation));
    sets.forEach((each, at) => {
      const own = figures.groups!.sets[at]!;
      expect([figures.groups!.mixed, own.cases, own.drawn]).toEqual([each.mixed, each.cases, each.cases]);
      expectSet(own, each.expected);
    });
  }); // prettier-ignore

  test('Wilson, and the normal distribution', () => {
    for (const [count, of, low, high] of golden.wilson) {
      const found = wilson(count!, of!, 0.95);
      expect(Math.abs(found.low - low!) + Math.abs(found.high - high!)).toBeLessThan(1e-12);
    }
    for (const [x, value] of golden.normal) expect(Math.abs(normalProbability(x!) - value!)).toBeLessThan(2e-15);
  });
});

const recipe = { seed: 51, n: 120, k: 2, levels: 0, shares: [0.6], lift: 0.3, patients: 0 };

test('they are the numbers of the metrics, and the list of the task names each of them', async () => {
  for (const k of [2, 3]) {
    const drawn = drawnPredictions({ ...recipe, k, shares: [0.4, 0.3] });
    const metrics = computeMetrics(drawn.labels, drawn.probabilities, drawn.classes);
    const { figures } = await figuresOf(drawn, drawn.classes, { resamples: 20 });
    const value = (of: MeasuredFigure[], name: string) => of.find((each) => each.name === name)!.value;
    for (const name of ['accuracy', 'balancedAccuracy'] as const)
      expect(value(figures.images.whole, name)).toBeCloseTo(metrics[name], 14);
    expect(value(figures.images.whole, 'logLoss')).toBeCloseTo(metrics.loss, 12);
    for (const name of ['auroc', 'auprc', 'sensitivity', 'specificity'] as const)
      expect(value(k === 2 ? figures.images.perClass[1]!.figures : figures.images.macro, name)).toBeCloseTo(metrics[name]!, 14); // prettier-ignore
    const named = (of: 'class' | 'whole') =>
      tasks.classification.figures.filter((each) => each.of === of).map(({ name }) => name);
    expect(figures.images.whole.map(({ name }) => name)).toEqual(named('whole'));
    expect(figures.images.perClass[0]!.figures.map(({ name }) => name)).toEqual(named('class'));
  }
});

test('which interval stands first: exact where each patient has one image, that of the bootstrap otherwise', async () => {
  const alone = drawnPredictions(recipe);
  const several = { ...alone, groups: alone.groups.map((_, image) => `p${image % 50}`) };
  const methods = async (predictions: typeof alone) => {
    const { figures } = await figuresOf(predictions, alone.classes, { resamples: 50 });
    const [auroc, auprc, , sensitivity] = figures.images.perClass[1]!.figures;
    return [auroc!, auprc!, sensitivity!].map(({ intervals }) => intervals.map(({ method }) => method));
  };
  expect(await methods(alone)).toEqual([['delong', 'bca', 'percentile'], ['bca', 'percentile'], ['wilson', 'bca', 'percentile']]); // prettier-ignore
  expect(await methods(several)).toEqual([['bca', 'percentile'], ['bca', 'percentile'], ['bca', 'percentile', 'wilson']]); // prettier-ignore
});

describe('bad input has a reason instead of a number', () => {
  const of = async (labels: number[], rows: number[][], classes: string[], groups = labels.map((_, at) => `p${at}`)) => {
    const predictions = { labels, probabilities: Float32Array.from(rows.flat()), groups };
    const { figures } = await figuresOf(predictions, classes, { resamples: 100 });
    expect(JSON.stringify(figures)).not.toMatch(/NaN|Infinity/);
    expect(schema.parse(JSON.parse(JSON.stringify(figures)))).toEqual(figures);
    return figures;
  }; // prettier-ignore
  const codes = (figures: MeasuredFigure[]) =>
    Object.fromEntries(figures.flatMap(({ name, reason }) => (reason ? [[name, reason.code]] : [])));

  test('one class only, and always predicted', async () => {
    const { images } = await of([1, 1, 1], [[0, 1], [0.2, 0.8], [0.4, 0.6]], ['no', 'yes']); // prettier-ignore
    expect(codes(images.perClass[1]!.figures)).toEqual({ auroc: 'ALONE', auprc: 'ALONE', auprcTrapezoidal: 'ALONE', specificity: 'ALONE', npv: 'ALWAYS_PREDICTED' }); // prettier-ignore
    expect(codes(images.perClass[0]!.figures)).toMatchObject({ auroc: 'ABSENT', sensitivity: 'ABSENT', ppv: 'NEVER_PREDICTED', f1: 'ABSENT' }); // prettier-ignore
    expect(codes(images.whole)).toMatchObject({ mcc: 'ONE_PREDICTED', kappa: 'ONLY_ONE', kappaLinear: 'NOT_ORDERED' });
    expect(images.whole.find(({ name }) => name === 'accuracy')).toMatchObject({
      ...{ value: 1, share: { count: 3, of: 3 }, noInterval: { code: 'NO_VARIANCE' } },
      intervals: [{ method: 'wilson', high: 1 }],
    });
  });

  test('a class never predicted, of which an average says so', async () => {
    const { images } = await of(
      [0, 1, 2, 0, 1, 2],
      [[0.8, 0.1, 0.1], [0.1, 0.8, 0.1], [0.5, 0.3, 0.2], [0.4, 0.5, 0.1], [0.2, 0.6, 0.2], [0.5, 0.1, 0.4]],
      ['a', 'b', 'c'],
    ); // prettier-ignore
    for (const part of ['macro', 'weighted'] as const) {
      expect(codes(images[part])).toEqual({ ppv: 'NEVER_PREDICTED' });
      expect(images[part].find(({ name }) => name === 'ppv')).toMatchObject({ value: null, reasonOf: 'c' });
    }
  });

  test('ties everywhere, one positive, and probabilities of 0 and 1', async () => {
    const tied = await of([0, 1, 0, 1], new Array<number[]>(4).fill([0.5, 0.5]), ['no', 'yes']);
    expect(tied.images.perClass[1]!.figures[0]).toMatchObject({ value: 0.5 });
    const rare = await of([0, 0, 0, 1], [[0.9, 0.1], [0.4, 0.6], [0.8, 0.2], [0.3, 0.7]], ['no', 'yes']); // prettier-ignore
    expect(rare.images.perClass[1]!.figures[0]).toMatchObject({ value: 1, intervals: [], noInterval: { code: 'TOO_FEW' } }); // prettier-ignore
    const sure = await of([0, 1], [[0, 1], [0, 1]], ['no', 'yes']); // prettier-ignore
    expect(sure.images.whole.find(({ name }) => name === 'logLoss')!.value).toBeCloseTo((149 * Math.LN2) / 2, 10);
  });

  test('patients of several classes only', async () => {
    const rows = [[0.9, 0.1], [0.2, 0.8], [0.6, 0.4], [0.3, 0.7]]; // prettier-ignore
    expect((await of([0, 1, 0, 1], rows, ['no', 'yes'], ['p', 'p', 'q', 'q'])).groups).toEqual({ mixed: 2, sets: [] });
    expect((await of([0, 1, 0, 1], rows, ['no', 'yes'])).groups).toBeNull();
  });
});

test('images of a patient: mean, largest, noisy-or, by hand', () => {
  const two = { labels: [1, 1, 0, 0, 1], probabilities: Float32Array.of(0.5, 0.5, 0.2, 0.8, 1, 0, 0.5, 0.5, 0, 1), groups: ['p', 'p', 'q', 'r', 'r'] }; // prettier-ignore
  const positive = (how: 'mean' | 'max' | 'noisy-or') => {
    const { predictions, mixed } = perPatient(two, 2, how);
    expect([predictions.labels, predictions.groups, mixed]).toEqual([[1, 0], ['p', 'q'], 1]);
    return predictions.probabilities[1];
  };
  expect(positive('mean')).toBeCloseTo(0.65, 7);
  expect(positive('max')).toBeCloseTo(0.8, 7);
  expect(positive('noisy-or')).toBeCloseTo(1 - 0.5 * 0.2, 7);
  const three = { labels: [2, 2], probabilities: Float32Array.of(0.5, 0.25, 0.25, 0.25, 0.25, 0.5), groups: ['p', 'p'] }; // prettier-ignore
  expect([...perPatient(three, 3, 'max').predictions.probabilities]).toEqual([0.4, 0.2, 0.4].map(Math.fround));
});

describe('the order of classes by their names', () => {
  test.each([
    [['10', '2', '1'], ['1', '2', '10']],
    [['Grade III', 'Grade I', 'Grade II'], ['Grade I', 'Grade II', 'Grade III']],
    [['severe DR', 'no DR', 'mild DR'], ['no DR', 'mild DR', 'severe DR']],
    [['KL-0', 'KL-1', 'KL-4'], ['KL-0', 'KL-1', 'KL-4']],
  ])('%j', (classes, expected) => expect(orderByNames(classes)).toEqual({ classes: expected, by: 'names' })); // prettier-ignore

  test.each([[['0', '1']], [['adeno', 'squamous', 'benign']], [['1', '01', '2']], [['T1', 'N2', 'M3']], [['mild', 'low', 'severe']]])(
    'not of %j',
    (classes) => expect(orderByNames(classes)).toEqual({ classes: null, by: 'unknown' }),
  ); // prettier-ignore
});

describe('the bootstrap', () => {
  test('the acceleration is the same for parts of the patients as for each of them', async () => {
    // A mean of squares of 3,000 patients, of which more than 1,000 are left out in parts.
    const squares = Float64Array.from({ length: 3000 }, (_, at) => (((at * 7919) % 3001) / 3001) ** 6);
    const mean = (weights: Uint32Array) => {
      let [sum, all] = [0, 0];
      weights.forEach((weight, at) => {
        sum += weight * squares[at]!;
        all += weight;
      });
      return sum / all;
    };
    const measure = (weights: Uint32Array, into: Float64Array) => void (into[0] = mean(weights));
    const { left } = await resampleNumbers({ patients: 3000, numbers: 1, measure }, { resamples: 0, seed: 0 });
    const single = Float64Array.from(squares, (_, at) => mean(Uint32Array.from(squares, (_, each) => Number(each !== at)))); // prettier-ignore
    expect(left[0]).toHaveLength(1000);
    expect(accelerationOf(left[0]!) / accelerationOf(single)).toBeCloseTo(1, 0);
  });

  test('lets others have their turn, and ends when it is aborted', async () => {
    const drawn = drawnPredictions({ ...recipe, n: 20_000 });
    const abort = new AbortController();
    let turns = 0;
    const timer = setInterval(() => {
      if (++turns === 3) abort.abort();
    }, 5);
    // It would take hours.
    const measuring = figuresOf(drawn, drawn.classes, { resamples: 1e7, signal: abort.signal });
    await expect(measuring).rejects.toThrow(/aborted/);
    clearInterval(timer);
  });

  test('has no corrected interval where all draws lie on one side', () => {
    const ascending = Float64Array.of(0.1, 0.2, 0.3);
    expect(bcaEnds(0.5, { ascending, left: ascending }, 0.95)).toBeNull();
    expect(bcaEnds(0.2, { ascending, left: Float64Array.of(0.2, 0.2) }, 0.95)).toMatchObject({ low: expect.any(Number) });
  }); // prettier-ignore
});
