import type { Weights } from '../../backbone/model.ts';
import { graphParameters } from '../../backbone/parameters.ts';
import { findBackbone } from '../../backbone/zoo/index.ts';
import type { TrainingPlan } from '../../contract/run.ts';
import { generator } from '../random.ts';
import type { Workspace } from '../store/workspace.ts';
import type { Architecture } from '../train/model.ts';
import { initialise } from '../weights/initialise.ts';
import { loadSource } from './source.ts';

/**
 * Weights before training: the head at random, the rest from the plan's source, or at random without one.
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
  for (const { key, node } of parameters) {
    if (node.startsWith('head_')) continue;
    const value = source.get(key);
    // An import is refused unless it is complete, so this is no user's error.
    if (!value) throw new Error(`the source '${plan.source}' lacks ${key}`);
    weights.set(key, value);
  }
  return weights;
}
