import { describe, expect, test } from 'vitest';
import { measureCalibration } from '../../../src-main/engine/metrics/calibration/calibration.ts';
import { drawGroups } from '../../../src-main/engine/metrics/calibration/resample.ts';
import {
  fitPlatt,
  fitTemperature,
  logarithms,
  scaled,
  scaledThreshold,
} from '../../../src-main/engine/metrics/calibration/scaling.ts';
import { isSeparated, targetOf } from '../../../src-main/engine/metrics/calibration/target.ts';
import { generator } from '../../../src-main/engine/random.ts';
import golden from '../../golden/reliability.json' with { type: 'json' };

const { tolerance, confidence } = golden;

function expectClose(got: number | null | undefined, value: number, what: string, by = tolerance): void {
  expect(Math.abs((got ?? NaN) - value), `${what}: ${got} for ${value}`).toBeLessThanOrEqual(
    by * (1 + Math.abs(value)),
  );
}

describe.each(golden.cases)('equal to statsmodels, scikit-learn and patsy: $name', (each) => {
  const { labels, groups, classes } = each;
  const probabilities = Float32Array.from(each.probabilities);
  const k = classes.length;

  test('figures and intervals', async () => {
    const { measured } = await measureCalibration({ labels, groups, classes, grouping: 'patient' }, [probabilities], {
      ...{ confidence, resamples: golden.resamples },
    });
    const [own] = measured;
    for (const name of ['brier', 'logLoss'] as const) {
      expectClose(own![name].value, each[name].value, name);
      expectClose(own![name].interval!.low, each[name].interval[0]!, `${name} from`);
      expectClose(own![name].interval!.high, each[name].interval[1]!, `${name} to`);
    }
    if (each.topLabel !== null) expectClose(own!.topLabel!.ece, each.topLabel, 'top label');
    expect(own!.classes.map((one) => one.class)).toEqual(each.perClass.map((one) => one.class));
    own!.classes.forEach((found, at) => {
      const wanted = each.perClass[at]!;
      expect(found.images).toBe(wanted.images);
      for (const [name, value] of Object.entries(wanted.figures)) {
        const figure = found[name as keyof typeof wanted.figures];
        const [low, high] = wanted.intervals[name as keyof typeof wanted.figures];
        expectClose(figure.value, value, name);
        expectClose(figure.interval?.low, low!, `${name} from`);
        expectClose(figure.interval?.high, high!, `${name} to`);
      }
      expectClose(found.debiased, wanted.debiased, 'debiased');
      expectClose(found.ece, wanted.ece, 'ece');
      expectClose(found.chance?.mean, wanted.chance.mean, 'by chance');
      expectClose(found.chance?.high, wanted.chance.high, 'by chance at most');
      // A normal approximation of bins of 10 images and more: near the drawn ones, not at them.
      expectClose(found.chance?.mean, wanted.chance.drawn[0]!, 'drawn', 0.005);
      expectClose(found.chance?.high, wanted.chance.drawn[1]!, 'drawn', 0.005);
      for (const [name, value] of Object.entries(wanted.decomposition))
        expectClose(found.decomposition[name as keyof typeof wanted.decomposition], value, name);
      expect(found.bins.length).toBe(wanted.bins.length);
      wanted.bins.forEach((bin, place) => {
        for (const [name, value] of Object.entries(bin))
          expectClose(found.bins[place]![name as keyof typeof bin], value, `${name} of bin ${place}`);
      });
      wanted.smooth.knots.forEach((knot, place) => expectClose(found.curve!.knots[place], knot, 'knot'));
      wanted.smooth.points.forEach(([predicted, observed], place) => {
        expectClose(found.curve!.points[place]!.predicted, predicted!, 'grid');
        expectClose(found.curve!.points[place]!.observed, observed!, `smooth at ${predicted}`);
      });
    });
  });

  test('temperature', () => {
    const fit = fitTemperature(labels, logarithms(probabilities));
    if (!('temperature' in fit)) throw new Error('none was fitted');
    expectClose(fit.temperature, each.temperature.temperature, 'T');
    const after = scaled(probabilities, k, { method: 'temperature', temperature: fit.temperature });
    each.temperature.after.flat().forEach((value, at) => expectClose(after[at], value, 'after'));
  });

  test.skipIf(each.platt === null)('Platt', () => {
    const fit = fitPlatt(targetOf(labels, probabilities, { classes: 2, label: 1 }));
    expectClose(fit?.slope, each.platt!.slope, 'slope');
    expectClose(fit?.intercept, each.platt!.intercept, 'intercept');
    // Its L-BFGS ends earlier.
    expectClose(fit?.slope, each.platt!.scikitLearn[0]!, 'slope', 1e-4);
  });
});

/** Images whose true odds are those predicted to the power of `steep`. */
function drawn(seed: number, n: number, { steep = 1, perPatient = 1 } = {}) {
  const random = generator('calibration test', seed);
  const probabilities = new Float32Array(2 * n);
  const labels: number[] = [];
  for (let image = 0; image < n; image++) {
    const odds = 4 * random() - 2;
    probabilities[2 * image + 1] = 1 / (1 + Math.exp(-odds));
    probabilities[2 * image] = 1 / (1 + Math.exp(odds));
    labels.push(random() < 1 / (1 + Math.exp(-steep * odds)) ? 1 : 0);
  }
  const groups = labels.map((_, image) => `p${Math.floor(image / perPatient)}`);
  return { labels, probabilities, groups, classes: ['no', 'yes'], grouping: 'patient' as const };
}

const measure = async (of: ReturnType<typeof drawn>, resamples = 200) => {
  const { measured } = await measureCalibration(of, [of.probabilities], { confidence, resamples });
  return measured[0]!;
};

describe('bad input', () => {
  /** No number that is none anywhere, as JSON would make null of it without a reason. */
  const finite = (value: unknown): boolean =>
    typeof value === 'number' ? Number.isFinite(value) : value === null || typeof value !== 'object' || Object.values(value).every(finite); // prettier-ignore
  const withReason = (figure: { value: number | null; interval: object | null; why: string | null }) =>
    (figure.value !== null && figure.interval !== null) === (figure.why === null);

  const base = drawn(1, 60);
  const rows = (of: (image: number) => number) =>
    Float32Array.from({ length: 120 }, (_, at) => (at % 2 === 0 ? 1 - of(at / 2) : of((at - 1) / 2)));
  test.each([
    ['one class', { ...base, labels: base.labels.map(() => 1) }, /^All images are of the class 'yes'\.$/],
    ['no image of the class', { ...base, labels: base.labels.map(() => 0) }, /^No image is of the class 'yes'\.$/],
    ['three of a class', { ...base, labels: base.labels.map((_, at) => (at < 3 ? 1 : 0)) }, /^Fewer than 5 images/],
    ['equal probabilities', { ...base, probabilities: rows(() => 0.3) }, /^All images have the same probability\.$/],
    ['told apart', { ...base, probabilities: rows((at) => 0.1 + 0.8 * base.labels[at]!) }, /without a mistake/],
    ['told apart by 0 and 1', { ...base, probabilities: rows((at) => base.labels[at]!) }, /without a mistake/],
  ])('%s: no slope, and why', async (_, of, why) => {
    const found = await measure(of);
    const [own] = found.classes;
    expect(own!.slope.value).toBeNull();
    expect(own!.slope.why).toMatch(why);
    expect(finite(found)).toBe(true);
    for (const each of [found.brier, found.logLoss, own!.slope, own!.intercept, own!.observedExpected, own!.brier])
      expect(each).toSatisfy(withReason);
    expect(own!.curve === null).toBe(own!.curveWhy !== null);
  });

  test('a few images have no bins, and too few patients no interval', async () => {
    const few = await measure(drawn(2, 19));
    expect(few.classes[0]!.bins).toEqual([]);
    expect(few.classes[0]!.eceWhy).toMatch(/^Fewer than 20 images/);
    const patients = await measure(drawn(2, 60, { perPatient: 10 }));
    expect(patients.brier.value).not.toBeNull();
    expect(patients.brier.interval).toBeNull();
    expect(patients.brier.why).not.toBeNull();
  });

  test('a wrong image among 0 and 1 counts as the smallest number, not as infinity', async () => {
    const labels = base.labels.map((label, at) => (at < 2 ? 1 - label : label));
    const found = await measure({ ...base, labels, probabilities: rows((at) => base.labels[at]!) });
    expect(finite(found)).toBe(true);
    expect(found.logLoss.value).toBeCloseTo((2 * 149 * Math.LN2) / 60, 9);
  });
});

describe('what figures mean', () => {
  test('too extreme probabilities have a slope below 1, and temperature scaling mends it', async () => {
    const of = drawn(3, 3000, { steep: 0.5 });
    const [before] = (await measure(of, 20)).classes;
    expect(before!.slope.value).toBeCloseTo(0.5, 1);
    const fit = fitTemperature(of.labels, logarithms(of.probabilities));
    if (!('temperature' in fit)) throw new Error('none was fitted');
    expect(fit.temperature).toBeCloseTo(2, 0);
    const after = scaled(of.probabilities, 2, { method: 'temperature', temperature: fit.temperature });
    const { measured } = await measureCalibration(of, [after], { confidence, resamples: 20 });
    expect(measured[0]!.classes[0]!.slope.value).toBeCloseTo(1, 1);
    expect(measured[0]!.logLoss.value!).toBeLessThan((await measure(of, 20)).logLoss.value!);
  });

  test('of right probabilities ECE is what chance makes of it', async () => {
    const found = await Promise.all(Array.from({ length: 200 }, (_, seed) => measure(drawn(10 + seed, 200), 1)));
    const own = found.map(({ classes: [first] }) => ({
      ece: first!.ece!,
      ...first!.chance!,
      debiased: first!.debiased!,
    }));
    const mean = (name: keyof (typeof own)[number]) => own.reduce((sum, each) => sum + each[name], 0) / own.length;
    expect(Math.abs(mean('ece') - mean('mean'))).toBeLessThan(0.004);
    expect(mean('debiased')).toBeLessThan(mean('ece') / 1.5);
    const above = own.filter(({ ece, high }) => ece > high).length / own.length;
    expect(Math.abs(above - 0.05)).toBeLessThan(3 * Math.sqrt((0.05 * 0.95) / own.length));
  });

  test('the interval of the slope covers what is true', async () => {
    const trials = 60;
    let covered = 0;
    for (let seed = 0; seed < trials; seed++) {
      const { interval } = (await measure(drawn(100 + seed, 150, { steep: 0.8 }), 200)).classes[0]!.slope;
      if (interval!.low <= 0.8 && interval!.high >= 0.8) covered += 1;
    }
    // 95 % nominal; three standard errors of the trials below it.
    expect(covered / trials).toBeGreaterThanOrEqual(0.95 - 3 * Math.sqrt((0.95 * 0.05) / trials));
  });

  test('the same draws for the same patients, each with all its images', async () => {
    const groups = ['a', 'b', 'a', 'c'];
    const seen: number[][] = [];
    await drawGroups(groups, { resamples: 3 }, (weights) => void seen.push([...weights]));
    for (const [first, second, third, fourth] of seen) {
      expect(first).toBe(third);
      expect(first! + second! + fourth!).toBe(3);
    }
  });
});

describe('scaling', () => {
  const probabilities = [0.2, 0.8, 0.6, 0.4, 1, 0, 0.5, 0.5];

  test('a temperature of 1 and a line of slope 1 leave probabilities as they are', () => {
    for (const scaling of [
      { method: 'temperature', temperature: 1 },
      { method: 'platt', slope: 1, intercept: 0 },
    ] as const)
      scaled(probabilities, 2, scaling).forEach((value, at) => expect(value).toBeCloseTo(probabilities[at]!, 12));
  });

  test('a threshold is moved with the probabilities', () => {
    const scaling = { method: 'platt', slope: 0.6, intercept: -0.4 } as const;
    expect(scaledThreshold(0.8, scaling)).toBeCloseTo(scaled([0.2, 0.8], 2, scaling)[1]!, 12);
  });

  test('no temperature where every image is right, or where the probabilities say less than nothing', () => {
    const logs = logarithms([0.9, 0.1, 0.2, 0.8]);
    expect(fitTemperature([0, 1], logs)).toEqual({ none: 'separated' });
    expect(fitTemperature([1, 0], logs)).toEqual({ none: 'worthless' });
  });

  test('Platt scaling is finite where a threshold tells all apart', () => {
    const target = targetOf([0, 0, 1, 1], [0.9, 0.1, 0.8, 0.2, 0.1, 0.9, 0.2, 0.8], { classes: 2, label: 1 });
    expect(isSeparated(target)).toBe(true);
    expect(Number.isFinite(fitPlatt(target)!.slope)).toBe(true);
  });
});
