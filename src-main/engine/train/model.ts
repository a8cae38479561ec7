import { greyPreprocessing, withChannels } from '../../backbone/channels.ts';
import { cutNodes } from '../../backbone/cuts.ts';
import { withHead } from '../../backbone/head.ts';
import type { Model } from '../../backbone/model.ts';
import { truncate } from '../../backbone/truncate.ts';
import { findBackbone, type Backbone } from '../../backbone/zoo/index.ts';
import { CutpointError } from '../../contract/errors.ts';
import type { TrainingPlan } from '../../contract/run.ts';

/** Everything of a model but its weights. */
export type Architecture = Omit<Model, 'weights'>;

/**
 * The network that a plan describes: backbone to the cut, with a head for these classes.
 * @throws CutpointError BACKBONE_UNKNOWN, CUT_UNKNOWN, INPUT_TOO_SMALL, INPUT_INVALID
 */
export function architectureOf(plan: TrainingPlan, classes: readonly string[]): Architecture {
  const backbone = findBackbone(plan.backbone);
  const whole = withChannels(backbone.build(), plan.channels);
  const preprocessing = plan.preprocessing ?? backbone.preprocessing;
  const trunk = plan.strategy === 'full' ? whole : truncate(whole, neededCut(plan, backbone));
  const graph = withHead(trunk, { classes: classes.length, pooling: plan.pooling, dropout: plan.dropout });
  return {
    graph,
    input: { height: plan.input, width: plan.input },
    preprocessing: plan.channels === 1 ? greyPreprocessing(preprocessing) : preprocessing,
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
