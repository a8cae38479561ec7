import { describe, expect, test } from 'vitest';
import { bootstrapPools, difference, percentileInterval, type Predictions } from '../../../src-main/engine/metrics/bootstrap.ts'; // prettier-ignore
import { computeLabelMetrics } from '../../../src-main/engine/metrics/labelMetrics.ts';
import { labelView } from '../../../src-main/engine/metrics/labels.ts';
import { pairedSensitivity } from '../../../src-main/engine/metrics/pairedSensitivity.ts';
import { pooledSlope } from '../../../src-main/engine/metrics/pooledSlope.ts';
import { correctedSelection } from '../../../src-main/engine/metrics/selection.ts';
import golden from '../../golden/labelPools.json' with { type: 'json' };
import { drawnLabels, type LabelRecipe } from './drawnLabels.ts';

const { tolerance, resamples, seed } = golden;

describe('equal to scikit-learn on the same draws', () => {
  test.each(golden.cases)('$name', async ({ runs, pools, expected }) => {
    const drawn = runs.map((recipe) => drawnLabels(recipe));
    for (const mean of ['plain', 'prior'] as const) {
      const found = await bootstrapPools(drawn, pools, { resamples, seed, mean });
      found.forEach((pool, at) => {
        for (const name of ['auroc', 'auprc'] as const) {
          const { value, low, high, undefinedResamples } = expected[mean][at]![name];
          const interval = percentileInterval(pool[name], 0.95)!;
          expect(interval.undefinedResamples).toBe(undefinedResamples);
          for (const [got, want] of [[interval.value, value], [interval.low, low], [interval.high, high]] as const)
            expect(Math.abs(got - want), `${mean} ${name}: ${got} for ${want}`).toBeLessThanOrEqual(tolerance);
        }
      });
    }
  }); // prettier-ignore
});

const recipe: LabelRecipe = { seed: 76, n: 90, priors: [0.4], unknown: [0], levels: 12, lift: 0.25, patients: 35 };
const two: LabelRecipe = { ...recipe, priors: [0.4, 0.3], unknown: [0.1, 0.4] };
const options = { resamples: 60, seed: 3 };

describe('one label is the task of two classes, without and with it, number for number', () => {
  const several = [77, 78].map((each) => drawnLabels({ ...recipe, seed: each }));
  const classes = several.map((each) => labelView(each, 0));

  test('areas and their difference', async () => {
    const found = await bootstrapPools(several, [[0], [1]], options);
    expect(found).toEqual(await bootstrapPools(classes, [[0], [1]], options));
    expect(difference(found[0]!.auroc, found[1]!.auroc).value).not.toBe(0);
  });

  test('sensitivity at equal specificity', async () => {
    const [own] = await pairedSensitivity(several, [{ own: [0], other: [1] }], options);
    const [pair] = await pairedSensitivity(classes, [{ own: [0], other: [1] }], options);
    expect(own).toEqual([pair![1]]);
  });

  test('calibration slope', () => expect(pooledSlope(several, 0)).toEqual(pooledSlope(classes, 1)));

  test('the best of several', async () => {
    const choose = (runs: Predictions[]) =>
      correctedSelection(runs, (auprc) => auprc, { chosen: 0, draws: 40, seed: 1 });
    expect(await choose(several)).toEqual(await choose(classes));
  });
});

describe('labels are judged each for itself', () => {
  test('the areas of a run are those of its metrics', async () => {
    const drawn = drawnLabels(two);
    const metrics = computeLabelMetrics(drawn.several, drawn.probabilities, drawn.names);
    const [pool] = await bootstrapPools([drawn], [[0]], options);
    expect(pool!.auroc.value).toBeCloseTo(metrics.auroc!, 14);
    expect(pool!.auprc.value).toBeCloseTo(metrics.auprc!, 14);
  });

  test('what is known of one label does not change what is said of another', async () => {
    const drawn = drawnLabels(two);
    const other = drawn.several.map((row, at) => (at % 2 === 1 ? (row === 1 ? 0 : 1) : row));
    const of = async (runs: Predictions[]) => (await pairedSensitivity(runs, [{ own: [0], other: [0] }], options))[0]!;
    const [before, after] = [await of([drawn]), await of([{ ...drawn, several: other }])];
    expect(after[0]).toEqual(before[0]);
    expect(after[1]).not.toEqual(before[1]);
    expect(pooledSlope([{ ...drawn, several: other }], 0)).toEqual(pooledSlope([drawn], 0));
  });

  test('a label never known has no number', async () => {
    const drawn = drawnLabels({ ...two, unknown: [1, 1] });
    const [pool] = await bootstrapPools([drawn], [[0]], options);
    expect([pool!.auroc.value, pool!.auprc.value]).toEqual([null, null]);
    expect(pooledSlope([drawn], 1)).toEqual({ reason: 'one-class' });
  });
});
