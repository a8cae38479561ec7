import type { CallContext } from '../../contract/index.ts';
import { architectureOf, wholePlan } from '../../backbone/architecture.ts';
import type { Model } from '../../backbone/model.ts';
import { graphParameters } from '../../backbone/parameters.ts';
import { findBackbone } from '../../backbone/zoo/index.ts';
import type { ExportOptions } from '../../contract/model.ts';
import type { RunSummary } from '../../contract/run.ts';
import { isReduced } from '../../contract/strategies.ts';
import { measureLatency } from './latency.ts';
import { encodeOnnx } from './onnx/encode.ts';
import { generator } from '../random.ts';
import type { Workspace } from '../store/workspace.ts';
import { initialise } from '../weights/initialise.ts';
import { calibrationImages } from './calibration.ts';

type Call = CallContext<'model.export'>;

/**
 * The exported network in ONNX with its precision, whatever its format, and the full one beside it. Time does not depend
 * on the values of weights or on ranges of activations: the full network's weights are drawn, and few images calibrate.
 */
export async function measure(workspace: Workspace, run: RunSummary, model: Model, options: ExportOptions, call: Call) {
  const calibration =
    options.precision === 'int8' ? (await calibrationImages(workspace, run, call.signal)).slice(0, 4) : undefined;
  const variant = { ...options, anySize: false, fit: run.plan.fit, calibration };
  const whole = architectureOf(wholePlan(run.plan), run.classes);
  const networks = {
    exported: await encodeOnnx(model, {}, variant),
    ...(!isReduced(run.plan) ? {} : { full: await encodeOnnx({ ...whole, weights: drawn(run, whole) }, {}, variant) }),
  };
  return measureLatency(networks, model.input, {
    progress: (message) => call.progress({ message }),
    signal: call.signal,
  });
}

function drawn(run: RunSummary, { graph, input }: Omit<Model, 'weights'>): Model['weights'] {
  const rule = findBackbone(run.plan.backbone).initialisation;
  return initialise(graphParameters(graph, input), rule, generator(run.plan.seed, 'latency'));
}
