import { z } from 'zod';

/**
 * Estimates of transferability: figures of a network on images that cost no fine-tuning and are meant to foretell what it
 * would reach. For each, larger is meant to be better. On medical images they are known to fail (arXiv:2308.07444,
 * arXiv:2412.20172), so none is given as advice without its measured rank correlation, see `transferability.ts`.
 */
export const ESTIMATES = ['logMe', 'hScore', 'nLeep', 'parc', 'leep'] as const;
export const estimateName = z.enum(ESTIMATES);
export type EstimateName = z.infer<typeof estimateName>;

/** What people call them. */
export const ESTIMATE_TITLES: Record<EstimateName, string> = {
  logMe: 'LogME',
  hScore: 'H-score',
  nLeep: 'N-LEEP',
  parc: 'PARC',
  leep: 'LEEP',
};

/** Those that a probe measures only when they are asked for. */
export const askedEstimates = z.object({
  /** N-LEEP (Li et al. 2021, arXiv:2011.11200), at most 0; null where there are fewer than five images a class. */
  nLeep: z.number().nullable(),
  /** PARC (Bolya et al. 2021, arXiv:2111.06977), from −1 to 1, of at most 500 images; null where they are of one class. */
  parc: z.number().nullable(),
  /**
   * LEEP (Nguyen et al. 2020, arXiv:2002.12462), at most 0: at the end of a trained run alone, since it needs the class
   * probabilities of the source's own classifier, and pretrained weights are kept without it. Null everywhere else.
   */
  leep: z.number().nullable(),
});
export type AskedEstimates = z.infer<typeof askedEstimates>;
