import { greyPreprocessing, withChannels } from './channels.ts';
import { cutNodes } from './cuts.ts';
import type { Graph } from './graph.ts';
import { withHead, type Classifier } from './head.ts';
import type { Model } from './model.ts';
import { halveBehind } from './transfusion.ts';
import { truncate } from './truncate.ts';
import { findBackbone, type Backbone } from './zoo/index.ts';
import { CutpointError } from '../contract/errors.ts';
import type { Strategy, TrainingPlan } from '../contract/plan.ts';

/** Everything of a model but its weights. */
export interface Architecture extends Omit<Model, 'weights'> {
  /** The last node that is not trained, nor any before it: its output never changes. Null: all layers are trained. */
  frozen: string | null;
  /** Of the head. */
  classifier: Classifier;
}

/** What a strategy makes of a backbone: the layers below the head, and up to where they are frozen. */
type Build = (whole: Graph, plan: TrainingPlan, backbone: Backbone) => { trunk: Graph; frozen: string | null };

const BUILDS: Record<Strategy, Build> = {
  full: (whole) => ({ trunk: whole, frozen: null }),
  truncated: (whole, plan, backbone) => ({ trunk: truncate(whole, neededCut(plan, backbone)), frozen: null }),
  layerwise(whole, plan, backbone) {
    const frozen = neededCut(plan, backbone);
    // A cut that is none is refused as for any other strategy.
    truncate(whole, frozen);
    return { trunk: whole, frozen };
  },
  transfusion: (whole, plan, backbone) => ({
    trunk: halveBehind(whole, neededCut(plan, backbone), { height: backbone.input, width: backbone.input }),
    frozen: null,
  }),
  features(whole, { cut }) {
    const trunk = cut === undefined ? whole : truncate(whole, cut);
    return { trunk, frozen: trunk.nodes.at(-1)!.name };
  },
};

/**
 * The network that a plan describes: what its strategy makes of the backbone, with a head for these classes.
 * @param classifier of the head; an SVM replaces the softmax that a network is trained with
 * @throws CutpointError BACKBONE_UNKNOWN, CUT_UNKNOWN, STRATEGY_UNSUPPORTED, INPUT_TOO_SMALL, INPUT_INVALID
 */
export function architectureOf(
  plan: TrainingPlan,
  classes: readonly string[],
  classifier: Classifier = plan.classifier,
): Architecture {
  const backbone = findBackbone(plan.backbone);
  if (plan.strategy === 'features' && plan.classifier === 'softmax') throw nothingToTrain(backbone);
  const whole = withChannels(backbone.build(), plan.channels);
  const preprocessing = plan.preprocessing ?? backbone.preprocessing;
  const { trunk, frozen } = BUILDS[plan.strategy](whole, plan, backbone);
  const { pooling, dropout } = plan;
  const graph = withHead(trunk, { classes: classes.length, pooling, dropout, classifier });
  return {
    graph,
    frozen,
    classifier,
    input: { height: plan.input, width: plan.input },
    preprocessing: plan.channels === 1 ? greyPreprocessing(preprocessing) : preprocessing,
    classes,
  };
}

function neededCut(plan: TrainingPlan, backbone: Backbone): string {
  if (plan.cut !== undefined) return plan.cut;
  const valid = cutNodes(backbone.build()).map((node) => node.name);
  throw new CutpointError('INPUT_INVALID', `The ${plan.strategy} strategy needs a cut, and none was given.`, {
    remedy: `Choose one of: ${valid.join(', ')}; or the strategy 'full'.`,
    details: { valid },
  });
}

function nothingToTrain(backbone: Backbone): CutpointError {
  const deepest = cutNodes(backbone.build()).at(-1)!.name;
  return new CutpointError(
    'INPUT_INVALID',
    'The features strategy trains nothing, and a softmax head is no use untrained.',
    {
      remedy: `Choose the classifier 'svm'; or, for a softmax head on frozen layers, the strategy 'layerwise' with the cut '${deepest}'.`,
      details: { valid: ['svm'] },
    },
  );
}
