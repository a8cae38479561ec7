import { describe, expect, test } from 'vitest';
import { clusterVectors } from '../../../src-main/engine/datasetSimilarity/clusters.ts';
import { greyEntropy } from '../../../src-main/engine/datasetSimilarity/greyEntropy.ts';
import { generator } from '../../../src-main/engine/random.ts';

/** Vectors of length 1 around axes, as many around each as is said; products of all with all. */
function around(sizes: readonly number[], noise: number): { products: Float32Array; n: number; vectors: number[][] } {
  const random = generator(3, 'around');
  const vectors = sizes.flatMap((size, axis) =>
    Array.from({ length: size }, () => {
      const raw = Array.from({ length: 12 }, (_, at) => (at === axis ? 1 : 0) + noise * (random() - 0.5));
      const length = Math.hypot(...raw);
      return raw.map((value) => value / length);
    }),
  );
  const products = vectors.flatMap((a) => vectors.map((b) => a.reduce((sum, value, at) => sum + value * b[at]!, 0)));
  return { products: Float32Array.from(products), n: vectors.length, vectors };
}

describe('clusters of vectors', () => {
  test('are as many as there are, and their effective number follows from their sizes', () => {
    const { products, n } = around([40, 20, 10, 10], 0.3);
    const { k, effective, silhouette, within } = clusterVectors(products, n, generator(1));
    expect(k).toBe(4);
    const entropy = 0.5 * Math.log(2) + 0.25 * Math.log(4) + 0.25 * Math.log(8);
    expect(effective).toBeCloseTo(Math.exp(entropy), 6);
    expect(silhouette).toBeGreaterThan(0.8);
    expect(within).toBeGreaterThan(0);
    expect(within).toBeLessThan(0.1);
  });

  test('are the tighter the less the vectors differ', () => {
    const [loose, tight] = [0.6, 0.1].map((noise) => around([15, 15], noise));
    const [a, b] = [loose!, tight!].map(({ products, n }) => clusterVectors(products, n, generator(1)));
    expect(a!.within).toBeGreaterThan(4 * b!.within);
    expect(a!.silhouette).toBeLessThan(b!.silhouette);
  });

  test('of three vectors, and of equal ones, are there too', () => {
    const three = around([1, 1, 1], 0);
    expect(clusterVectors(three.products, 3, generator(1)).k).toBe(2);
    expect(clusterVectors(new Float32Array(100).fill(1), 10, generator(1))).toMatchObject({ silhouette: 0 });
  });
});

test('entropy of grey values: none of one level, one bit of two, eight of all', () => {
  const image = (levels: readonly number[]) => Uint8Array.from(levels.flatMap((level) => [level, level, level]));
  expect(greyEntropy(image(Array<number>(64).fill(9)))).toBe(0);
  expect(greyEntropy(image([0, 255, 0, 255]))).toBeCloseTo(1, 12);
  expect(greyEntropy(image(Array.from({ length: 512 }, (_, at) => at % 256)))).toBeCloseTo(8, 12);
  // Luminance: pure green and this grey are one level.
  expect(greyEntropy(Uint8Array.from([0, 255, 0, 150, 150, 150]))).toBe(0);
});
