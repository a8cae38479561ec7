import { z } from 'zod';
import { measuredPart } from './evaluation.ts';
import { grouping } from './groups.ts';
import { method } from './method.ts';
import { operatingRule } from './runChoices.ts';

/** A share of counted images at a threshold, with its 95 % interval. */
export const operatingShare = z.object({
  count: z.int(),
  of: z.int(),
  /** Null where there is nothing to take a share of. */
  value: z.number().nullable(),
  /** Null where no variance is to be seen: patients with several images who are all right, or all wrong. */
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** Wilson's where every image stands for another patient; otherwise percentiles of the bootstrap over patients. */
  method: z.enum(['wilson', 'bootstrap']),
});
export type OperatingShare = z.infer<typeof operatingShare>;

/** A likelihood ratio with its 95 % interval; ends null where no variance is to be seen. */
export const ratio = z.object({ value: z.number(), low: z.number().nullable(), high: z.number().nullable() });
export type Ratio = z.infer<typeof ratio>;

export const outcomeCounts = z.object({
  truePositives: z.int(),
  falsePositives: z.int(),
  falseNegatives: z.int(),
  trueNegatives: z.int(),
});
export type OutcomeCounts = z.infer<typeof outcomeCounts>;

/** What a threshold does on a part of the images. */
export const operatingFigures = z.object({
  on: z.enum(['validation', 'test', 'data']),
  images: z.int(),
  groups: z.int(),
  grouping,
  counts: outcomeCounts,
  sensitivity: operatingShare,
  specificity: operatingShare,
  /** Both at the share of the class among these images. */
  ppv: operatingShare,
  npv: operatingShare,
  accuracy: operatingShare,
  /** 1 / LR+ = (1 − specificity) / sensitivity, from which PPV follows at any prevalence; null where no positive is found. */
  inversePositiveRatio: ratio.nullable(),
  /** LR− = (1 − sensitivity) / specificity, from which NPV follows; null where no negative is left alone. */
  negativeRatio: ratio.nullable(),
  confidence: z.number(),
  /** Draws of patients for intervals by bootstrap; 0 where none was needed. */
  resamples: z.int(),
});
export type OperatingFigures = z.infer<typeof operatingFigures>;

/** What every threshold does on the images it is chosen on: each score once, descending, with what lies at it or above. */
export const cutoffs = z.object({
  scores: z.array(z.number()),
  truePositives: z.array(z.int()),
  falsePositives: z.array(z.int()),
  positives: z.int(),
  negatives: z.int(),
});
export type Cutoffs = z.infer<typeof cutoffs>;

/** How often what is called what, where images with at least this score are called positive. O(log n). */
export function countsAt(all: Cutoffs, threshold: number): OutcomeCounts {
  let [low, high] = [0, all.scores.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (all.scores[middle]! >= threshold) low = middle + 1;
    else high = middle;
  }
  const [truePositives, falsePositives] = low === 0 ? [0, 0] : [all.truePositives[low - 1]!, all.falsePositives[low - 1]!]; // prettier-ignore
  return {
    truePositives,
    falsePositives,
    falseNegatives: all.positives - truePositives,
    trueNegatives: all.negatives - falsePositives,
  };
}

/** A threshold, what it was chosen by, and what it does. */
export const operating = z.object({
  run: z.string(),
  classes: z.array(z.string()),
  /** The class that is called from the threshold on; of two, the positive one. */
  positive: z.string(),
  rule: operatingRule,
  /** On the probability of `positive`, as the network gives it. Null: the rule gives none, and `why` says the reason. */
  threshold: z.number().nullable(),
  why: z.string().nullable(),
  /** When it was kept with the run, and whether its test figures had been looked at before; null: it is not the kept one. */
  kept: z.object({ at: z.string(), afterTest: z.boolean() }).nullable(),
  /** On the images that it was chosen on; null where there is no threshold. */
  validation: operatingFigures.nullable(),
  /** On another part that was asked for. */
  part: operatingFigures.nullable(),
  /** Of the validation images. */
  cutoffs,
});
export type Operating = z.infer<typeof operating>;

const id = z.string().min(1);
/** Of more than two classes, the one that is told from the rest, needed with a rule; of two it is the positive one. */
const positive = z.string().min(1).optional();

export const operatingMethods = {
  /**
   * What a threshold does. With a rule: what it gives on the validation images. Without: the threshold that is kept with the
   * run, or, on the validation images, Youden's where none is. On other images only a kept one is looked at.
   */
  'run.operating': method({
    input: z.object({ id, part: measuredPart.default('validation'), rule: operatingRule.optional(), positive }),
    output: operating,
  }),
  /** Chooses a threshold on the validation images and keeps it with the run; without a rule, what is kept is taken back. */
  'run.operate': method({ input: z.object({ id, rule: operatingRule.nullable(), positive }), output: operating }),
};
