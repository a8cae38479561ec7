import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bootstrapPools, difference, percentileInterval } from '../../../src-main/engine/metrics/bootstrap.ts';
import { delongInterval } from '../../../src-main/engine/metrics/delong.ts';
import { computeMetrics } from '../../../src-main/engine/metrics/metrics.ts';
import { normalQuantile } from '../../../src-main/engine/metrics/normal.ts';
import { generator } from '../../../src-main/engine/random.ts';
import golden from '../../golden/statistics.json' with { type: 'json' };
import { drawnPredictions, type Recipe } from './drawn.ts';

const { tolerance, resamples, seed } = golden;

function expectClose(actual: object | null, expected: Record<string, number>): void {
  for (const [key, value] of Object.entries(expected)) {
    const got = (actual as Record<string, number>)[key]!;
    expect(Math.abs(got - value), `${key}: ${got} for ${value}`).toBeLessThanOrEqual(tolerance);
  }
}

describe('equal to scikit-learn, numpy and scipy on the same draws of patients', () => {
  test.each(golden.bootstrap)('$name', async ({ runs, pools, confidence, expected, difference: gap }) => {
    const drawn = runs.map(drawnPredictions);
    const pooled = await bootstrapPools(drawn, pools, { resamples, seed });
    pooled.forEach(({ auroc, auprc }, at) => {
      expectClose(percentileInterval(auroc, confidence), expected[at]!.auroc);
      expectClose(percentileInterval(auprc, confidence), expected[at]!.auprc);
    });
    expectClose(percentileInterval(difference(pooled[0]!.auroc, pooled.at(-1)!.auroc), confidence), gap);
  });

  test.each(golden.delong)('DeLong: $name', ({ run, confidence, expected }) => {
    const { labels, scores } = binary(run);
    expectClose(delongInterval(labels, scores, confidence), expected);
  });

  test('quantiles of the normal distribution', () => {
    for (const [probability, value] of golden.normal) {
      expect(Math.abs(normalQuantile(probability!) - value!)).toBeLessThanOrEqual(4e-15 * (1 + Math.abs(value!)));
    }
  });
});

const binary = (recipe: Recipe) => {
  const { labels, probabilities } = drawnPredictions(recipe);
  return {
    labels: Uint8Array.from(labels),
    scores: Float32Array.from(labels, (_, image) => probabilities[2 * image + 1]!),
  };
};

describe('bootstrap over patients', () => {
  const recipe = { seed: 20, n: 90, k: 3, levels: 0, shares: [0.4, 0.3], lift: 0.3, patients: 30 };

  test('one run alone has the value of computeMetrics; the same seed gives the same interval, another another', async () => {
    const run = drawnPredictions(recipe);
    const [a, b, c] = await Promise.all(
      [1, 1, 2].map(async (seed) => (await bootstrapPools([run], [[0]], { resamples: 50, seed }))[0]!),
    );
    const { auroc, auprc } = computeMetrics(run.labels, run.probabilities, run.classes);
    expect(a!.auroc.value).toBeCloseTo(auroc!, 14);
    expect(a!.auprc.value).toBeCloseTo(auprc!, 14);
    expect(b).toEqual(a);
    expect(c!.auroc.resamples).not.toEqual(a!.auroc.resamples);
  });

  test('the same network twice differs by nothing in every resample; twice the seeds do not narrow its interval', async () => {
    const run = drawnPredictions(recipe);
    const [one, other, both] = await bootstrapPools([run, run], [[0], [1], [0, 1]], { resamples: 50, seed: 0 });
    expect(percentileInterval(difference(one!.auroc, other!.auroc), 0.95)).toMatchObject({ value: 0, low: 0, high: 0 });
    for (const [at, value] of one!.auroc.resamples.entries()) expect(both!.auroc.resamples[at]).toBeCloseTo(value, 14);
  });

  test('what was not tested, and what holds one class only, has no interval', async () => {
    const empty = { labels: [], probabilities: new Float32Array(0), groups: [] };
    const oneClass = { labels: [1, 1], probabilities: Float32Array.of(0.2, 0.8, 0.4, 0.6), groups: ['a', 'b'] };
    const pooled = await bootstrapPools([empty, oneClass], [[0], [1], []], { resamples: 20, seed: 0 });
    for (const { auroc, auprc } of pooled) {
      expect(percentileInterval(auroc, 0.95)).toBeNull();
      expect(percentileInterval(auprc, 0.95)).toBeNull();
    }
    expect(await bootstrapPools([], [], { resamples: 20, seed: 0 })).toEqual([]);
  });

  test('ends when it is aborted', async () => {
    const run = drawnPredictions(recipe);
    const options = { resamples: 1e9, seed: 0, signal: AbortSignal.timeout(20) };
    await expect(bootstrapPools([run], [[0]], options)).rejects.toThrow(/aborted/);
  });

  test('95 % intervals hold the true value about 95 times of 100, and fewer where images are taken for patients', async () => {
    const random = generator('coverage');
    const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    // Scores N(0, 1) and N(√2, 1) of which half the variance is the patient's: AUROC Φ(1).
    const truth = 0.8413447460685429;
    const [patients, each, studies] = [60, 4, 150];
    let [clustered, naive] = [0, 0];
    for (let study = 0; study < studies; study++) {
      const effects = Array.from({ length: patients }, normal);
      const labels = Array.from({ length: patients * each }, (_, image) => Math.floor(image / each) % 2);
      const probabilities = Float32Array.from({ length: 2 * labels.length }, (_, at) => {
        const image = Math.floor(at / 2);
        return at % 2 === 0
          ? 0
          : Math.SQRT1_2 * (effects[Math.floor(image / each)]! + normal()) + Math.SQRT2 * labels[image]!;
      });
      const hits = async (groups: string[]) => {
        const [pool] = await bootstrapPools([{ labels, probabilities, groups }], [[0]], {
          resamples: 400,
          seed: study,
        });
        const { low, high } = percentileInterval(pool!.auroc, 0.95)!;
        return low <= truth && truth <= high ? 1 : 0;
      };
      clustered += await hits(labels.map((_, image) => String(Math.floor(image / each))));
      naive += await hits(labels.map((_, image) => String(image)));
    }
    expect(clustered / studies).toBeGreaterThan(0.9);
    expect(clustered / studies).toBeLessThan(0.99);
    expect(naive / studies).toBeLessThan(0.85);
  });

  test('ten networks on 1,000 patients, 2,000 resamples', async () => {
    const runs = Array.from({ length: 10 }, (_, seed) =>
      drawnPredictions({ seed, n: 1000, k: 2, levels: 0, shares: [0.5], lift: 0.2, patients: 0 }),
    );
    const start = process.cpuUsage();
    const pools = runs.map((_, index) => [index]);
    await bootstrapPools(runs, pools, { resamples: 2000, seed: 0 });
    const { user } = process.cpuUsage(start);
    console.log(`bootstrap of 10 networks on 1,000 patients: ${(user / 1e6).toFixed(2)} s of processor time`);
    expect(user / 1e6).toBeLessThan(2);
  });
});

describe('DeLong', () => {
  test('has no interval for too few images, nor for a perfect ranking', () => {
    const interval = (labels: number[], scores: number[]) =>
      delongInterval(Uint8Array.from(labels), Float32Array.from(scores), 0.95);
    expect(interval([1, 0, 0], [3, 2, 1])).toBeNull();
    expect(interval([1, 1, 0, 0], [4, 3, 2, 1])).toBeNull();
    expect(interval([1, 1, 0, 0], [4, 1, 3, 2])).toMatchObject({ value: 0.5, method: 'delong' });
  });

  test('holds the value, within 0 and 1, and narrows with lower confidence', () => {
    const pairs = fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 9 })), { minLength: 4, maxLength: 40 });
    fc.assert(
      fc.property(pairs, (drawn) => {
        const labels = Uint8Array.from(drawn, ([positive]) => Number(positive));
        const scores = Float32Array.from(drawn, ([, score]) => score);
        const [wide, narrow] = [delongInterval(labels, scores, 0.95), delongInterval(labels, scores, 0.8)];
        if (wide === null || narrow === null) return;
        const order = [0, wide.low, narrow.low, wide.value, narrow.high, wide.high, 1];
        expect(order).toEqual(order.toSorted((a, b) => a - b));
      }),
    );
  });
});
