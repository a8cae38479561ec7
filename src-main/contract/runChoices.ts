import { z } from 'zod';
import { sourceWish } from './origin.ts';

/** How a network's outputs become probabilities; what each is fitted on are the validation images. */
export const calibrationMethod = z.enum(['none', 'temperature', 'platt']);
export type CalibrationMethod = z.infer<typeof calibrationMethod>;

/** By what a threshold on the probability of the positive class is chosen, on the validation images. */
export const operatingRule = z.discriminatedUnion('kind', [
  /** The largest sensitivity + specificity − 1 (Youden 1950). */
  z.object({ kind: z.literal('youden') }),
  /** The highest threshold that finds at least this share of the positives. */
  z.object({ kind: z.literal('sensitivity'), target: z.number().gt(0).max(1) }),
  /** The lowest threshold that leaves at least this share of the negatives alone. */
  z.object({ kind: z.literal('specificity'), target: z.number().gt(0).max(1) }),
  /** The least cost, where a missed positive costs as much as this many false alarms. */
  z.object({ kind: z.literal('cost'), ratio: z.number().gt(0).max(1e6) }),
  /** A number that a person names. */
  z.object({ kind: z.literal('fixed'), threshold: z.number().min(0).max(1) }),
]);
export type OperatingRule = z.infer<typeof operatingRule>;

/** The words for a rule in cards and on the command line. */
export function describeRule(rule: OperatingRule): string {
  if (rule.kind === 'youden') return 'the largest sensitivity + specificity − 1 (Youden)';
  if (rule.kind === 'sensitivity') return `the highest threshold with a sensitivity of at least ${rule.target}`;
  if (rule.kind === 'specificity') return `the lowest threshold with a specificity of at least ${rule.target}`;
  if (rule.kind === 'cost') return `the least cost, a missed positive costing ${rule.ratio} times a false alarm`;
  return 'named by a person';
}

/** A threshold that was chosen, and is not chosen again on other images. */
export const operatingPoint = z.object({
  rule: operatingRule,
  /**
   * Images whose probability of `positive`, as the network gives it, is at least this are called so; of more than two
   * classes the others go to the most probable of the rest.
   */
  threshold: z.number(),
  positive: z.string(),
});
export type OperatingPoint = z.infer<typeof operatingPoint>;

/** Of labels of which an image may have several: a threshold each at most, and when it was kept. */
export const labelPoints = z.array(operatingPoint.extend({ at: z.string() }));

/** The order of the classes of a run, from the least on; null: they are in none, whatever their names say. */
export const chosenOrder = z.object({ classes: z.array(z.string()).nullable() });

/** What a person chooses of a run, by the name under which it is kept. */
export const runChoices = {
  calibration: calibrationMethod,
  'operating-point': operatingPoint,
  'label-points': labelPoints,
  'class-order': chosenOrder,
  /** Of a run that is to become a source, until it is one. */
  source: sourceWish,
};
export type RunChoiceName = keyof typeof runChoices;
export type RunChoiceValue<N extends RunChoiceName> = z.infer<(typeof runChoices)[N]>;

/** What is kept with a run and goes with it into exports and predictions. */
export const carriedChoices = z.object({
  calibration: calibrationMethod,
  operatingPoint: operatingPoint.nullable(),
  /** Of labels of which an image may have several. */
  labelPoints: z.array(operatingPoint),
});
export type CarriedChoices = z.infer<typeof carriedChoices>;
