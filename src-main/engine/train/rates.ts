import type { TrainingPlan } from '../../contract/plan.ts';

/** Share of the head's learning rate that layer-wise fine-tuning gives the other layers (Peng et al. 2023, section 3). */
const LAYERWISE_RATE = 0.1;

/** Learning rate of each parameter, by key, as a share of the plan's: the head's is 1. */
export function rateFactors({ backboneRate, strategy }: TrainingPlan): (key: string) => number {
  const below = backboneRate ?? (strategy === 'layerwise' ? LAYERWISE_RATE : 1);
  return (key) => (key.startsWith('head_') ? 1 : below);
}
