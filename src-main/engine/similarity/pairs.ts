import type { SimilarityInput, SimilarityPair } from '../../contract/similarity.ts';
import { generator } from '../random.ts';
import { area, downsample, meanCurve } from './curve.ts';
import { randomCoefficients } from './randomFeatures.ts';
import type { Representation } from './representation.ts';
import { compareRepresentations, forcedCoefficients, mean } from './svcca.ts';

/** A layer of one network and one of another, or the same, over the same images. */
export interface Pair {
  a: { cut: string; representation: Representation };
  b: { cut: string; representation: Representation };
}

/** All that is said of two layers: similarity, its curve, and what chance would give. */
export function describePair({ a, b }: Pair, { draws, seed }: Pick<SimilarityInput, 'draws' | 'seed'>): SimilarityPair {
  const [first, second] = [a.representation, b.representation];
  const { coefficients, meanSvcca, cka } = compareRepresentations(first, second);
  const kept: [number, number] = [first.kept, second.kept];
  // Sizes alone decide: equal sizes have equal draws, whatever else is compared.
  const random = generator(seed, 'random features', first.rows, ...kept.toSorted((x, y) => x - y));
  const drawn = Array.from({ length: draws }, () => randomCoefficients(first.rows, kept, random));
  const chance = meanCurve(drawn);
  const means = drawn.map(mean);
  return {
    a: a.cut,
    b: b.cut,
    features: [first.features, second.features],
    kept,
    coefficients: coefficients.length,
    forced: forcedCoefficients(first, second),
    curve: downsample(coefficients),
    meanSvcca,
    cka,
    random: { curve: downsample(chance), mean: mean(chance), band: [Math.min(...means), Math.max(...means)] },
    areaOverRandom: area(coefficients) - area(chance),
  };
}
