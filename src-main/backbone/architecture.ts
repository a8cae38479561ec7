import { greyPreprocessing, withChannels } from './channels.ts';
import { count } from './count.ts';
import { cutNodes } from './cuts.ts';
import { denseCuts, graphAt, graphWith } from './dense.ts';
import type { Classifier } from './head.ts';
import type { Model } from './model.ts';
import { strategies } from './strategy/index.ts';
import { findBackbone, type Backbone } from './zoo/index.ts';
import { CutpointError } from '../contract/errors.ts';
import type { TrainingPlan } from '../contract/plan.ts';
import { taskOf, tasks } from '../contract/task/index.ts';

/** Everything of a model but its weights. */
export interface Architecture extends Omit<Model, 'weights'> {
  /** The last node that is not trained, nor any before it: its output never changes. Null: all layers are trained. */
  frozen: string | null;
  /** Nodes whose weights start at random even where there are pretrained ones; the head's do anyway. */
  fresh: ReadonlySet<string>;
  /** Of the head. */
  classifier: Classifier;
}

/** Of a plan, what decides its network. */
export type NetworkPlan = Pick<
  TrainingPlan,
  'task' | 'backbone' | 'strategy' | 'channels' | 'preprocessing' | 'pooling' | 'dropout' | 'classifier' | 'input'
> & { cut?: string | undefined };

/**
 * The network that a plan describes: what its strategy makes of the backbone, with a head for these classes.
 * @param classifier of the head; an SVM replaces the softmax that a network is trained with
 * @throws CutpointError BACKBONE_UNKNOWN, CUT_UNKNOWN, STRATEGY_UNSUPPORTED, INPUT_TOO_SMALL, INPUT_INVALID
 */
export function architectureOf(
  plan: NetworkPlan,
  classes: readonly string[],
  classifier: Classifier = plan.classifier,
): Architecture {
  const backbone = findBackbone(plan.backbone);
  const strategy = strategies[plan.strategy];
  if (!strategy.fineTunes && plan.classifier === 'softmax') throw nothingToTrain(plan, backbone);
  if (strategy.cut?.needed && plan.cut === undefined) throw noCut(plan, backbone);
  const input = { height: plan.input, width: plan.input };
  // What takes no cut takes the network up to its last map, unless it is compared with one that is cut in a dense layer.
  const cut = strategy.cut || denseCuts(backbone).includes(plan.cut ?? '') ? plan.cut : undefined;
  const whole = withChannels(graphWith(backbone, cut, input), plan.channels);
  const preprocessing = plan.preprocessing ?? backbone.preprocessing;
  const published = { height: backbone.input, width: backbone.input };
  const trunk = strategy.build(whole, plan.cut ?? whole.nodes.at(-1)!.name, published);
  const { pooling, dropout } = plan;
  const { head, outputs } = tasks[taskOf(plan)];
  return {
    outputs,
    graph: head(trunk.graph, { classes: classes.length, pooling, dropout, classifier }),
    frozen: trunk.frozen,
    fresh: new Set(trunk.fresh),
    classifier,
    input,
    preprocessing: plan.channels === 1 ? greyPreprocessing(preprocessing) : preprocessing,
    classes,
  };
}

/**
 * The same backbone with nothing taken away, under a softmax head: what a plan's network is compared with. Where that is cut
 * in a dense layer, the other has all of these.
 */
export const wholePlan = <Plan extends NetworkPlan>(plan: Plan): Plan => ({
  ...plan,
  strategy: 'full',
  classifier: 'softmax',
});

/**
 * Trainable parameters, and multiply-accumulates for one image, of the network that a plan describes, head included.
 * @throws CutpointError as `architectureOf` does
 */
export function networkSize(plan: NetworkPlan, classes: readonly string[]): { parameters: number; macs: number } {
  const { graph, input } = architectureOf(plan, classes);
  return count(graph, input);
}

function noCut(plan: NetworkPlan, backbone: Backbone): CutpointError {
  const valid = cutNodes(graphAt(backbone, { height: plan.input, width: plan.input })).map(({ name }) => name);
  return new CutpointError('INPUT_INVALID', `The ${plan.strategy} strategy needs a cut, and none was given.`, {
    remedy: `Choose one of: ${valid.join(', ')}; or the strategy 'full'.`,
    details: { valid },
  });
}

function nothingToTrain(plan: NetworkPlan, backbone: Backbone): CutpointError {
  const deepest = cutNodes(backbone.build()).at(-1)!.name;
  return new CutpointError(
    'INPUT_INVALID',
    `The ${plan.strategy} strategy trains nothing, and a softmax head is no use untrained.`,
    {
      remedy: `Choose the classifier 'svm'; or, for a softmax head on frozen layers, the strategy 'layerwise' with the cut '${deepest}'.`,
      details: { valid: ['svm'] },
    },
  );
}
