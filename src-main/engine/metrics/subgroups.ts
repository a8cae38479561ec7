import { setImmediate as turn } from 'node:timers/promises';
import type { SubgroupGap, SubgroupMeasure } from '../../contract/subgroups.ts';
import { generator } from '../random.ts';
import { percentileInterval, type Predictions, type Resampled } from './bootstrap.ts';
import { numbered, patientDraws } from './draws.ts';
import { rankImages } from './ranking.ts';
import { quantile } from './summary.ts';

/** Predictions, and the subgroup of each image, counted from 0; −1: of none. */
export interface Divided extends Predictions {
  subgroupOf: Int32Array;
  subgroups: number;
  /** Index of the class that each image is called; left out: the most probable one. */
  called?: Uint8Array | undefined;
}

/** Figures of one subgroup under some weights; NaN where a class that it has is not drawn. */
type Figures = Record<SubgroupMeasure, Float64Array>;

const MEASURES_OF_TWO = ['auroc', 'sensitivity', 'specificity', 'accuracy'] as const;
const MEASURES_OF_SEVERAL = ['auroc', 'balancedAccuracy', 'accuracy'] as const;

/** Of two classes those of the second, which is the positive one; of several, means over the classes. */
export const measuresFor = (classes: number): readonly SubgroupMeasure[] =>
  classes === 2 ? MEASURES_OF_TWO : MEASURES_OF_SEVERAL;

/** Between two turns of the event loop. */
const DRAWS_A_TURN = 16;
/** Draws in which values are dealt out anew. */
const DEALT = 1000;

/**
 * Figures of each subgroup, and the same in every bootstrap draw of patients (with all their images, of whatever subgroup).
 * O(images × classes) a draw.
 * @returns per measure, per subgroup
 */
export async function resampleSubgroups(
  divided: Divided,
  { resamples, seed, signal }: { resamples: number; seed: number; signal?: AbortSignal },
): Promise<Map<SubgroupMeasure, Resampled[]>> {
  const counter = counterOf(divided);
  const { patients, classes } = counter;
  const measures = measuresFor(classes);
  const all = figuresBuffer(divided.subgroups);
  counter.count(new Uint32Array(patients).fill(1), divided.subgroupOf, all);
  const results = new Map(
    measures.map((measure) => [
      measure,
      Array.from(all[measure], (value): Resampled => ({
        value: Number.isNaN(value) ? null : value,
        resamples: new Float64Array(resamples),
      })),
    ]),
  );
  const drawn = figuresBuffer(divided.subgroups);
  let draw = 0;
  for await (const weights of patientDraws(patients, { resamples, seed, signal, stream: 'subgroups' })) {
    counter.count(weights, divided.subgroupOf, drawn);
    for (const measure of measures)
      drawn[measure].forEach((value, subgroup) => (results.get(measure)![subgroup]!.resamples[draw] = value));
    draw++;
  }
  return results;
}

/**
 * The two subgroups that lie farthest apart in each figure, and how far apart chance alone would have them: a permutation
 * test of the largest gap (Good 2005, chapter 3), in which patients of the same classes exchange their values.
 * @param told subgroups that may be compared
 * @param names of all subgroups
 */
export async function largestGaps(
  divided: Divided,
  resampled: ReadonlyMap<SubgroupMeasure, readonly Resampled[]>,
  { told, names, confidence, signal }: { told: readonly number[]; names: readonly string[]; confidence: number; signal?: AbortSignal }, // prettier-ignore
): Promise<SubgroupGap[]> {
  const found = [...resampled].flatMap(([measure, all]) => {
    const there = told.filter((subgroup) => all[subgroup]!.value !== null);
    if (there.length < 2) return [];
    const value = (subgroup: number) => all[subgroup]!.value!;
    const highest = there.reduce((best, each) => (value(each) > value(best) ? each : best));
    const lowest = there.reduce((best, each) => (value(each) < value(best) ? each : best));
    const difference = percentileInterval(
      {
        value: value(highest) - value(lowest),
        resamples: all[highest]!.resamples.map((own, draw) => own - all[lowest]!.resamples[draw]!),
      },
      confidence,
    );
    return difference ? [{ measure, there, highest, lowest, difference }] : [];
  });
  const dealt = found.length === 0 ? null : await dealtGaps(divided, found, signal);
  return found.map(({ measure, highest, lowest, difference }) => {
    const gaps = dealt?.get(measure)?.filter((gap) => !Number.isNaN(gap)).sort(); // prettier-ignore
    return {
      ...{ measure, highest: names[highest]!, lowest: names[lowest]!, difference },
      chance: gaps?.length
        ? {
            typical: quantile(gaps, 0.5),
            ninetyFive: quantile(gaps, 0.95),
            // The data themselves are one of the deals (Phipson and Smyth 2010). Equal but for rounding is equal.
            p: (1 + gaps.filter((gap) => gap >= difference.value - 1e-12).length) / (1 + gaps.length),
            draws: gaps.length,
          }
        : null,
    };
  });
}

/** The largest gap of each measure in every deal; null where patients have images of several values. */
async function dealtGaps(
  divided: Divided,
  found: readonly { measure: SubgroupMeasure; there: readonly number[] }[],
  signal: AbortSignal | undefined,
): Promise<Map<SubgroupMeasure, Float64Array> | null> {
  const counter = counterOf(divided);
  const valueOf = new Int32Array(counter.patients).fill(-2);
  for (const [image, patient] of counter.patientOf.entries()) {
    const own = divided.subgroupOf[image]!;
    if (valueOf[patient] !== -2 && valueOf[patient] !== own) return null;
    valueOf[patient] = own;
  }
  const strata = counter.patientsOfSameClasses();
  const gaps = new Map(found.map(({ measure }) => [measure, new Float64Array(DEALT)]));
  const random = generator(0, 'deal');
  const weights = new Uint32Array(counter.patients).fill(1);
  const dealt = new Int32Array(divided.subgroupOf.length);
  const figures = figuresBuffer(divided.subgroups);
  for (let deal = 0; deal < DEALT; deal++) {
    if (deal % DRAWS_A_TURN === 0) {
      await turn();
      signal?.throwIfAborted();
    }
    for (const patients of strata)
      for (let i = patients.length - 1; i > 0; i--) {
        const [a, b] = [patients[i]!, patients[Math.floor(random() * (i + 1))]!];
        [valueOf[a], valueOf[b]] = [valueOf[b]!, valueOf[a]!];
      }
    counter.patientOf.forEach((patient, image) => (dealt[image] = valueOf[patient]!));
    counter.count(weights, dealt, figures);
    for (const { measure, there } of found) {
      const values = there.map((subgroup) => figures[measure][subgroup]!).filter((value) => !Number.isNaN(value));
      gaps.get(measure)![deal] = values.length < 2 ? NaN : Math.max(...values) - Math.min(...values);
    }
  }
  return gaps;
}

const figuresBuffer = (subgroups: number): Figures => {
  const none = () => new Float64Array(subgroups);
  return { auroc: none(), sensitivity: none(), specificity: none(), balancedAccuracy: none(), accuracy: none() };
};

/** Counts figures of subgroups under weights of patients, however the images are divided, without sorting again. */
function counterOf({ labels, probabilities, groups, subgroupOf, subgroups, called }: Divided) {
  const n = labels.length;
  const k = probabilities.length / n;
  const { patients: patientOf, count: patients } = numbered(groups);
  const predicted =
    called ??
    Uint8Array.from({ length: n }, (_, image) => {
      const row = probabilities.subarray(image * k, (image + 1) * k);
      return row.indexOf(Math.max(...row));
    });
  const judged = k === 2 ? [1] : Array.from({ length: k }, (_, label) => label);
  const own = Uint32Array.from({ length: n }, (_, image) => image);
  const rankings = judged.map((label) => {
    const positive = Uint8Array.from(labels, (each) => (each === label ? 1 : 0));
    const scores = Float32Array.from({ length: n }, (_, image) => probabilities[image * k + label]!);
    // Images stand for their patients here, so that a ranking holds for any division.
    return rankImages(positive, scores, own);
  });
  /** Classes that a subgroup has in the data: in a draw without one of them its means are not defined. */
  const has = Array.from({ length: subgroups }, () => new Uint8Array(k));
  for (let image = 0; image < n; image++) if (subgroupOf[image]! >= 0) has[subgroupOf[image]!]![labels[image]!] = 1;

  const total = new Float64Array(subgroups * k);
  const hits = new Float64Array(subgroups * k);
  const [wins, positives, negatives, tiedPositives, tiedNegatives] = Array.from(
    { length: 5 },
    () => new Float64Array(subgroups),
  ) as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];

  function aurocs(weights: Uint32Array, division: Int32Array, into: Float64Array): void {
    into.fill(0);
    const classes = new Uint32Array(subgroups);
    rankings.forEach(({ patients: images, positive, last }, at) => {
      for (const buffer of [wins, positives, negatives, tiedPositives, tiedNegatives]) buffer.fill(0);
      for (let i = 0; i < n; i++) {
        const image = images[i]!;
        const subgroup = division[image]!;
        const weight = weights[patientOf[image]!]!;
        if (subgroup >= 0) (positive[i] === 1 ? tiedPositives : tiedNegatives)[subgroup]! += weight;
        if (last[i] === 0) continue;
        for (let each = 0; each < subgroups; each++) {
          wins[each]! += tiedNegatives[each]! * (positives[each]! + tiedPositives[each]! / 2);
          positives[each]! += tiedPositives[each]!;
          negatives[each]! += tiedNegatives[each]!;
          tiedPositives[each] = tiedNegatives[each] = 0;
        }
      }
      for (let each = 0; each < subgroups; each++) {
        // With two classes both are needed; of several, those that the subgroup has.
        if (k > 2 && has[each]![judged[at]!] === 0) continue;
        into[each]! += wins[each]! / (positives[each]! * negatives[each]!);
        classes[each]! += 1;
      }
    });
    for (let each = 0; each < subgroups; each++) into[each] = into[each]! / classes[each]!;
  }

  function count(weights: Uint32Array, division: Int32Array, into: Figures): void {
    aurocs(weights, division, into.auroc);
    total.fill(0);
    hits.fill(0);
    for (let image = 0; image < n; image++) {
      const subgroup = division[image]!;
      if (subgroup < 0) continue;
      const weight = weights[patientOf[image]!]!;
      const at = subgroup * k + labels[image]!;
      total[at]! += weight;
      if (predicted[image] === labels[image]) hits[at]! += weight;
    }
    for (let each = 0; each < subgroups; each++) {
      const share = (label: number) => hits[each * k + label]! / total[each * k + label]!;
      let [right, all, recalls, present] = [0, 0, 0, 0];
      for (let label = 0; label < k; label++) {
        right += hits[each * k + label]!;
        all += total[each * k + label]!;
        if (has[each]![label] === 0) continue;
        recalls += share(label);
        present++;
      }
      into.accuracy[each] = right / all;
      into.balancedAccuracy[each] = recalls / present;
      into.sensitivity[each] = share(1);
      into.specificity[each] = share(0);
    }
  }

  /** Patients whose images are of the same classes, together. */
  function patientsOfSameClasses(): number[][] {
    const classesOf = Array.from({ length: patients }, () => new Set<number>());
    patientOf.forEach((patient, image) => classesOf[patient]!.add(labels[image]!));
    const key = (patient: number) => [...classesOf[patient]!].sort((a, b) => a - b).join();
    return [...Map.groupBy(classesOf.keys(), key).values()];
  }

  return { patients, classes: k, patientOf, count, patientsOfSameClasses };
}
