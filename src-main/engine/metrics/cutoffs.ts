import type { Cutoffs } from '../../contract/operating.ts';
import type { OperatingRule } from '../../contract/runChoices.ts';

/**
 * What each threshold that can be told from the others does; equal scores are one threshold.
 * @param positive per image, 1 for the class and 0 for the rest
 * @param scores per image, in [0, 1], larger for more likely positive
 */
export function cutoffsOf(positive: Uint8Array, scores: Float32Array): Cutoffs {
  const order = Uint32Array.from(scores, (_, image) => image).sort((a, b) => scores[b]! - scores[a]!);
  const found: Cutoffs = { scores: [], truePositives: [], falsePositives: [], positives: 0, negatives: 0 };
  order.forEach((image, at) => {
    found.positives += positive[image]!;
    found.negatives += 1 - positive[image]!;
    if (scores[image] === scores[order[at + 1]!]) return;
    found.scores.push(scores[image]!);
    found.truePositives.push(found.positives);
    found.falsePositives.push(found.negatives);
  });
  return found;
}

/**
 * A threshold between two neighbouring scores: the middle, with as few decimals as leave it above the one and not above the
 * other, as a number and as the 32-bit number that a program compares with. So what is written is what decides.
 * @param below 0 where no score is below
 */
export function between(below: number, above: number): number {
  const middle = (below + above) / 2;
  for (let decimals = 1; decimals <= 12; decimals++) {
    const rounded = Number(middle.toFixed(decimals));
    if ([rounded, Math.fround(rounded)].every((value) => value > below && value <= above)) return rounded;
  }
  return above;
}

/** A threshold, or a sentence that says why a rule gives none. */
export type Chosen = { threshold: number; why: null } | { threshold: null; why: string };

/**
 * The threshold that a rule gives: images with a score of at least it are called positive. Where several are as good, the
 * highest of them.
 */
export function chooseThreshold(rule: OperatingRule, all: Cutoffs, name: string): Chosen {
  if (rule.kind === 'fixed') return { threshold: rule.threshold, why: null };
  const { scores, truePositives, falsePositives, positives, negatives } = all;
  if (positives === 0) return none(`There is no validation image of ‘${name}’, so no threshold can be chosen.`);
  if (negatives === 0) return none(`All validation images are of ‘${name}’, so no threshold can be chosen.`);
  if (scores.length === 1)
    return none(`All validation images have the same probability of ‘${name}’: no threshold tells them apart.`);
  /** The score of which the best is taken, larger being better. */
  const best = (score: (at: number) => number): number =>
    scores.reduce((chosen, _, at) => (score(at) > score(chosen) ? at : chosen), 0);
  const at = (index: number): Chosen => ({ threshold: between(scores[index + 1] ?? 0, scores[index]!), why: null });

  if (rule.kind === 'youden') {
    // Sensitivity + specificity − 1, times positives and negatives: whole numbers, so that what is equal is equal.
    const gain = (index: number) => truePositives[index]! * negatives - falsePositives[index]! * positives;
    const index = best(gain);
    return gain(index) > 0 ? at(index) : none('No threshold does better than chance on the validation images.');
  }
  if (rule.kind === 'sensitivity') return at(truePositives.findIndex((found) => found / positives >= rule.target));
  if (rule.kind === 'specificity') {
    const index = falsePositives.findLastIndex((wrong) => (negatives - wrong) / negatives >= rule.target);
    if (index >= 0) return at(index);
    return none(`The highest probabilities are of other images than those of ‘${name}’: a specificity of ${rule.target} is reached only by calling no image so.`); // prettier-ignore
  }
  const cost = (index: number) => rule.ratio * (positives - truePositives[index]!) + falsePositives[index]!;
  const index = best((each) => -cost(each));
  if (cost(index) <= rule.ratio * positives) return at(index);
  return none(`Where a missed ‘${name}’ costs ${rule.ratio} times a false alarm, it costs least to call no validation image so.`); // prettier-ignore
}

const none = (why: string): Chosen => ({ threshold: null, why });
