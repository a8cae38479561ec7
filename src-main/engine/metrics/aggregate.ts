import type { Aggregation } from '../../contract/figures.ts';
import type { Predictions } from './bootstrap.ts';

/** Of the probabilities of one class in several images. */
const COMBINE: Readonly<Record<Aggregation, (values: readonly number[]) => number>> = {
  mean: (values) => values.reduce((sum, value) => sum + value, 0) / values.length,
  max: (values) => Math.max(...values),
  // As a sum of logarithms, so that many small chances to the contrary do not underflow one by one.
  'noisy-or': (values) => -Math.expm1(values.reduce((sum, value) => sum + Math.log1p(-Math.min(value, 1)), 0)),
};

/**
 * One prediction a patient, of several images: see `aggregation` in the contract. Patients whose images are of several
 * classes are left out: that one such image makes a patient positive is true of some classes and not of others, and nothing
 * in the data says of which.
 *
 * @returns the predictions, each in a group of its own, and how many patients were left out
 */
export function perPatient(
  { labels, probabilities, groups }: Predictions,
  k: number,
  how: Aggregation,
): { predictions: Predictions; mixed: number } {
  const images = Map.groupBy(groups.keys(), (image) => groups[image]!);
  const own = [...images].filter(([, [first, ...rest]]) => rest.every((each) => labels[each] === labels[first!]));
  const values = new Float32Array(own.length * k);
  own.forEach(([, indices], patient) => {
    const of = (label: number) => COMBINE[how](indices.map((image) => probabilities[image * k + label]!));
    const combined = k === 2 ? [1 - of(1), of(1)] : Array.from({ length: k }, (_, label) => of(label));
    const sum = combined.reduce((total, value) => total + value, 0);
    combined.forEach((value, label) => (values[patient * k + label] = value / sum));
  });
  return {
    predictions: {
      labels: own.map(([, [first]]) => labels[first!]!),
      probabilities: values,
      groups: own.map(([group]) => group),
    },
    mixed: images.size - own.length,
  };
}
