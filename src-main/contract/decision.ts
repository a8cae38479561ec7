import { z } from 'zod';
import type { Outputs } from '../backbone/model.ts';
import { encodeRow, HAS, HAS_NOT } from './labelRows.ts';

/** A class that is called from a probability on, in place of the most probable one. */
export const decision = z.object({ positive: z.string(), threshold: z.number() });
export type Decision = z.infer<typeof decision>;

/**
 * The class that probabilities are taken for. By a decision: its class from its threshold on, and below it the most probable
 * of the others. Without one the most probable of all; the first of equals in either case.
 * @param probabilities of each class, in the order of `classes`
 */
export function decide(probabilities: ArrayLike<number>, classes: readonly string[], by: Decision | null): string {
  const called = by === null ? -1 : classes.indexOf(by.positive);
  if (by !== null && called >= 0 && probabilities[called]! >= by.threshold) return by.positive;
  let best = -1;
  for (let at = 0; at < classes.length; at++)
    if (at !== called && (best < 0 || probabilities[at]! > probabilities[best]!)) best = at;
  return classes[best]!;
}

/** A label is called from this probability on, where no threshold of its own is kept. */
export const LABEL_FROM = 0.5;

/** From which probability on each label is called: its own threshold, where one is kept, or {@link LABEL_FROM}. */
export const labelThresholds = (labels: readonly string[], by: readonly Decision[]): number[] =>
  labels.map((name) => by.find(({ positive }) => positive === name)?.threshold ?? LABEL_FROM);

/** How a network's probabilities are taken. */
export interface Calling {
  classes: readonly string[];
  outputs: Outputs;
  /** Thresholds that are kept: of classes one at most, of labels one each at most. */
  by: readonly Decision[];
}

/**
 * What probabilities are taken for: a class, see {@link decide}; of several labels a row, see `encodeRow`, with each label
 * from its threshold on, see {@link labelThresholds}.
 */
export function called(probabilities: ArrayLike<number>, { classes, outputs, by }: Calling): string {
  if (outputs === 'softmax') return decide(probabilities, classes, by[0] ?? null);
  const from = labelThresholds(classes, by);
  return encodeRow(
    classes,
    from.map((threshold, at) => (probabilities[at]! >= threshold ? HAS : HAS_NOT)),
  );
}
