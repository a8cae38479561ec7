import type { ParameterRole, Shape } from '../../backbone/graph.ts';
import { normal } from '../weights/initialise.ts';

/**
 * An array drawn from a normal distribution with the mean and variance of a pretrained one: "Mean Var" of Raghu et al. 2019
 * (arXiv:1902.07208, section 5), which keeps the scale of the pretrained weights and none of their features.
 * @param role statistics of batch normalisation are not weights: for them there is no answer
 * @param random uniform in [0, 1)
 */
export function meanVar(
  { shape, data }: { shape: Shape; data: Float32Array },
  role: ParameterRole,
  random: () => number,
): { shape: Shape; data: Float32Array } | undefined {
  if (role === 'mean' || role === 'variance') return undefined;
  const mean = data.reduce((sum, value) => sum + value, 0) / data.length;
  const variance = data.reduce((sum, value) => sum + (value - mean) ** 2, 0) / data.length;
  return { shape, data: normal(data.length, Math.sqrt(variance), random).map((value) => value + mean) };
}
