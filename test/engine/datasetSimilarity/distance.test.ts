import { expect, test } from 'vitest';
import { fromTrivial, taskDistance, transferDistance } from '../../../src-main/engine/datasetSimilarity/distance.ts';
import golden from '../../golden/task2vec.json' with { type: 'json' };

/** The embeddings of task2vec.py: two entries are 0 in one or two of them. */
const embeddings = [0.1, 0.7, 1.9].map((seed) =>
  Float64Array.from({ length: 40 }, (_, i) => Math.abs(Math.sin(1.3 * i + seed)) ** 3),
);
embeddings[0]![3] = embeddings[1]![3] = embeddings[1]![7] = 0;
const pairs = embeddings.flatMap((a) => embeddings.map((b) => [a, b] as const));

test('distances of tasks as numpy has them', () => {
  pairs.forEach(([a, b], at) => {
    expect(taskDistance(a, b)).toBeCloseTo(golden.symmetric[at]!, 12);
    expect(transferDistance(a, b)).toBeCloseTo(golden.asymmetric[at]!, 12);
  });
});

test('the scale of an embedding says nothing, and a task is as far from another as that from it', () => {
  const [a, b] = embeddings as [Float64Array, Float64Array];
  expect(taskDistance(a, a.map((value) => 7 * value))).toBeCloseTo(0, 12); // prettier-ignore
  expect(taskDistance(a, b)).toBeCloseTo(taskDistance(b, a), 12);
  expect(fromTrivial(a.map((value) => 7 * value))).toBeCloseTo(fromTrivial(a), 12);
  expect(taskDistance([1, 1, 0, 0], [0, 0, 1, 1])).toBe(1);
});

test('information in few filters only is far from the trivial task', () => {
  expect(fromTrivial([1, 1, 1, 1])).toBeCloseTo(0, 12);
  expect(fromTrivial([1, 0, 0, 0])).toBe(1);
});
