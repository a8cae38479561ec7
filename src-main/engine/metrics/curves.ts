import type { MeasuredCurves } from '../../contract/evaluation.ts';

/**
 * ROC and precision–recall curves of one class against the rest; equal scores are one threshold. Points between which
 * nothing turns are left out, as scikit-learn's `drop_intermediate` does, so that the areas stay what they are: of ROC
 * those within a straight line, of precision–recall those within a run of equal recall. Null where a class has no image.
 *
 * @param positive per image, 1 for the class and 0 for the rest
 * @param scores per image, larger for more likely positive; finite
 */
export function curvesOf(positive: Uint8Array, scores: Float32Array): Omit<MeasuredCurves, 'class'> | null {
  const order = Uint32Array.from(scores, (_, index) => index).sort((a, b) => scores[b]! - scores[a]!);
  const [threshold, hits, alarms] = [[], [], []] as [number[], number[], number[]];
  let [found, wrong] = [0, 0];
  order.forEach((image, at) => {
    found += positive[image]!;
    wrong += 1 - positive[image]!;
    if (scores[image] === scores[order[at + 1]!]) return;
    threshold.push(scores[image]!);
    hits.push(found);
    alarms.push(wrong);
  });
  if (found === 0 || wrong === 0) return null;

  const last = threshold.length - 1;
  const all = threshold.map((_, at) => at);
  const turns = (counts: number[], at: number) => counts[at + 1]! - counts[at]! !== counts[at]! - counts[at - 1]!;
  const corners = all.filter((at) => at === 0 || at === last || turns(hits, at) || turns(alarms, at));
  const ends = all.filter((at) => at === 0 || at === last || hits[at] !== hits[at - 1] || hits[at] !== hits[at + 1]);
  return {
    roc: {
      threshold: [null, ...corners.map((at) => threshold[at]!)],
      falsePositiveRate: [0, ...corners.map((at) => alarms[at]! / wrong)],
      truePositiveRate: [0, ...corners.map((at) => hits[at]! / found)],
    },
    precisionRecall: {
      threshold: ends.map((at) => threshold[at]!),
      recall: ends.map((at) => hits[at]! / found),
      precision: ends.map((at) => hits[at]! / (hits[at]! + alarms[at]!)),
    },
  };
}
