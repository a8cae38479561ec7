import type { ParameterRole } from '../../backbone/graph.ts';
import type { Weights } from '../../backbone/model.ts';
import { parameterKey, sizeOf } from '../../backbone/parameters.ts';

export type WeightArray = Weights extends Map<string, infer V> ? V : never;

/**
 * The parameter of this role, whole.
 * @throws Error where it is missing or its shape does not fit its data: a model that cannot have been run
 */
export function weightOf(weights: Weights, node: string, role: ParameterRole): WeightArray {
  const key = parameterKey(node, role);
  const weight = weights.get(key);
  if (!weight) throw new Error(`the model has no parameter '${key}'`);
  if (sizeOf(weight.shape) !== weight.data.length) {
    throw new Error(`'${key}' holds ${weight.data.length} values, its shape [${weight.shape}] asks for another number`);
  }
  return weight;
}
