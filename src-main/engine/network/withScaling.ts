import { HEAD_DENSE } from '../../backbone/head.ts';
import type { Model } from '../../backbone/model.ts';
import { parameterKey } from '../../backbone/parameters.ts';
import type { Scaling } from '../../contract/calibration.ts';
import { lineOf } from '../metrics/calibration/scaling.ts';

/**
 * The model whose probabilities are scaled, exactly: the last dense layer gives the logits, of which softmax sees nothing but
 * differences, and so its kernel and bias are multiplied, and half of an intercept is added to the one class and taken from
 * the other. Every format of an export has it that way, and no other part of the network changes. The given model stays
 * as it is. Behind SVMs of several classes, whose outputs go through log σ, no scaling is offered.
 */
export function withScaling<M extends Pick<Model, 'weights'>>(model: M, scaling: Scaling | null): M {
  if (scaling === null) return model;
  const { slope, intercept } = lineOf(scaling);
  const weights = new Map(model.weights);
  const [kernelKey, biasKey] = [parameterKey(HEAD_DENSE, 'kernel'), parameterKey(HEAD_DENSE, 'bias')];
  const [kernel, bias] = [weights.get(kernelKey)!, weights.get(biasKey)!];
  weights.set(kernelKey, { ...kernel, data: kernel.data.map((value) => slope * value) });
  const shift = (unit: number): number => (unit === 0 ? -intercept / 2 : intercept / 2);
  weights.set(biasKey, { ...bias, data: bias.data.map((value, unit) => slope * value + (intercept && shift(unit))) });
  return { ...model, weights };
}
