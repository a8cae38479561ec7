import type { PairDetail, PairedClass, Slope } from '../../contract/comparison/pair.ts';
import { callOf, isOf } from '../cohort/call.ts';
import { difference, percentileInterval, type Predictions } from '../metrics/bootstrap.ts';
import { mcnemar } from '../metrics/mcnemar.ts';
import { holm } from '../metrics/nonInferiority.ts';
import { pairedDelong } from '../metrics/pairedDelong.ts';
import { pairedSensitivity, twoSidedP } from '../metrics/pairedSensitivity.ts';
import { clusteredInterval, pooledSlope } from '../metrics/pooledSlope.ts';
import { predictionsOf, type TestedImage, type TestedRun } from './tested.ts';

/** Runs of two models, in pairs that were tested on the same images; indices among all runs, at least one. */
export interface ComparedRuns {
  own: readonly number[];
  reference: readonly number[];
}

/**
 * What each model gains and loses against its reference, class by class and decision by decision. All runs are resampled
 * together, as for the table. Holm's procedure goes over all that is given: once over the classes of all comparisons, once
 * over the comparisons.
 */
export async function pairDetails(
  runs: readonly TestedRun[],
  compared: readonly ComparedRuns[],
  options: { classes: readonly string[]; confidence: number; resamples: number; signal?: AbortSignal | undefined },
): Promise<PairDetail[]> {
  const { classes, confidence, resamples, signal } = options;
  const predictions = runs.map(predictionsOf);
  const pairs = compared.map(({ own, reference }) => ({ own, other: reference }));
  const sensitivities = await pairedSensitivity(predictions, pairs, { resamples, seed: 0, signal });
  const details = compared.map((pair, at): PairDetail => {
    const tested = [...new Map(pair.own.flatMap((run) => runs[run]!.test.map((image) => [image.file, image]))).values()]; // prettier-ignore
    const of = (indices: readonly number[]) => indices.map((run) => predictions[run]!);
    return {
      classes: classes.map((name, label): PairedClass => {
        const images = tested.filter((image) => isOf(image, label));
        const { specificity, own, other } = sensitivities[at]![label]!;
        const gap = difference(own, other);
        const interval = percentileInterval(gap, confidence);
        // Of no variance, resampling sees none, which is not certainty.
        const seen = interval !== null && interval.low < interval.high;
        return {
          ...{ class: name, images: images.length, patients: patientsOf(images) },
          ...{ specificity, own: own.value, reference: other.value },
          ...{ difference: seen ? interval : null, p: seen ? twoSidedP(gap.resamples) : null, afterHolm: false },
          slopes: slopesOf(of(pair.own), of(pair.reference), { label, confidence }),
        };
      }),
      decisions: decisionsOf(runs, pair, classes),
      delong: delongOf(runs, pair, confidence),
      corrected: { classes: 0, comparisons: compared.length },
    };
  });
  return afterHolm(details, 1 - confidence);
}

function slopesOf(
  own: readonly Predictions[],
  reference: readonly Predictions[],
  { label, confidence }: { label: number; confidence: number },
): PairedClass['slopes'] {
  const [a, b] = [pooledSlope(own, label), pooledSlope(reference, label)];
  const written = (found: typeof a): Slope =>
    'reason' in found
      ? { value: null, low: null, high: null, reason: found.reason }
      : { ...clusteredInterval(found.value, found.influence.values(), confidence), reason: null };
  if ('reason' in a || 'reason' in b) return { own: written(a), reference: written(b), difference: null };
  // A run that says nothing of the one may say something of the other.
  const groups = new Set([...a.influence.keys(), ...b.influence.keys()]);
  const gaps = [...groups].map((group) => (a.influence.get(group) ?? 0) - (b.influence.get(group) ?? 0));
  return {
    own: written(a),
    reference: written(b),
    difference: clusteredInterval(a.value - b.value, gaps, confidence),
  };
}

function decisionsOf(
  runs: readonly TestedRun[],
  { own, reference }: ComparedRuns,
  classes: readonly string[],
): PairDetail['decisions'] {
  const tests = own.flatMap((run, at) =>
    runs[run]!.test.map((image, index) => {
      const [ours, theirs] = [callOf(image, classes), callOf(runs[reference[at]!]!.test[index]!, classes)];
      return { image, group: image.group, own: ours.right, other: theirs.right, differ: ours.called !== theirs.called };
    }),
  );
  const differing = tests.filter(({ differ }) => differ).map(({ image }) => image);
  const { onlyOther, ...found } = mcnemar(tests);
  return {
    ...found,
    onlyReference: onlyOther,
    differ: { images: new Set(differing.map(({ file }) => file)).size, patients: patientsOf(differing) },
    afterHolm: false,
  };
}

/** Where its assumptions hold: one run, two classes, one image of each patient. Null elsewhere. */
function delongOf(
  runs: readonly TestedRun[],
  { own, reference }: ComparedRuns,
  confidence: number,
): PairDetail['delong'] {
  const [ours, theirs] = [runs[own[0]!]!.test, runs[reference[0]!]!.test];
  if (own.length > 1 || ours[0]?.probabilities.length !== 2 || ours[0].has || patientsOf(ours) < ours.length)
    return null;
  const scores = (test: readonly TestedImage[]) => Float32Array.from(test, ({ probabilities }) => probabilities[1]!);
  const positive = Uint8Array.from(ours, ({ label }) => label);
  const found = pairedDelong(positive, { own: scores(ours), other: scores(theirs) }, confidence);
  return found && { ...found, afterHolm: false };
}

function afterHolm(details: readonly PairDetail[], level: number): PairDetail[] {
  const family = <T extends { p: number | null }>(members: readonly (T | null)[]): Set<T> => {
    const judged = members.filter((each): each is T & { p: number } => each !== null && each.p !== null);
    const rejected = holm(judged.map(({ p }) => p), level); // prettier-ignore
    return new Set(judged.filter((_, at) => rejected[at]));
  };
  const all = details.flatMap(({ classes }) => classes);
  const classes = family(all);
  const decisions = family(details.map((each) => each.decisions));
  const delongs = family(details.map(({ delong }) => delong));
  const judged = all.filter(({ p }) => p !== null).length;
  return details.map((detail) => ({
    classes: detail.classes.map((each) => ({ ...each, afterHolm: classes.has(each) })),
    decisions: { ...detail.decisions, afterHolm: decisions.has(detail.decisions) },
    delong: detail.delong && { ...detail.delong, afterHolm: delongs.has(detail.delong) },
    corrected: { classes: judged, comparisons: details.length },
  }));
}

const patientsOf = (images: readonly TestedImage[]): number => new Set(images.map(({ group }) => group)).size;
