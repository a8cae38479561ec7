import { strategies } from '../../backbone/strategy/index.ts';
import type { TrainingPlan } from '../../contract/plan.ts';

/** Learning rate of each parameter, by key, as a share of the plan's: the head's is 1. */
export function rateFactors({ backboneRate, strategy }: TrainingPlan): (key: string) => number {
  const below = backboneRate ?? strategies[strategy].backboneRate;
  return (key) => (key.startsWith('head_') ? 1 : below);
}
