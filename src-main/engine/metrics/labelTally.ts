import { LABEL_FROM } from '../../contract/decision.ts';
import { numbered } from './draws.ts';
import { against, labelView, type SeveralLabels } from './labels.ts';
import { tallying, type Tally } from './tally.ts';

/** What all figures of several labels an image are made of, each case counted as often as its patient weighs. */
export interface LabelTally {
  cases: number;
  /** Each label as two classes, without it and with it, of the cases of which it is known. */
  labels: readonly Tally[];
  /** Labels that some case has and some has not, whatever the weights. */
  present: readonly number[];
  /** Cases of which something is known, and those of them of which all that is known was called rightly. */
  known: number;
  right: number;
  /** Cases that have one label and lack another, and the sum of their precisions (see {@link rankingPrecision}). */
  ranked: number;
  precision: number;
}

/** Per patient and case: known, right, ranked, precision. */
const SUMS = 4;

/** As {@link tallying}, for several labels an image. @returns also of each label, of how many patients it is known */
export function tallyingLabels(predictions: SeveralLabels): {
  patients: number;
  patientsOf: readonly number[];
  tally(weights: Uint32Array): LabelTally;
} {
  const { several, probabilities, groups } = predictions;
  const k = probabilities.length / groups.length;
  const { patients: patientOf, count: patients } = numbered(groups);
  const labels = Array.from({ length: k }, (_, label) => {
    const { images, positive } = against(predictions, label);
    const own = images.map((image) => patientOf[image]!);
    const numbers = { patientOf: own, patients, ranked: [1] };
    return { own, positive, counted: tallying(labelView(predictions, label), 2, numbers) };
  });
  const cases = new Uint32Array(patients);
  const sums = new Float64Array(SUMS * patients);
  patientOf.forEach((patient, image) => {
    cases[patient]! += 1;
    const [from, to] = [image * k, (image + 1) * k];
    sumsOf(several.subarray(from, to), probabilities.subarray(from, to)).forEach(
      (value, at) => (sums[SUMS * patient + at]! += value),
    );
  });

  const found: LabelTally = {
    ...{ cases: 0, labels: labels.map(({ counted }) => counted.tally(new Uint32Array(patients))) },
    present: [...labels.keys()].filter((label) => [0, 1].every((has) => labels[label]!.positive.includes(has))),
    ...{ known: 0, right: 0, ranked: 0, precision: 0 },
  };
  return {
    patients,
    patientsOf: labels.map(({ own }) => new Set(own).size),
    tally(weights) {
      for (const { counted } of labels) counted.tally(weights);
      const total = [0, 0, 0, 0];
      found.cases = 0;
      for (let patient = 0; patient < patients; patient++) {
        found.cases += weights[patient]! * cases[patient]!;
        for (let at = 0; at < SUMS; at++) total[at]! += weights[patient]! * sums[SUMS * patient + at]!;
      }
      [found.known, found.right, found.ranked, found.precision] = total as [number, number, number, number];
      return found;
    },
  };
}

/** Of one case, what {@link LabelTally} sums. */
function sumsOf(
  row: Int8Array,
  probabilities: Float32Array,
): [known: number, right: number, ranked: number, precision: number] {
  // prettier-ignore
  if (row.every((has) => has < 0)) return [0, 0, 0, 0];
  const right = row.every((has, label) => has < 0 || has === (probabilities[label]! >= LABEL_FROM ? 1 : 0));
  const precision = rankingPrecision(row, probabilities);
  return [1, right ? 1 : 0, precision === null ? 0 : 1, precision ?? 0];
}

/**
 * Average precision of the labels of one case: of each that it has, the share of those it has among the known labels with at
 * least its probability; the mean of these (Schapire and Singer 2000, section 4; scikit-learn's
 * `label_ranking_average_precision_score`). Null where all or none of the known labels are its: there is nothing to rank.
 */
function rankingPrecision(row: Int8Array, probabilities: Float32Array): number | null {
  if (!row.includes(1) || !row.includes(0)) return null;
  let [sum, own] = [0, 0];
  row.forEach((has, label) => {
    if (has !== 1) return;
    let [above, all] = [0, 0];
    row.forEach((other, at) => {
      if (other < 0 || probabilities[at]! < probabilities[label]!) return;
      above += other;
      all += 1;
    });
    sum += above / all;
    own += 1;
  });
  return sum / own;
}
