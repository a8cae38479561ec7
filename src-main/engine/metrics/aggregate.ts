import type { Aggregation } from '../../contract/figures.ts';
import type { Predictions } from './bootstrap.ts';
import { isSeveral, labelView, type SeveralLabels } from './labels.ts';

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
 * in the data says of which. Of several labels an image, so is each by itself: of its images of which the label is known,
 * those of a patient are combined, and it is unknown of a patient who has some with and some without it; patients of whom
 * no label is known are left out.
 *
 * @returns the predictions, each in a group of its own, and how many patients were left out, or are of some label
 */
export const perPatient = (predictions: Predictions, k: number, how: Aggregation): PerPatient =>
  isSeveral(predictions) ? labelsPerPatient(predictions, k, how) : classesPerPatient(predictions, k, how);

interface PerPatient {
  predictions: Predictions;
  mixed: number;
}

function classesPerPatient({ labels, probabilities, groups }: Predictions, k: number, how: Aggregation): PerPatient {
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

function labelsPerPatient(predictions: SeveralLabels, k: number, how: Aggregation): PerPatient {
  const mixed = new Set<string>();
  const labels = Array.from({ length: k }, (_, label) => {
    const view = labelView(predictions, label);
    const { labels: has, probabilities, groups } = classesPerPatient(view, 2, how).predictions;
    const own = new Map(groups.map((group, at) => [group, { has: has[at]!, p: probabilities[2 * at + 1]! }]));
    for (const group of view.groups) if (!own.has(group)) mixed.add(group);
    return own;
  });
  const patients = [...new Set(predictions.groups)].filter((patient) => labels.some((own) => own.has(patient)));
  const entries = patients.flatMap((patient) => labels.map((own) => own.get(patient) ?? { has: -1, p: 0 }));
  return {
    predictions: {
      labels: [],
      several: Int8Array.from(entries, ({ has }) => has),
      probabilities: Float32Array.from(entries, ({ p }) => p),
      groups: patients,
    },
    mixed: mixed.size,
  };
}
