import { firstConvolution } from '../../backbone/channels.ts';
import type { Weights } from '../../backbone/model.ts';
import { graphParameters, parameterKey } from '../../backbone/parameters.ts';
import { findBackbone } from '../../backbone/zoo/index.ts';
import type { TrainingPlan } from '../../contract/plan.ts';
import { generator } from '../random.ts';
import type { Workspace } from '../store/workspace.ts';
import type { Architecture } from '../../backbone/architecture.ts';
import { initialise } from '../weights/initialise.ts';
import { sumInputs } from '../weights/inputChannels.ts';
import { meanVar } from './meanVar.ts';
import { loadSource } from './source.ts';

/**
 * Weights before training: the head at random; the rest from the plan's source as its initialisation says, or at random
 * where it has none. What the strategy starts afresh is at random too.
 * @throws CutpointError SOURCE_UNKNOWN, WEIGHTS_MISMATCH, SOURCE_DAMAGED
 */
export async function initialWeights(
  plan: TrainingPlan,
  architecture: Architecture,
  workspace: Workspace,
): Promise<Weights> {
  const parameters = graphParameters(architecture.graph, architecture.input);
  const rule = findBackbone(plan.backbone).initialisation;
  const weights = initialise(parameters, rule, generator(plan.seed, 'weights'));
  if (plan.source === null || plan.initialisation === 'random') return weights;

  const wanted = new Set(parameters.map(({ key }) => key));
  const source = await loadSource(workspace, plan.source, plan.backbone, wanted);
  const first = parameterKey(firstConvolution(architecture.graph) ?? '', 'kernel');
  const random = generator(plan.seed, 'mean-var');
  for (const { key, node, role } of parameters) {
    const found = architecture.fresh.has(node) || node.startsWith('head_') ? undefined : source.get(key);
    if (!found) continue;
    const value = plan.channels === 1 && key === first ? sumInputs(found) : found;
    const start = plan.initialisation === 'mean-var' ? meanVar(value, role, random) : value;
    if (start) weights.set(key, start);
  }
  return weights;
}
