import type { Architecture } from '../../backbone/architecture.ts';
import { graphParameters } from '../../backbone/parameters.ts';
import { findBackbone } from '../../backbone/zoo/index.ts';
import type { TrainingPlan } from '../../contract/plan.ts';
import { generator } from '../random.ts';
import { initialise } from '../weights/initialise.ts';
import { encodeOnnx } from './onnx/encode.ts';

/** A network as an ONNX file whose time is measured, which does not depend on the values of weights: they are drawn. */
export function drawnNetwork(
  architecture: Architecture,
  { backbone, fit }: Pick<TrainingPlan, 'backbone' | 'fit'>,
): Promise<Uint8Array> {
  const { graph, input } = architecture;
  const rule = findBackbone(backbone).initialisation;
  const weights = initialise(graphParameters(graph, input), rule, generator('latency'));
  const options = { precision: 'float32', foldBatchNorm: false, anySize: false, fit } as const;
  return encodeOnnx({ ...architecture, weights }, {}, options);
}
