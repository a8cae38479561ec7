import { firstConvolution } from '../../backbone/channels.ts';
import type { Weights } from '../../backbone/model.ts';
import { graphParameters, parameterKey } from '../../backbone/parameters.ts';
import { findBackbone } from '../../backbone/zoo/index.ts';
import type { TrainingPlan } from '../../contract/run.ts';
import { generator } from '../random.ts';
import type { Workspace } from '../store/workspace.ts';
import type { Architecture } from '../train/model.ts';
import { initialise } from '../weights/initialise.ts';
import { sumInputs } from '../weights/inputChannels.ts';
import { loadSource } from './source.ts';

/**
 * Weights before training: the head at random, the rest from the plan's source, or at random where it has none.
 * @throws CutpointError SOURCE_UNKNOWN, WEIGHTS_MISMATCH, FILE_NOT_READABLE, WEIGHTS_CORRUPT
 */
export async function initialWeights(
  plan: TrainingPlan,
  architecture: Architecture,
  workspace: Workspace,
): Promise<Weights> {
  const parameters = graphParameters(architecture.graph, architecture.input);
  const rule = findBackbone(plan.backbone).initialisation;
  const weights = initialise(parameters, rule, generator(plan.seed, 'weights'));
  if (plan.source === null) return weights;

  const source = await loadSource(workspace, plan.source, plan.backbone);
  const first = parameterKey(firstConvolution(architecture.graph) ?? '', 'kernel');
  for (const { key, node } of parameters) {
    const value = node.startsWith('head_') ? undefined : source.get(key);
    if (value) weights.set(key, plan.channels === 1 && key === first ? sumInputs(value) : value);
  }
  return weights;
}
