import type { MeasuredCalibration } from '../../../contract/calibration.ts';
import type { Grouping } from '../../../contract/groups.ts';
import { binnedError } from './bins.ts';
import { classFigures, type Measured } from './classFigures.ts';
import { drawGroups, resamplesFor, whyNoInterval } from './resample.ts';
import { logarithms } from './scaling.ts';
import { figureOf } from './statistic.ts';
import { meanScore } from './sums.ts';
import { targetOf } from './target.ts';

/** Images with their classes, the groups that are drawn together, and what networks say of them. */
export interface Scored {
  /** n class indices in [0, k). */
  labels: readonly number[];
  /** Patient of each image. */
  groups: readonly string[];
  /** k names; of two, the second is the positive one. */
  classes: readonly string[];
  /** What the groups are. */
  grouping: Grouping;
}

/** Passes over the images that line, intercept and curve of a class take in a resample, about. */
const FITS_A_CLASS = 12;

/**
 * How well probabilities are calibrated, with intervals by a bootstrap over patients; the same draws for all of them.
 *
 * @param all each n × k probabilities, row after row, finite
 */
export async function measureCalibration(
  { labels, groups, classes, grouping }: Scored,
  all: readonly ArrayLike<number>[],
  { confidence, signal, resamples: asked }: { confidence: number; signal?: AbortSignal; resamples?: number },
): Promise<{ measured: MeasuredCalibration[]; resamples: number }> {
  const measures = all.map((probabilities) => measuredBy(labels, probabilities, classes));
  const statistics = measures.flatMap((each) => each.statistics);
  const curves = measures.flatMap((each) => each.curves);
  const why = whyNoInterval(groups, grouping);
  const judged = all.length * (classes.length === 2 ? 1 : classes.length);
  const resamples = why === null ? (asked ?? resamplesFor(labels.length, FITS_A_CLASS * judged)) : 0;
  const drawn = statistics.map(() => new Float64Array(resamples));
  await drawGroups(groups, { resamples, signal }, (weights, resample) => {
    statistics.forEach((each, at) => (drawn[at]![resample] = each.value === null ? NaN : each.again(weights)));
    for (const curve of curves) curve.again(weights);
  });
  let at = 0;
  const measured = measures.map((each) => {
    const own = drawn.slice(at, (at += each.statistics.length));
    return each.told(own, { confidence, why });
  });
  return { measured, resamples };
}

function measuredBy(
  labels: readonly number[],
  probabilities: ArrayLike<number>,
  classes: readonly string[],
): Measured<MeasuredCalibration> {
  const k = classes.length;
  const two = k === 2;
  const targets = classes.map((_, label) => targetOf(labels, probabilities, { classes: k, label }));
  const judged = (two ? [1] : classes.map((_, label) => label)).map((label) =>
    classFigures(classes[label]!, targets[label]!),
  );
  const logs = logarithms(probabilities);
  const squared = Float64Array.from(labels, (_, image) =>
    (two ? targets.slice(1) : targets).reduce(
      (sum, each) => sum + (each.probability[image]! - each.positive[image]!) ** 2,
      0,
    ),
  );
  const brier = meanScore(squared);
  const logLoss = meanScore(Float64Array.from(labels, (label, image) => -logs[image * k + label]!));
  return {
    statistics: [brier, logLoss, ...judged.flatMap((part) => part.statistics)],
    curves: judged.flatMap((part) => part.curves),
    told(drawn, certainty) {
      let at = 2;
      const next = <T>(part: Measured<T>): T => part.told(drawn.slice(at, (at += part.statistics.length)), certainty);
      return {
        brier: figureOf(brier, drawn[0]!, certainty),
        logLoss: figureOf(logLoss, drawn[1]!, certainty),
        topLabel: two ? null : binnedError(topLabel(labels, probabilities, k), certainty.confidence),
        classes: judged.map(next),
      };
    },
  };
}

/** The highest probability of each image, and whether its class is the true one; of equals, the first. */
function topLabel(labels: readonly number[], probabilities: ArrayLike<number>, k: number) {
  const best = labels.map((_, image) => {
    const row = Array.from({ length: k }, (_, label) => probabilities[image * k + label]!);
    return row.indexOf(Math.max(...row));
  });
  return {
    positive: Uint8Array.from(labels, (label, image) => (best[image] === label ? 1 : 0)),
    probability: Float64Array.from(best, (label, image) => probabilities[image * k + label]!),
  };
}
