import { describe, expect, test } from 'vitest';
import { countsAt } from '../../../src-main/contract/operating.ts';
import { npvAt, ppvAt, shiftedProbability } from '../../../src-main/contract/prevalence.ts';
import type { OperatingRule } from '../../../src-main/contract/runChoices.ts';
import {
  conformalThreshold,
  leastPatients,
  neededPatients,
  setsOf,
  worstOfPatients,
} from '../../../src-main/engine/metrics/conformal.ts';
import { between, chooseThreshold, cutoffsOf } from '../../../src-main/engine/metrics/cutoffs.ts';
import { betterStretches, decisionLines } from '../../../src-main/engine/metrics/decisionCurve.ts';
import { figuresAt } from '../../../src-main/engine/metrics/operating.ts';
import { generator } from '../../../src-main/engine/random.ts';
import golden from '../../golden/decisions.json' with { type: 'json' };

const { tolerance, resamples } = golden;
const drawing = { resamples, seed: 0, confidence: 0.95 };

function expectClose(actual: object | null, expected: Record<string, number>): void {
  for (const [key, value] of Object.entries(expected)) {
    const got = (actual as Record<string, number>)[key]!;
    expect(Math.abs(got - value), `${key}: ${got} for ${value}`).toBeLessThanOrEqual(tolerance);
  }
}

const imagesOf = (each: { positive: number[]; scores: number[]; groups?: number[] }) => ({
  positive: Uint8Array.from(each.positive),
  scores: Float32Array.from(each.scores),
  groups: each.positive.map((_, image) => `p${each.groups?.[image] ?? image}`),
});

const RULES: Record<string, OperatingRule> = {
  youden: { kind: 'youden' },
  'sensitivity 0.9': { kind: 'sensitivity', target: 0.9 },
  'sensitivity 1': { kind: 'sensitivity', target: 1 },
  'specificity 0.8': { kind: 'specificity', target: 0.8 },
  'cost 5': { kind: 'cost', ratio: 5 },
};

describe('thresholds as scikit-learn’s roc_curve has them', () => {
  const cases = golden.cuts.flatMap(({ name, rules, ...images }) =>
    Object.entries(rules).map(([rule, cut]) => ({ title: `${name}: ${rule}`, rule, cut, images })),
  );
  test.each(cases)('$title', ({ rule, cut, images }) => {
    const { positive, scores } = imagesOf(images);
    const { threshold } = chooseThreshold(RULES[rule]!, cutoffsOf(positive, scores), 'a');
    expect(threshold).toBeGreaterThan(cut.next);
    expect(threshold).toBeLessThanOrEqual(cut.score);
  });

  test('a threshold has no more digits than tell its neighbours apart, as a number of 32 bits, too', () => {
    expect(between(0.4, 0.5)).toBe(0.5);
    expect(between(0.42, 0.45)).toBe(0.43);
    expect(between(0, 0.001)).toBe(0.0005);
    const above = Math.fround(0.3);
    const below = above - 2 ** -25;
    const threshold = between(below, above);
    expect([Math.fround(threshold) > below, Math.fround(threshold) <= above]).toEqual([true, true]);
  });

  test('images at the threshold are called positive', () => {
    const all = cutoffsOf(Uint8Array.of(1, 0, 1, 0), Float32Array.of(0.75, 0.5, 0.5, 0.25));
    expect(all).toEqual({ scores: [0.75, 0.5, 0.25], truePositives: [1, 2, 2], falsePositives: [0, 1, 2], positives: 2, negatives: 2 }); // prettier-ignore
    expect(countsAt(all, 0.5)).toEqual({ truePositives: 2, falsePositives: 1, falseNegatives: 0, trueNegatives: 1 });
    expect(countsAt(all, 0.51).truePositives).toBe(1);
    expect(countsAt(all, 0.76)).toEqual({ truePositives: 0, falsePositives: 0, falseNegatives: 2, trueNegatives: 2 });
  });
});

describe('where a rule gives no threshold it says why', () => {
  const chosen = (rule: string, positive: number[], scores: number[]) =>
    chooseThreshold(RULES[rule]!, cutoffsOf(Uint8Array.from(positive), Float32Array.from(scores)), 'a').why;
  test.each([
    ['no image of the class', 'youden', [0, 0], [0.1, 0.2], /^There is no validation image of ‘a’/],
    ['no image of the rest', 'cost 5', [1, 1], [0.1, 0.2], /^All validation images are of ‘a’/],
    ['all scores the same', 'sensitivity 0.9', [1, 0], [0.5, 0.5], /no threshold tells them apart/],
    ['all ranked the wrong way', 'youden', [0, 1], [0.9, 0.1], /better than chance/],
    ['the highest are others', 'specificity 0.8', [0, 1, 1], [1, 0.5, 0.1], /a specificity of 0\.8 is reached only/],
  ])('%s', (_, rule, positive, scores, why) => expect(chosen(rule, positive, scores)).toMatch(why));

  test('a false alarm that costs more than a missed one', () => {
    const all = cutoffsOf(Uint8Array.of(0, 0, 1), Float32Array.of(1, 0.5, 0.2));
    expect(chooseThreshold({ kind: 'cost', ratio: 0.1 }, all, 'a').why).toMatch(
      /costs least to call no validation image/,
    );
    expect(chooseThreshold({ kind: 'cost', ratio: 100 }, all, 'a').threshold).toBe(0.1);
  });
});

describe('what a threshold does', () => {
  test.each(golden.figures)('$name', async (each) => {
    const found = await figuresAt(imagesOf(each), each.threshold, drawing);
    expect(Object.values(found.counts)).toEqual(each.counts);
    for (const share of ['sensitivity', 'specificity', 'ppv', 'npv', 'accuracy'] as const)
      expectClose(found[share], each[share]);
    for (const { prevalence, ppv, npv } of each.prevalences) {
      expectClose(ppvAt(found.inversePositiveRatio!, prevalence), ppv);
      expectClose(npvAt(found.negativeRatio!, prevalence), npv);
    }
    if (!each.ratios) return;
    expectClose(found.inversePositiveRatio, each.ratios.ppv);
    expectClose(found.negativeRatio, each.ratios.npv);
  });

  test('nothing is NaN where there is nothing to divide by', async () => {
    const found = await figuresAt(imagesOf({ positive: [0, 0, 0], scores: [0.1, 0.2, 0.3] }), 0.5, drawing);
    expect(found.sensitivity).toMatchObject({ of: 0, value: null, low: null, high: null });
    expect([found.ppv.value, found.npv.value, found.specificity.value]).toEqual([null, 1, 1]);
    expect([found.inversePositiveRatio, found.negativeRatio]).toEqual([null, null]);
    expect(JSON.stringify(found)).not.toMatch(/NaN|Infinity/);
  });

  test('of patients who are all right no variance is seen, and no interval', async () => {
    const images = { positive: [1, 1, 0, 0], scores: [0.9, 0.8, 0.1, 0.2], groups: [0, 0, 1, 1] };
    const found = await figuresAt(imagesOf(images), 0.5, drawing);
    expect(found.sensitivity).toMatchObject({ value: 1, low: null, high: null, method: 'bootstrap' });
  });

  test.each(golden.shift)('a probability at another prevalence', ({ probability, from, to, expected }) => {
    expect(shiftedProbability(probability, from, to)).toBeCloseTo(expected, 12);
    expect([0, 1].map((end) => shiftedProbability(end, from, to))).toEqual([0, 1]);
  });
});

describe('decision curves as dcurves has them', () => {
  test.each(golden.curves)('$name', async (each) => {
    const { prevalence, thresholds } = each;
    const found = await decisionLines(imagesOf(each), thresholds, { ...drawing, prevalence });
    for (const line of ['model', 'all', 'low', 'high'] as const)
      expectClose(found[line], Object.fromEntries(each[line].entries()));
  });

  test('where the model is better than both', () => {
    const [model, all] = [
      [0.3, 0.29, 0.2, 0, 0.1],
      [0.3, 0.2, 0.1, -0.2, -0.5],
    ];
    expect(betterStretches([0.1, 0.2, 0.3, 0.4, 0.5], { model, all })).toEqual([{ from: 0.2, to: 0.3 }, { from: 0.5, to: 0.5 }]); // prettier-ignore
  });
});

describe('conformal sets', () => {
  test.each(golden.conformal)('thresholds as numpy has them, alpha $alpha', ({ labels, probabilities, groups, alpha, thresholds }) => {
    const images = { labels, probabilities: Float32Array.from(probabilities), groups: groups.map(String) };
    thresholds.forEach((expected, label) => {
      const found = conformalThreshold(worstOfPatients(images, label), alpha);
      expect(Math.abs(found - expected)).toBeLessThanOrEqual(tolerance);
    });
  }); // prettier-ignore

  test.each(golden.needed)('patients that alpha $alpha takes', ({ alpha, least, needed }) => {
    expect(leastPatients(alpha)).toBe(least);
    expect(neededPatients(alpha)).toBe(needed);
  });

  test('drawn studies cover each class as often as promised, patient by patient', () => {
    const random = generator(1, 'coverage');
    const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    /** Patients with one to four images each, of which those of one patient are alike. */
    const drawn = (patients: number) => {
      const [labels, values, groups] = [[], [], []] as [number[], number[], string[]];
      for (let patient = 0; patient < patients; patient++) {
        const [label, own] = [random() < 0.3 ? 1 : 0, normal()];
        for (let image = Math.floor(1 + 4 * random()); image > 0; image--) {
          const p = 1 / (1 + Math.exp(-(label === 1 ? 1 : -1) - own - 0.5 * normal()));
          labels.push(label);
          values.push(1 - p, p);
          groups.push(`p${patient}`);
        }
      }
      return { labels, probabilities: Float32Array.from(values), groups };
    };
    const [alpha, studies] = [0.1, 400];
    const covered = [0, 0];
    const patients = [0, 0];
    for (let study = 0; study < studies; study++) {
      const [calibration, fresh] = [drawn(100), drawn(50)];
      const thresholds = [0, 1].map((label) => conformalThreshold(worstOfPatients(calibration, label), alpha));
      const sets = setsOf(fresh, thresholds);
      for (const label of [0, 1]) {
        const own = Map.groupBy(fresh.groups.keys(), (image) => fresh.groups[image]!);
        for (const images of own.values()) {
          if (fresh.labels[images[0]!] !== label) continue;
          patients[label]! += 1;
          covered[label]! += images.every((image) => sets[image]![label]!) ? 1 : 0;
        }
      }
    }
    // Promised: at least 1 − α, and at most 1 / (n + 1) more, with some 30 and 70 calibration patients; three errors of the mean.
    const [harmless, finding] = covered.map((count, label) => count / patients[label]!);
    expect(harmless).toBeGreaterThan(0.9 - 0.012);
    expect(harmless).toBeLessThan(0.9 + 1 / 60 + 0.012);
    expect(finding).toBeGreaterThan(0.9 - 0.015);
    expect(finding).toBeLessThan(0.9 + 1 / 20 + 0.015);
  });
});
