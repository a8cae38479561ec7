import type { Ratio } from './operating.ts';

/** What a call means where a share `prevalence` of the images has the class; each in [0, 1], ends null where none is known. */
export interface Predictive {
  value: number;
  low: number | null;
  high: number | null;
}

/**
 * Positive predictive value at another prevalence, by Bayes: p / (p + (1 − p) r), where r = (1 − specificity) / sensitivity.
 * It falls as r rises, so the ends of an interval of r are those of an interval of it: with r's interval on the log scale
 * this is the logit interval of Mercaldo, Lau and Zhou 2007.
 * @param prevalence in (0, 1)
 */
export function ppvAt({ value, low, high }: Ratio, prevalence: number): Predictive {
  const at = (ratio: number) => prevalence / (prevalence + (1 - prevalence) * ratio);
  return { value: at(value), low: high === null ? null : at(high), high: low === null ? null : at(low) };
}

/**
 * Negative predictive value at another prevalence: (1 − p) / (1 − p + p r), where r = (1 − sensitivity) / specificity.
 * @param prevalence in (0, 1)
 */
export const npvAt = (ratio: Ratio, prevalence: number): Predictive => ppvAt(ratio, 1 - prevalence);

/**
 * A probability where the class is more or less frequent than where it was learnt, and nothing else differs: its odds times
 * the odds of the new prevalence over those of the old (Elkan 2001, theorem 2; Saerens, Latinne and Decaestecker 2002).
 * @param probability in [0, 1]
 * @param from in (0, 1)
 * @param to in (0, 1)
 */
export function shiftedProbability(probability: number, from: number, to: number): number {
  const positive = (probability * to) / from;
  return positive / (positive + ((1 - probability) * (1 - to)) / (1 - from));
}
