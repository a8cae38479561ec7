import { join } from 'node:path';
import { cutNodes } from '../../backbone/cuts.ts';
import { withHead } from '../../backbone/head.ts';
import type { Model, Weights } from '../../backbone/model.ts';
import { graphParameters } from '../../backbone/parameters.ts';
import { truncate } from '../../backbone/truncate.ts';
import { findBackbone, type Backbone } from '../../backbone/zoo/index.ts';
import { CutpointError } from '../../contract/errors.ts';
import type { TrainingPlan } from '../../contract/run.ts';
import { generator } from '../random.ts';
import type { Workspace } from '../store/workspace.ts';
import { initialise } from '../weights/initialise.ts';
import { readSafetensors } from '../weights/safetensors.ts';

/** Everything of a model but its weights. */
export type Architecture = Omit<Model, 'weights'>;

/**
 * The network that a plan describes: backbone to the cut, with a head for these classes.
 * @throws CutpointError BACKBONE_UNKNOWN, CUT_UNKNOWN, INPUT_TOO_SMALL, INPUT_INVALID
 */
export function architectureOf(plan: TrainingPlan, classes: readonly string[]): Architecture {
  const backbone = findBackbone(plan.backbone);
  const whole = backbone.build();
  const trunk = plan.strategy === 'full' ? whole : truncate(whole, neededCut(plan, backbone));
  const graph = withHead(trunk, { classes: classes.length, pooling: plan.pooling, dropout: plan.dropout });
  return {
    graph,
    input: { height: plan.input, width: plan.input },
    preprocessing: backbone.preprocessing,
    classes,
  };
}

function neededCut(plan: TrainingPlan, backbone: Backbone): string {
  if (plan.cut !== undefined) return plan.cut;
  const valid = cutNodes(backbone.build()).map((node) => node.name);
  throw new CutpointError('INPUT_INVALID', 'The truncated strategy needs a cut, and none was given.', {
    remedy: `Choose one of: ${valid.join(', ')}; or the strategy 'full'.`,
    details: { valid },
  });
}

/**
 * Weights before training: the head at random, the rest from the plan's source, or at random without one.
 * @throws CutpointError SOURCE_UNKNOWN, WEIGHTS_MISMATCH
 */
export async function firstWeights(
  plan: TrainingPlan,
  architecture: Architecture,
  workspace: Workspace,
): Promise<Weights> {
  const backbone = findBackbone(plan.backbone);
  const parameters = graphParameters(architecture.graph, architecture.input);
  const weights = initialise(parameters, backbone.initialisation, generator(plan.seed, 'weights'));
  if (plan.source === null) return weights;

  const source = workspace.store.sources.get(plan.source);
  if (source.backbone !== plan.backbone) throw foreign(plan, source.backbone);
  const { tensors } = await readSafetensors(join(workspace.paths.sources, source.weightsFile));
  for (const { key, node } of parameters) {
    if (node.startsWith('head_')) continue;
    const value = tensors.get(key);
    if (!value) throw foreign(plan, source.backbone, `the parameter ${key} is missing in it`);
    weights.set(key, value);
  }
  return weights;
}

function foreign(plan: TrainingPlan, backbone: string, reason = `it holds weights of ${backbone}`): CutpointError {
  return new CutpointError(
    'WEIGHTS_MISMATCH',
    `The source '${plan.source}' does not fit ${plan.backbone}: ${reason}.`,
    {
      remedy: `Choose a source of ${plan.backbone}, or the backbone ${backbone}.`,
    },
  );
}
