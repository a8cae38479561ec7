import { z } from 'zod';
import { grouping } from './groups.ts';

/** Metrics in [0, 1]; null where the data do not define them (one class only). Several classes: macro one-versus-rest. */
export const metrics = z.object({
  auroc: z.number().nullable(),
  auprc: z.number().nullable(),
  accuracy: z.number(),
  balancedAccuracy: z.number(),
  /** Two classes: of the positive class (the second); several: macro average. */
  sensitivity: z.number().nullable(),
  specificity: z.number().nullable(),
  loss: z.number(),
  perClass: z.array(
    z.object({
      name: z.string(),
      images: z.int(),
      auroc: z.number().nullable(),
      auprc: z.number().nullable(),
      sensitivity: z.number().nullable(),
      specificity: z.number().nullable(),
    }),
  ),
  /** Rows: true class; columns: predicted class. */
  confusionMatrix: z.array(z.array(z.int())),
});
export type Metrics = z.infer<typeof metrics>;

export const splitCounts = z.object({ images: z.int(), groups: z.int() });

export const evaluation = z.object({
  run: z.string(),
  /** What was evaluated: the run's own test split, or another folder. */
  on: z.enum(['test', 'data']),
  images: z.int(),
  groups: z.int(),
  /** What the groups are; left out in evaluations of earlier versions. */
  grouping: grouping.optional(),
  classes: z.array(z.string()),
  metrics,
  problems: z.array(z.object({ file: z.string(), code: z.string(), message: z.string() })),
  /** Why the numbers may look better than they are; absent where nothing is known against them. */
  warnings: z.array(z.object({ code: z.string(), message: z.string() })).optional(),
});
export type Evaluation = z.infer<typeof evaluation>;
